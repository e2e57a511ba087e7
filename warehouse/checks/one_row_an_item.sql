-- stop: core.item holds one row a key.
select item_key, count(*) as rows from core.item group by item_key having count(*) > 1
