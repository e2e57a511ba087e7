-- stop: raw.page holds one row a key.
select page_key, count(*) as rows from raw.page group by page_key having count(*) > 1
