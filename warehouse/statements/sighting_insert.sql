-- Items that a feed names for the first time.
insert into core.sighting by name
select *, $landed_at as landed_at
from staged_sighting
anti join (select item_key, feed_url from core.sighting semi join staged_sighting using (item_key)) held
    using (item_key, feed_url)
