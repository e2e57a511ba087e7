-- The current text of the items asked for.
select i.item_key, r.body
from core.item i
join core.revision r on r.revision_key = i.revision_key
semi join wanted_item w on w.item_key = i.item_key
