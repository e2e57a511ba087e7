-- Items that a feed names for the first time; an item that is new was never named.
insert into core.sighting by name
select *, $landed_at as landed_at from staged_sighting
semi join (from staged_key where not held) using (item_key)
union all
select *, $landed_at as landed_at
from (from staged_sighting semi join (from staged_key where held) using (item_key)) s
anti join (select item_key, feed_url from core.sighting semi join (from staged_key where held) using (item_key)) held
    using (item_key, feed_url)
