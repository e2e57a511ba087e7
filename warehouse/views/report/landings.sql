-- One day of landing
create view report.landings as
select
    (landed_at at time zone 'UTC')::date as landed_on, count(*) as batches, sum(arrivals)::bigint as arrivals,
    sum(new_items)::bigint as new_items, sum(revised_items)::bigint as revised_items,
    sum(unchanged_items)::bigint as unchanged_items, sum(notices)::bigint as notices, sum(set_aside)::bigint as set_aside
from core.batch
group by 1
order by 1 desc;

comment on view report.landings is 'One day of landing';
comment on column report.landings.landed_on is 'day (UTC)';
comment on column report.landings.batches is 'batches';
comment on column report.landings.arrivals is 'items that arrived';
comment on column report.landings.new_items is 'items not held before';
comment on column report.landings.revised_items is 'texts not held before';
comment on column report.landings.unchanged_items is 'items that said nothing new';
comment on column report.landings.notices is 'kills, withdrawals and lifts';
comment on column report.landings.set_aside is 'inputs that could not be used';
