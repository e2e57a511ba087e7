-- stop: core.sighting holds one row a key.
select item_key, feed_url, count(*) as rows from core.sighting group by item_key, feed_url having count(*) > 1
