-- stop: core.dateline holds one row a key.
select revision_key, position, count(*) as rows from core.dateline group by revision_key, position having count(*) > 1
