-- Whether any of the items that arrive is held: one narrow column, since most batches bring new ones alone.
select 1 from core.revision semi join staged_key using (item_key) limit 1
