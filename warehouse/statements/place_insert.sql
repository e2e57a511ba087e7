-- Places that no dateline has named before.
insert into core.place by name
select * from staged_place anti join core.place using (place_id)
