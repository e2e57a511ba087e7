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
    select m.story_key, d.place_id, list(i.item_key order by i.item_key) as voters
    from core.story s
    join core.member m on m.story_key = s.story_key
    join core.item i on i.item_key = m.item_key
    join core.dateline d on d.revision_key = i.revision_key and d.position = 0
    where s.members > 1 and d.place_id is not null and i.item_key not in (select item_key from wire.hidden)
    group by m.story_key, d.place_id
),
votes as (
    select
        b.story_key, b.voters, p.name, p.admin1, p.country, p.latitude, p.longitude,
        len(b.voters) > 1
        and rank() over (partition by b.story_key order by len(b.voters) desc) = 1
        and count(*) over (partition by b.story_key, len(b.voters)) = 1 as elected
    from ballots b
    join core.place p on p.place_id = b.place_id
)
select
    c.story_key, c.item_key, c.headline, c.agency, c.outlet, c.language, c.published_at, c.published_on,
    c.published_precision, c.dateline_raw, if(c.country is null and v.elected, v.name, c.place) as place,
    coalesce(c.admin1, v.admin1) as admin1, coalesce(c.country, v.country) as country,
    coalesce(c.latitude, v.latitude) as latitude, coalesce(c.longitude, v.longitude) as longitude, v.voters as dateline_voters,
    coalesce(a.copies, s.members) as copies, coalesce(a.outlets, s.outlets) as outlets, c.revisions, c.lead, c.url,
    c.killed_upstream_at
from wire.copies c
join core.story s on s.story_key = c.story_key
left join affected a on a.story_key = c.story_key
left join votes v
    on v.story_key = c.story_key and (list_contains(v.voters, c.item_key) or (v.elected and c.country is null))
where c.relation = 'leader';

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
