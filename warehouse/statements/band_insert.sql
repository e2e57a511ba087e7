-- Their bands, in order of the month, so that a search within a month reads little else.
insert into core.band by name
select unnest(bands) as band, month, revision_key
from staged_fingerprint
order by month
