-- One story, shown by its first visible member
create view wire.stories as
with affected as (
    select m.story_key, count(*) as copies, count(distinct i.outlet) as outlets
    from core.member m
    join core.item i on i.item_key = m.item_key
    where m.story_key in (select story_key from core.member where item_key in (select item_key from wire.hidden))
      and m.item_key not in (select item_key from wire.hidden)
    group by m.story_key
),
ballots as (
    select
        m.story_key, d.place_id, count(*) as votes, list(m.item_key order by m.item_key) as voters
    from core.story s
    join core.member m on m.story_key = s.story_key
    join core.item i on i.item_key = m.item_key
    join core.dateline d on d.revision_key = i.revision_key and d.position = 0
    where s.members > 1 and d.place_id is not null and m.item_key not in (select item_key from wire.hidden)
    group by m.story_key, d.place_id
),
elected as (
    select *
    from ballots
    where votes > 1
    qualify rank() over (partition by story_key order by votes desc) = 1
        and count(*) over (partition by story_key, votes) = 1
),
-- Conditions on the leader stand in the columns, not in the joins: a join with one is no hash join any more.
shown as (
    select
        c.*, own.voters as own_voters, if(c.country is null and own.voters is null, e.place_id, null) as elected_id,
        if(c.country is null, e.voters, null) as elected_voters
    from wire.copies c
    left join core.dateline d on d.revision_key = c.revision_key and d.position = 0
    left join ballots own on own.story_key = c.story_key and own.place_id = d.place_id
    left join elected e on e.story_key = c.story_key
    where c.relation = 'leader'
)
select
    c.story_key, c.item_key, c.headline, c.agency, c.outlet, c.language, c.published_at, c.published_on,
    c.published_precision, c.dateline_raw, coalesce(p.name, c.place) as place, coalesce(c.admin1, p.admin1) as admin1,
    coalesce(c.country, p.country) as country, coalesce(c.latitude, p.latitude) as latitude,
    coalesce(c.longitude, p.longitude) as longitude, coalesce(c.own_voters, c.elected_voters) as dateline_voters,
    coalesce(a.copies, s.members) as copies, coalesce(a.outlets, s.outlets) as outlets, c.revisions, c.lead, c.url,
    c.killed_upstream_at
from shown c
join core.story s on s.story_key = c.story_key
left join affected a on a.story_key = c.story_key
left join core.place p on p.place_id = c.elected_id;

comment on view wire.stories is 'One story, shown by its first visible member';
comment on column wire.stories.story_key is 'identity of the story: the key of its first item in canonical order';
comment on column wire.stories.item_key is 'the item that shows it';
comment on column wire.stories.headline is 'headline of that item';
comment on column wire.stories.agency is 'who wrote it';
comment on column wire.stories.outlet is 'who published that item';
comment on column wire.stories.language is 'BCP 47 language';
comment on column wire.stories.published_at is 'instant of publication of that item';
comment on column wire.stories.published_on is 'day of publication at its source';
comment on column wire.stories.published_precision is 'second, minute, hour, day or month';
comment on column wire.stories.dateline_raw is 'dateline as printed';
comment on column wire.stories.place is 'first place of its dateline, else of the dateline on which most other members agree';
comment on column wire.stories.admin1 is 'its state, province or region';
comment on column wire.stories.country is 'its country, ISO 3166-1 alpha-2';
comment on column wire.stories.latitude is 'degrees north';
comment on column wire.stories.longitude is 'degrees east';
comment on column wire.stories.dateline_voters is 'items of the story that print that place first, NULL where it has no other member';
comment on column wire.stories.copies is 'visible items in the story';
comment on column wire.stories.outlets is 'outlets among them';
comment on column wire.stories.revisions is 'number of texts that the item had';
comment on column wire.stories.lead is 'the text without dateline, byline and separator';
comment on column wire.stories.url is 'address as received';
comment on column wire.stories.killed_upstream_at is 'when another member of the story was killed';
