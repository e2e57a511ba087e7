-- The hours that have ended since the last entry: what each feed's rhythm let expect, and what came. Hours that were
-- expected to bring nothing, and did, are left out.
insert into core.coverage by name
with hours as (
    select unnest(generate_series(
        greatest(
            coalesce((select max(hour_at) from core.coverage), $at - interval 25 hours) + interval 1 hour,
            $at - interval 7 days
        ),
        $at - interval 1 hour,
        interval 1 hour
    )) as moment
),
ended as (
    select distinct date_trunc('hour', moment) as hour_at from hours
    where date_trunc('hour', moment) > coalesce((select max(hour_at) from core.coverage), timestamptz '1970-01-01 00:00:00Z')
),
received as (
    select feed_url, date_trunc('hour', first_seen_at) as hour_at, count(*)::integer as received
    from core.sighting
    where first_seen_at >= (select min(hour_at) from ended)
    group by all
)
select
    f.feed_url, e.hour_at, round(coalesce(f.items_per_day, 0) / 24, 3) as expected,
    coalesce(r.received, 0) as received, coalesce(date_trunc('hour', f.gap_at) = e.hour_at, false) as lost_possible
from ended e
cross join core.feed f
left join received r on r.feed_url = f.feed_url and r.hour_at = e.hour_at
where r.received > 0 or f.items_per_day >= 12 or date_trunc('hour', f.gap_at) = e.hour_at
