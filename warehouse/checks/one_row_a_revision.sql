-- stop: core.revision holds one row a key.
select revision_key, count(*) as rows from core.revision group by revision_key having count(*) > 1
