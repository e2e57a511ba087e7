-- One way in which requests ended, by day
create view report.requests as
select
    (requested_at at time zone 'UTC')::date as asked_on, kind, outcome, count(*) as requests,
    sum(bytes)::bigint as bytes, round(avg(milliseconds))::integer as milliseconds
from raw.request
group by all
order by asked_on desc, requests desc;

comment on view report.requests is 'One way in which requests ended, by day';
comment on column report.requests.asked_on is 'day (UTC)';
comment on column report.requests.kind is 'feed, page, robots, sitemap or archive';
comment on column report.requests.outcome is 'how they ended';
comment on column report.requests.requests is 'how many';
comment on column report.requests.bytes is 'size of their payloads';
comment on column report.requests.milliseconds is 'mean time';
