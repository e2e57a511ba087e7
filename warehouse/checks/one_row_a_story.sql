-- stop: core.story holds one row a key.
select story_key, count(*) as rows from core.story group by story_key having count(*) > 1
