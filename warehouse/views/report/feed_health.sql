-- One feed: whether it works, how often it brings something, when it is due
create view report.feed_health as
select
    feed_url, title, agency, state, last_success_at, last_new_at, items_per_day, failures, reason, due_at, items
from wire.feeds
order by failures desc, last_success_at nulls first, feed_url;

comment on view report.feed_health is 'One feed: whether it works, how often it brings something, when it is due';
comment on column report.feed_health.feed_url is 'address as configured';
comment on column report.feed_health.title is 'title';
comment on column report.feed_health.agency is 'agency that issues it';
comment on column report.feed_health.state is 'active, or why it is not polled';
comment on column report.feed_health.last_success_at is 'when it last answered';
comment on column report.feed_health.last_new_at is 'when it last brought a new item';
comment on column report.feed_health.items_per_day is 'new items a day by its rhythm';
comment on column report.feed_health.failures is 'failures in a row';
comment on column report.feed_health.reason is 'why it failed last, in words';
comment on column report.feed_health.due_at is 'when it is polled next';
comment on column report.feed_health.items is 'items that it named';
