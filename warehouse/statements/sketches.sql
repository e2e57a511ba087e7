-- The sketches of revisions; one without a sketch rules nothing out.
select f.revision_key, coalesce(f.sketch, repeat('\x00', 32)::blob) as sketch
from core.fingerprint f
where f.rowid in (select rowid from core.fingerprint semi join wanted_revision using (revision_key))
