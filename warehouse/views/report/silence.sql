-- One feed that has been quiet for longer than its rhythm explains
create view report.silence as
select
    feed_url, agency, last_new_at, items_per_day,
    round(items_per_day * epoch(now() - last_new_at) / 86400, 1) as expected, failures, reason
from core.feed
where items_per_day > 0
  and now() - last_new_at > greatest(to_seconds(5 * 86400 / items_per_day), interval 6 hours)
order by expected desc;

comment on view report.silence is 'One feed that has been quiet for longer than its rhythm explains';
comment on column report.silence.feed_url is 'the feed';
comment on column report.silence.agency is 'agency that issues it';
comment on column report.silence.last_new_at is 'when it last brought a new item';
comment on column report.silence.items_per_day is 'new items a day by its rhythm';
comment on column report.silence.expected is 'items that the rhythm let expect since then';
comment on column report.silence.failures is 'failures in a row';
comment on column report.silence.reason is 'why it failed last, in words';
