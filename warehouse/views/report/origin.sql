-- One story with copies, and the agency that most outlets credit
create view report.origin as
with shown as materialized (
    select story_key, agency, outlet, rank from wire.copies
),
sizes as (
    select story_key, count(distinct outlet) as outlets
    from shown
    group by story_key
    having count(*) > 1
),
votes as (
    select
        story_key, agency, count(distinct outlet) as votes, count(*) as items, min(rank) as rank,
        list(distinct outlet order by outlet) as voters
    from shown
    where agency is not null and story_key in (select story_key from sizes)
    group by story_key, agency
)
select v.story_key, v.agency, v.votes, s.outlets, v.items, v.voters
from votes v
join sizes s on s.story_key = v.story_key
qualify row_number() over (partition by v.story_key order by v.votes desc, v.rank) = 1;

comment on view report.origin is 'One story with copies, and the agency that most outlets credit: in dateline, byline, credit line or source';
comment on column report.origin.story_key is 'the story';
comment on column report.origin.agency is 'the agency credited most; of several the one that the first copy credits, an agency''s own item before all';
comment on column report.origin.votes is 'outlets that credit it, each once however many copies it has';
comment on column report.origin.outlets is 'outlets that have the story';
comment on column report.origin.items is 'items that credit it';
comment on column report.origin.voters is 'the outlets that credit it';
