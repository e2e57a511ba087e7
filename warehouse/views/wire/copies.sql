-- One visible item as member of its story, singletons included
create view wire.copies as
with hidden as (
    select distinct item_key from wire.hidden
),
upstream as (
    select m.story_key, min(k.killed_at) as killed_at, bool_or(true) as killed
    from wire.killed k
    join core.member m on m.item_key = k.item_key
    group by m.story_key
),
led as (
    select m.story_key, min(m.rank) as rank
    from core.member m
    where m.story_key in (select story_key from core.member where item_key in (from hidden))
      and m.item_key not in (from hidden)
    group by m.story_key
)
select
    i.item_key, m.story_key,
    if(m.rank = coalesce(led.rank, 0), 'leader', m.relation) as relation,
    if(m.rank = coalesce(led.rank, 0), 1.0, m.similarity) as similarity,
    if(m.rank = coalesce(led.rank, 0), null, m.via_key) as via_key,
    m.rank, i.outlet, i.agency, i.provider, r.headline, r.lead, i.language,
    i.published_at, i.published_on, i.published_precision, i.published_source,
    r.dateline_raw, coalesce(p.name, d.place_raw) as place, p.admin1, coalesce(p.country, d.country) as country,
    p.latitude, p.longitude, d.filed_on, i.url, i.canonical_url, i.item_uri, i.slugline, i.revisions, i.revision_key,
    i.first_seen_at, i.last_seen_at, i.landed_at, upstream.killed_at as killed_upstream_at
from core.item i
join core.member m on m.item_key = i.item_key
join core.revision r on r.revision_key = i.revision_key
left join core.dateline d on d.revision_key = i.revision_key and d.position = 0
left join core.place p on p.place_id = d.place_id
left join upstream on upstream.story_key = m.story_key
left join led on led.story_key = m.story_key
where i.item_key not in (from hidden);

comment on view wire.copies is 'One visible item as member of its story, singletons included';
comment on column wire.copies.item_key is 'identity of the item';
comment on column wire.copies.story_key is 'its story';
comment on column wire.copies.relation is 'leader for the first visible member, else what it is to the leader: exact, near, excerpt, version or take';
comment on column wire.copies.similarity is 'likeness to the leader, 0 to 1';
comment on column wire.copies.via_key is 'member through which it joined, NULL for the leader';
comment on column wire.copies.rank is 'place in its story: the agency''s own item, then earliest publication, then key';
comment on column wire.copies.outlet is 'registrable domain or provider that published this copy';
comment on column wire.copies.agency is 'who wrote it, canonical short wire name';
comment on column wire.copies.provider is 'who sent the wire item';
comment on column wire.copies.headline is 'headline of the current text';
comment on column wire.copies.lead is 'the current text without dateline, byline and separator';
comment on column wire.copies.language is 'BCP 47 language';
comment on column wire.copies.published_at is 'instant of publication';
comment on column wire.copies.published_on is 'day of publication at the source';
comment on column wire.copies.published_precision is 'second, minute, hour, day or month; below hour the instant is the start of the day';
comment on column wire.copies.published_source is 'where the date stood';
comment on column wire.copies.dateline_raw is 'dateline as printed';
comment on column wire.copies.place is 'first place of the dateline';
comment on column wire.copies.admin1 is 'its state, province or region';
comment on column wire.copies.country is 'its country, ISO 3166-1 alpha-2';
comment on column wire.copies.latitude is 'degrees north';
comment on column wire.copies.longitude is 'degrees east';
comment on column wire.copies.filed_on is 'date in the dateline';
comment on column wire.copies.url is 'address as received';
comment on column wire.copies.canonical_url is 'canonical address as received';
comment on column wire.copies.item_uri is 'wire identifier without its version, as received';
comment on column wire.copies.slugline is 'slugline';
comment on column wire.copies.revisions is 'number of texts that it had';
comment on column wire.copies.revision_key is 'its current text';
comment on column wire.copies.first_seen_at is 'when it was first captured';
comment on column wire.copies.last_seen_at is 'when it was last captured';
comment on column wire.copies.landed_at is 'when it landed';
comment on column wire.copies.killed_upstream_at is 'when another member of its story was killed';
