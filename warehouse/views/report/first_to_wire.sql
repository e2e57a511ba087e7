-- One outlet with a story that others have too, and how long after the first it had it
create view report.first_to_wire as
with shown as materialized (
    select story_key, item_key, outlet, published_at, published_precision, rank, relation, headline from wire.copies
),
timed as (
    select story_key, item_key, outlet, published_at, rank, relation
    from shown
    where published_precision in ('second', 'minute')
    qualify row_number() over (partition by story_key, outlet order by published_at, rank) = 1
),
firsts as (
    select story_key, arg_min(outlet, (published_at, rank)) as first_outlet, min(published_at) as first_at
    from timed
    group by story_key
    having count(*) > 1
)
select
    t.story_key, s.headline, f.first_outlet, f.first_at, t.outlet, t.item_key, t.published_at,
    -- Of instants with a zone the difference is looked up in a calendar, six times as dear.
    make_timestamp(epoch_us(t.published_at)) - make_timestamp(epoch_us(f.first_at)) as lag, t.relation
from timed t
join firsts f on f.story_key = t.story_key
join (from shown where relation = 'leader') s on s.story_key = t.story_key
order by f.first_at desc, t.story_key, lag, t.item_key;

comment on view report.first_to_wire is 'One outlet with a story that others have too, and how long after the first it had it';
comment on column report.first_to_wire.story_key is 'the story';
comment on column report.first_to_wire.headline is 'headline of its leader';
comment on column report.first_to_wire.first_outlet is 'who had it first';
comment on column report.first_to_wire.first_at is 'when';
comment on column report.first_to_wire.outlet is 'the outlet';
comment on column report.first_to_wire.item_key is 'the first of its items';
comment on column report.first_to_wire.published_at is 'when it had the story';
comment on column report.first_to_wire.lag is 'time behind the first';
comment on column report.first_to_wire.relation is 'what its copy is to the leader';
