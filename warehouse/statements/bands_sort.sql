-- Bands by month, so that a search within a month reads little else.
create or replace temp table sorted_band as from core.band order by month nulls first;
delete from core.band;
insert into core.band by name from sorted_band;
drop table sorted_band;
