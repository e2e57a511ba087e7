-- The revisions whose likes are sought.
create or replace temp table probing as
select revision_key, item_key, month, exact
from core.fingerprint
semi join wanted_revision using (revision_key)
where words > 0
