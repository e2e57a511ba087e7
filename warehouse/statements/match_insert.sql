-- The strongest evidence between two items.
insert into core.match by name
select *, $landed_at as landed_at from staged_match
