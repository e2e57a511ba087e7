-- One feed: how it is in a sentence, how often it brings something, when it is due
create view report.feed_health as
select
    w.feed_url, w.title, w.agency, w.state,
    case
        when w.state = 'retired' then 'retired: ' || w.reason
        when f.last_polled_at is null then 'not polled yet'
        when w.failures > 0 then
            'failed ' || case w.failures when 1 then 'once' when 2 then 'twice' else w.failures || ' times in a row' end
            || case
                when w.last_success_at is null then ' and never worked'
                else ', worked last ' || strftime(w.last_success_at, '%Y-%m-%d %H:%M') || 'Z'
            end || coalesce(': ' || w.reason, '')
        when q.feed_url is not null then
            'quiet since ' || strftime(w.last_new_at, '%Y-%m-%d %H:%M') || 'Z, where '
            || round(w.items_per_day, 1) || ' items a day are usual'
        when f.gap_at >= now() - interval 7 days then
            'works, but items may have scrolled by unseen at ' || strftime(f.gap_at, '%Y-%m-%d %H:%M') || 'Z'
        else 'works'
    end as health,
    w.last_success_at, w.last_new_at, w.items_per_day, w.failures, w.reason, w.due_at, w.items
from wire.feeds w
join core.feed f on f.feed_url = w.feed_url
left join report.silence q on q.feed_url = w.feed_url
order by w.failures desc, w.last_success_at nulls first, w.feed_url;

comment on view report.feed_health is 'One feed: how it is in a sentence, how often it brings something, when it is due';
comment on column report.feed_health.feed_url is 'address as configured';
comment on column report.feed_health.title is 'title';
comment on column report.feed_health.agency is 'agency that issues it';
comment on column report.feed_health.state is 'active, or why it is not polled';
comment on column report.feed_health.health is 'how it is, in a sentence';
comment on column report.feed_health.last_success_at is 'when it last answered';
comment on column report.feed_health.last_new_at is 'when it last brought a new item';
comment on column report.feed_health.items_per_day is 'new items a day by its rhythm';
comment on column report.feed_health.failures is 'failures in a row';
comment on column report.feed_health.reason is 'why it failed last, in words';
comment on column report.feed_health.due_at is 'when it is polled next';
comment on column report.feed_health.items is 'items that it named';
