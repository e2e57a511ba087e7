-- stop: Every revision has its comparable text, filed under its month of publication.
select r.revision_key
from core.revision r
left join core.fingerprint f on f.revision_key = r.revision_key
where f.revision_key is null
   or f.month is distinct from (year(r.published_on) * 100 + month(r.published_on))
