-- Receipts that are not held yet.
insert into {table} by name
select *, $batch_key as batch_key, $landed_at as landed_at
from staged_receipt
anti join {table} using ({key})
