-- One feed that has been quiet for longer than its rhythm explains
create view report.silence as
with busy as (
    -- By the hours entered since, which know of nights and weekends; the last one has not ended and counts by the day.
    select
        f.feed_url,
        coalesce(sum(c.expected) filter (c.hour_at > f.last_new_at and c.received = 0), 0) as expected
    from core.feed f
    join core.coverage c on c.feed_url = f.feed_url and c.hour_at > f.last_new_at - interval 28 days
    where f.items_per_day >= 12 and now() - f.pictured_at < interval 2 hours
    group by all
),
quiet as (
    select
        f.*, now() - f.last_new_at as since,
        round(coalesce(b.expected, f.items_per_day * epoch(now() - f.last_new_at) / 86400), 1) as expected
    from core.feed f
    left join busy b using (feed_url)
    where f.items_per_day > 0 and f.state <> 'retired'
)
select feed_url, agency, last_new_at, items_per_day, expected, failures, reason
from quiet
where (expected >= 5 and since > interval 6 hours) or (expected >= 20 and since > interval 2 hours)
order by expected desc;

comment on view report.silence is 'One feed that has been quiet for longer than its rhythm explains';
comment on column report.silence.feed_url is 'the feed';
comment on column report.silence.agency is 'agency that issues it';
comment on column report.silence.last_new_at is 'when it last brought a new item';
comment on column report.silence.items_per_day is 'new items a day by its rhythm';
comment on column report.silence.expected is 'items that the rhythm let expect since then';
comment on column report.silence.failures is 'failures in a row';
comment on column report.silence.reason is 'why it failed last, in words';
