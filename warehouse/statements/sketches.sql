-- The sketches of revisions of certain months, or of none; one without a sketch rules nothing out. Two scans, since each
-- passes over the months that it does not ask for.
with found as (
    select rowid as place, revision_key from core.fingerprint where {within}
    union all
    select rowid as place, revision_key from core.fingerprint where month is null
)
select f.revision_key, coalesce(f.sketch, repeat('\x00', 40)::blob) as sketch
from core.fingerprint f
where f.rowid in (select place from found semi join wanted_revision using (revision_key))
