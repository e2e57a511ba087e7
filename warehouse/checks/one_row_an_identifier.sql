-- stop: core.identifier holds one row a key.
select item_key, kind, value, count(*) as rows from core.identifier group by item_key, kind, value having count(*) > 1
