-- stop: core.match holds one row a key.
select a_key, b_key, count(*) as rows from core.match group by a_key, b_key having count(*) > 1
