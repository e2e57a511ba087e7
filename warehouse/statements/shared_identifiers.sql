-- Identifiers, of those asked for, that several items of one outlet carry. First one narrow column alone: most have one.
with sought as (
    select value_hash
    from core.identifier
    semi join wanted_hash using (value_hash)
    group by value_hash
    having count(*) > 1
),
found as (
    select i.value_hash, i.value, i.item_key
    from core.identifier i
    semi join sought using (value_hash)
    where i.kind <> 'record'
)
select value_hash, value, item_key
from found
where value_hash in (select value_hash from found group by value_hash having count(distinct item_key) > 1)
