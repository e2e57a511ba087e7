-- Items published in one hour (UTC) by one agency; dates known to the day only are left out
create view report.volume_by_hour as
select
    date_trunc('hour', published_at at time zone 'UTC') at time zone 'UTC' as hour_at, agency,
    count(*) as items, count(distinct story_key) as stories
from wire.copies
where published_precision in ('second', 'minute', 'hour')
group by all
order by hour_at desc, items desc;

comment on view report.volume_by_hour is 'Items published in one hour (UTC) by one agency; dates known to the day only are left out';
comment on column report.volume_by_hour.hour_at is 'start of the hour';
comment on column report.volume_by_hour.agency is 'who wrote them';
comment on column report.volume_by_hour.items is 'visible items';
comment on column report.volume_by_hour.stories is 'stories among them';
