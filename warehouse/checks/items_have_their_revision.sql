-- stop: Every item has its current revision, and every revision its item.
select i.item_key, 'item without its revision' as what
from core.item i anti join core.revision r on r.revision_key = i.revision_key and r.item_key = i.item_key
union all
select r.item_key, 'revision without its item' as what
from core.revision r anti join core.item i on i.item_key = r.item_key
