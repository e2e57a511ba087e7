-- stop: core.member holds one row a key.
select item_key, count(*) as rows from core.member group by item_key having count(*) > 1
