-- Current texts outside of the search index, and current texts at all.
select count(*) filter (r.revision_key not in (select revision_key from fts_wire.docs)) as missing, count(*) as held
from core.item r
