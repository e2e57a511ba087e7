-- One outlet and an agency whose copy it runs, and how much of it is cut
create view report.pickup as
with shown as materialized (
    select
        c.story_key, c.item_key, c.outlet, c.agency, c.relation,
        -- Without its zone: the difference of instants that have one is looked up in a calendar.
        if(c.published_precision in ('second', 'minute'), make_timestamp(epoch_us(c.published_at)), null) as timed_at,
        coalesce(c.outlet = c.agency or o.agency = c.agency, false) as is_own
    from wire.copies c
    left join core.outlet o on o.outlet = c.outlet
),
firsts as (
    select story_key, min(timed_at) as first_at from shown group by story_key
),
-- What copies are made of: the agency's own items, else the first to print it.
sources as (
    select story_key, item_key from shown where is_own or relation = 'leader'
),
evidence as (
    select a_key as source_key, b_key as item_key, relation, containment_a as kept from core.match
    union all
    select b_key as source_key, a_key as item_key, relation, containment_b as kept from core.match
),
kept as (
    select s.item_key, max(if(e.relation = 'exact', 1.0, e.kept)) as kept
    from shown s
    join sources o on o.story_key = s.story_key and o.item_key <> s.item_key
    join evidence e on e.item_key = s.item_key and e.source_key = o.item_key
    group by s.item_key
)
select
    c.outlet, o.agency, count(*) as copies, count(*) filter (c.relation = 'leader') as led,
    count(*) filter (c.relation = 'excerpt') as excerpts,
    round(avg(k.kept) filter (c.relation <> 'leader'), 3) as kept,
    avg(c.timed_at - f.first_at) filter (c.timed_at > f.first_at) as mean_lag
from shown c
join report.origin o on o.story_key = c.story_key
join firsts f on f.story_key = c.story_key
left join kept k on k.item_key = c.item_key
where not (c.is_own and c.agency = o.agency)
group by c.outlet, o.agency
order by copies desc, c.outlet, o.agency;

comment on view report.pickup is 'One outlet and an agency whose copy it runs, and how much of it is cut';
comment on column report.pickup.outlet is 'who ran it';
comment on column report.pickup.agency is 'whose copy';
comment on column report.pickup.copies is 'how many';
comment on column report.pickup.led is 'how many of them lead their story: the agency''s own, else the first to print it';
comment on column report.pickup.excerpts is 'how many of them are cut';
comment on column report.pickup.kept is 'mean share of the agency''s text, else of the leader''s, that the other copies keep, whatever they add to it';
comment on column report.pickup.mean_lag is 'mean time behind the first copy of the story, where both times are known to the minute and it was not the first itself';
