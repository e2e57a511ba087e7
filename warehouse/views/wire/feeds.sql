-- One feed, its health and rhythm, as last pictured
create view wire.feeds as
select
    f.feed_url, f.title, f.agency, f.outlet, f.country, f.language, f.state, f.last_success_at, f.last_new_at, f.due_at,
    f.failures, f.reason, f.items_per_day, coalesce(s.items, 0) as items
from core.feed f
left join (select feed_url, count(*) as items from core.sighting group by feed_url) s on s.feed_url = f.feed_url;

comment on view wire.feeds is 'One feed, its health and rhythm, as last pictured';
comment on column wire.feeds.feed_url is 'address as configured';
comment on column wire.feeds.title is 'title';
comment on column wire.feeds.agency is 'agency that issues it';
comment on column wire.feeds.outlet is 'outlet that issues it';
comment on column wire.feeds.country is 'ISO 3166-1 alpha-2';
comment on column wire.feeds.language is 'BCP 47 language';
comment on column wire.feeds.state is 'active, or why it is not polled';
comment on column wire.feeds.last_success_at is 'when it last answered';
comment on column wire.feeds.last_new_at is 'when it last brought a new item';
comment on column wire.feeds.due_at is 'when it is polled next';
comment on column wire.feeds.failures is 'failures in a row';
comment on column wire.feeds.reason is 'why it failed last, in words';
comment on column wire.feeds.items_per_day is 'new items a day by its rhythm';
comment on column wire.feeds.items is 'items that it named';
