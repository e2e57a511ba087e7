-- One story, shown by its first visible member
create view wire.stories as
with affected as (
    select m.story_key, count(*) as copies, count(distinct i.outlet) as outlets
    from core.member m
    join core.item i on i.item_key = m.item_key
    where m.story_key in (select story_key from core.member where item_key in (select item_key from wire.hidden))
      and m.item_key not in (select item_key from wire.hidden)
    group by m.story_key
)
select
    c.story_key, c.item_key, c.headline, c.agency, c.outlet, c.language, c.published_at, c.published_on,
    c.published_precision, c.dateline_raw, c.place, c.admin1, c.country, c.latitude, c.longitude,
    coalesce(a.copies, s.members) as copies, coalesce(a.outlets, s.outlets) as outlets, c.revisions, c.lead, c.url,
    c.killed_upstream_at
from wire.copies c
join core.story s on s.story_key = c.story_key
left join affected a on a.story_key = c.story_key
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
comment on column wire.stories.place is 'first place of the dateline';
comment on column wire.stories.admin1 is 'its state, province or region';
comment on column wire.stories.country is 'its country, ISO 3166-1 alpha-2';
comment on column wire.stories.latitude is 'degrees north';
comment on column wire.stories.longitude is 'degrees east';
comment on column wire.stories.copies is 'visible items in the story';
comment on column wire.stories.outlets is 'outlets among them';
comment on column wire.stories.revisions is 'number of texts that the item had';
comment on column wire.stories.lead is 'the text without dateline, byline and separator';
comment on column wire.stories.url is 'address as received';
comment on column wire.stories.killed_upstream_at is 'when another member of the story was killed';
