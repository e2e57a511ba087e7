-- Where the revisions of these items stand, for the batches to come.
insert into core.held_key by name
select distinct (md5_number_lower(item_key) & 1099511627775)::bigint as hash, $landed_at as landed_at
from staged_revision
