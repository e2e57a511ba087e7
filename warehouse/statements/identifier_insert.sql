-- Identifiers not held before; an item that is new has none.
insert into core.identifier by name
select *, $landed_at as landed_at from staged_identifier
semi join (from staged_key where not held) using (item_key)
union all
select *, $landed_at as landed_at
from (from staged_identifier semi join (from staged_key where held) using (item_key)) s
anti join (select item_key, kind, value from core.identifier semi join (from staged_key where held) using (item_key)) held
    using (item_key, kind, value)
