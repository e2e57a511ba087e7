-- Whether the passages of some items have been sought.
update core.fingerprint set sought = $sought
where item_key in (select item_key from turn) and sought is distinct from $sought
