-- Stories by the country of their dateline
create view report.countries as
select
    country, count(distinct story_key) as stories, count(*) as items, count(distinct agency) as agencies,
    max(published_at) as last_published_at
from wire.copies
where country is not null
group by country
order by stories desc, country;

comment on view report.countries is 'Stories by the country of their dateline';
comment on column report.countries.country is 'ISO 3166-1 alpha-2';
comment on column report.countries.stories is 'stories filed from there';
comment on column report.countries.items is 'visible items filed from there';
comment on column report.countries.agencies is 'agencies that filed from there';
comment on column report.countries.last_published_at is 'latest of them';
