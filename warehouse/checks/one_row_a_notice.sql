-- stop: core.notice holds one row a key.
select notice_key, count(*) as rows from core.notice group by notice_key having count(*) > 1
