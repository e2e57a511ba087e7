-- What is indexed: the current text of every item.
create table scratch.main.document as
select r.revision_key, r.headline, r.body
from core.revision r
join core.item i on i.revision_key = r.revision_key
