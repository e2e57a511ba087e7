-- stop: raw.set_aside holds one row a key.
select set_aside_key, count(*) as rows from raw.set_aside group by set_aside_key having count(*) > 1
