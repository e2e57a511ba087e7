-- The passages of these items have been sought.
update core.fingerprint set sought = true
where item_key in (select item_key from seeking_item) and sought is null
