-- stop: core.fingerprint holds one row a key.
select revision_key, count(*) as rows from core.fingerprint group by revision_key having count(*) > 1
