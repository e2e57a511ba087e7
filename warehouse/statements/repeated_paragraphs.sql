-- Sentences that many items carry (the cut is that of dedupe.boilerplate.pieces), letters alone counted, with their
-- first carriers by outlet. Copies of one story carry the same text around it, whatever their datelines and footers, and
-- are left out before anything is compared: in at least two of five places of their bodies the carriers must differ.
with pieces as (
    select
        i.item_key, i.outlet,
        list_filter(
            string_split(
                regexp_replace(
                    replace(r.body, chr(10), chr(29)), '([.!?…。！？]) +', '\1' || chr(29), 'g'
                ),
                chr(29)
            ), lambda piece: trim(piece) <> ''
        ) as list
    from core.item i
    join core.revision r on r.revision_key = i.revision_key
),
placed as (
    select
        item_key, outlet, list,
        list_transform(
            [1, 2, (len(list) + 1) // 2, len(list) - 1, len(list)],
            lambda place: hash(lower(regexp_replace(right(list[place], 80), '[^\p{L}]', '', 'g')))
        ) as places
    from pieces
),
unfolded as (
    select item_key, outlet, places, unnest(list) as paragraph
    from placed
),
hashed as (
    select *, hash(lower(regexp_replace(paragraph, '[^\p{L}]', '', 'g'))) as letters
    from unfolded
),
repeated as (
    select letters
    from hashed
    group by letters
    having count(distinct item_key) >= $least
       and (count(distinct places[1]) >= $least)::integer + (count(distinct places[2]) >= $least)::integer
         + (count(distinct places[3]) >= $least)::integer + (count(distinct places[4]) >= $least)::integer
         + (count(distinct places[5]) >= $least)::integer >= 2
)
select any_value(paragraph) as paragraph, outlet, count(*) as items, min(item_key, $most) as item_keys
from (
    select letters, outlet, item_key, first(paragraph) as paragraph
    from hashed
    semi join repeated using (letters)
    group by letters, outlet, item_key
)
group by letters, outlet
order by letters, outlet
