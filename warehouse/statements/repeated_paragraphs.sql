-- Paragraphs that many items carry among differing neighbours, letters alone counted, with their first carriers by
-- outlet. Copies of one story carry the same neighbours too, and are left out before anything is compared.
with pieces as (
    select i.item_key, i.outlet, string_split(regexp_replace(r.body, '\n\s*\n', chr(29), 'g'), chr(29)) as list
    from core.item i
    join core.revision r on r.revision_key = i.revision_key
),
unfolded as (
    select item_key, outlet, unnest(list) as paragraph, generate_subscripts(list, 1) as position
    from pieces
),
hashed as (
    select *, hash(lower(regexp_replace(paragraph, '[^\p{L}]', '', 'g'))) as letters
    from unfolded
    where trim(paragraph) <> ''
),
neighboured as (
    select
        *,
        coalesce(
            lag(letters) over (partition by item_key order by position),
            lead(letters) over (partition by item_key order by position)
        ) as neighbour
    from hashed
),
repeated as (
    select letters
    from neighboured
    group by letters
    having count(distinct item_key) >= $least and count(distinct neighbour) >= $least
)
select any_value(paragraph) as paragraph, outlet, count(*) as items, min(item_key, $most) as item_keys
from (select distinct letters, outlet, item_key, first(paragraph) as paragraph
      from neighboured semi join repeated using (letters)
      group by letters, outlet, item_key)
group by letters, outlet
order by letters, outlet
