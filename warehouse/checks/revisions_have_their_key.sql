-- stop: Every revision is found by its item's hash and the time when it landed.
select r.revision_key, r.item_key
from core.revision r
anti join core.held_key k
    on k.hash = (md5_number_lower(r.item_key) & 1099511627775)::bigint and k.landed_at = r.landed_at
