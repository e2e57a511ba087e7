-- When revisions of the items that arrive have landed; of two items with one hash, also the other's. One narrow table is
-- read, since most batches bring new items alone.
select distinct landed_at
from core.held_key
where hash in (select (md5_number_lower(item_key) & 1099511627775)::bigint from staged_key)
order by landed_at
