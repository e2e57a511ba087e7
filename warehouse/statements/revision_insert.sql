-- Texts not held before, and texts read again under other rules.
insert into core.revision by name
select *, $batch_key as batch_key, $landed_at as landed_at
from staged_revision
