-- Memberships as the stories have them now.
insert into core.member by name
select *, $landed_at as landed_at from staged_member
