-- Identifiers of the items asked for that other items of the same outlet carry too.
with sought as (
    select distinct value_hash
    from core.identifier
    semi join wanted_item using (item_key)
    where kind <> 'record'
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
