-- Comparable texts of revisions that are new or read anew.
insert into core.fingerprint by name
select revision_key, item_key, text_hash, month, exact, words, comparable, boilerplate_version, sketch, pieces
from staged_fingerprint
order by month, revision_key
