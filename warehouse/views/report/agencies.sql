-- One agency and what of it is held
create view report.agencies as
select
    agency, count(*) as items, count(distinct story_key) as stories, count(distinct outlet) as outlets,
    count(distinct country) as countries, min(published_at) as first_published_at, max(published_at) as last_published_at
from wire.copies
where agency is not null
group by agency
order by items desc, agency;

comment on view report.agencies is 'One agency and what of it is held';
comment on column report.agencies.agency is 'canonical short wire name';
comment on column report.agencies.items is 'visible items';
comment on column report.agencies.stories is 'stories among them';
comment on column report.agencies.outlets is 'outlets that published them';
comment on column report.agencies.countries is 'countries of their datelines';
comment on column report.agencies.first_published_at is 'earliest of them';
comment on column report.agencies.last_published_at is 'latest of them';
