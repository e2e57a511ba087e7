-- stop: core.batch holds one row a key.
select batch_key, count(*) as rows from core.batch group by batch_key having count(*) > 1
