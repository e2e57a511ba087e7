-- Sentences that the current texts of many items carry, with their first carriers by outlet. Copies of one story carry
-- the same text around it, whatever their footers, and are left out before anything is compared: in at least two of five
-- places of their texts the carriers must differ; of briefs, which have no five, in how they open.
with often as (
    select piece
    from (select unnest(pieces) as piece from core.fingerprint)
    group by piece
    having count(*) >= $least
),
unfolded as (
    select
        i.item_key, i.outlet, unnest(f.pieces) as piece, len(f.pieces) < 7 as brief,
        list_transform(
            [1, 2, (len(f.pieces) + 1) // 2, len(f.pieces) - 1, len(f.pieces)], lambda place: f.pieces[place]
        ) as places
    from core.item i
    join core.fingerprint f on f.revision_key = i.revision_key
),
carried as (
    from unfolded semi join often using (piece)
),
repeated as (
    select piece
    from carried
    group by piece
    having count(*) >= $least
       and (
         count(distinct places[1]) filter (brief) >= $least
         or (count(distinct places[1]) >= $least)::integer + (count(distinct places[2]) >= $least)::integer
         + (count(distinct places[3]) >= $least)::integer + (count(distinct places[4]) >= $least)::integer
         + (count(distinct places[5]) >= $least)::integer >= 2
       )
)
select piece, outlet, count(*) as items, min(item_key, $most) as item_keys
from carried
semi join repeated using (piece)
group by piece, outlet
order by piece, outlet
