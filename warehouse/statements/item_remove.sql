-- Items whose revisions changed: they are written again from their revisions.
delete from core.item where item_key in (select item_key from staged_key where held)
