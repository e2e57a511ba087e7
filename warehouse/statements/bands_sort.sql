-- A month's bands in one place.
create or replace temp table month_band as from core.band where {month};
delete from core.band where {month};
insert into core.band by name from month_band;
drop table month_band;
