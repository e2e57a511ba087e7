-- The hours that have ended since the last entry: what each feed's rhythm let expect, and what came. The rhythm is that
-- of the same hour of the week, or as long as fewer than two weeks are known of the day, or the feed's items a day.
-- Hours that were expected to bring nothing, and did, are left out; so is all that was before a feed's first reading.
insert into core.coverage by name
with feeds as (
    select f.feed_url, f.items_per_day, f.state, date_trunc('hour', s.first_read_at) as first_at
    from core.feed f join staged_since s using (feed_url)
),
ended as (
    select unnest(generate_series(
        greatest(
            coalesce((select max(hour_at) from core.coverage) + interval 1 hour, $at - interval 7 days),
            $at - interval 7 days
        ),
        $at - interval 1 hour,
        interval 1 hour
    )) as moment
),
hours as (
    select f.*, date_trunc('hour', e.moment) as hour_at
    from ended e join feeds f on date_trunc('hour', e.moment) >= f.first_at and f.state <> 'retired'
    union
    select f.*, s.hour_at from staged_coverage s join feeds f using (feed_url)
),
missing as (from hours anti join core.coverage using (feed_url, hour_at)),
before as (
    select
        m.feed_url, m.hour_at,
        sum(c.received) filter (c.hour_at >= m.hour_at - interval 14 days) as same_hour,
        sum(c.received) filter (epoch(m.hour_at - c.hour_at)::bigint % 604800 = 0) as same_weekday
    from missing m
    join core.coverage c
        on c.feed_url = m.feed_url and c.hour_at > m.first_at
        and c.hour_at < m.hour_at and c.hour_at >= m.hour_at - interval 28 days
        and epoch(m.hour_at - c.hour_at)::bigint % 86400 = 0
    group by all
),
known as (
    select
        m.*, coalesce(b.same_hour, 0) as same_hour, coalesce(b.same_weekday, 0) as same_weekday,
        least(epoch(m.hour_at - m.first_at - interval 1 hour) // 86400, 14) as days,
        least(epoch(m.hour_at - m.first_at - interval 1 hour) // 604800, 4) as weeks
    from missing m left join before b using (feed_url, hour_at)
)
select
    k.feed_url, k.hour_at,
    round(case
        when k.weeks >= 2 then k.same_weekday / k.weeks
        when k.days >= 3 then k.same_hour / k.days
        else coalesce(k.items_per_day, 0) / 24
    end, 3) as expected,
    coalesce(s.received, 0) as received, coalesce(s.lost_possible, false) as lost_possible
from known k
left join staged_coverage s using (feed_url, hour_at)
where s.received > 0 or s.lost_possible or expected >= 0.5
