-- Stories as published up to a moment: the copies that were out by then, in the text that they had
create macro wire.published_by(t) as table
with hidden as (
    select distinct item_key from wire.hidden
),
out_by_then as (
    select m.story_key, i.item_key, m.rank, i.outlet
    from core.item i
    join core.member m on m.item_key = i.item_key
    where i.published_at <= t and i.item_key not in (from hidden)
),
counted as (
    select story_key, count(*) as copies, count(distinct outlet) as outlets, arg_min(item_key, (rank, item_key)) as item_key
    from out_by_then
    group by story_key
),
texts as (
    select
        item_key,
        coalesce(arg_max(revision_key, position) filter (issued_at <= t), arg_min(revision_key, position)) as revision_key,
        greatest(count(*) filter (issued_at <= t), 1) as revisions
    from wire.versions
    where item_key in (select item_key from counted)
    group by item_key
),
-- Members that were out by then vote on where the story was filed, as those of `wire.stories` do.
ballots as (
    select o.story_key, d.place_id, count(*) as votes, list(o.item_key order by o.item_key) as voters
    from out_by_then o
    join core.item i on i.item_key = o.item_key
    join core.dateline d on d.revision_key = i.revision_key and d.position = 0
    where d.place_id is not null and o.story_key in (select story_key from counted where copies > 1)
    group by o.story_key, d.place_id
),
elected as (
    select *
    from ballots
    where votes > 1
    qualify rank() over (partition by story_key order by votes desc) = 1
        and count(*) over (partition by story_key, votes) = 1
),
upstream as (
    select m.story_key, min(k.killed_at) as killed_at
    from wire.killed k
    join core.member m on m.item_key = k.item_key
    group by m.story_key
),
shown as (
    select
        n.story_key, n.item_key, r.headline, i.agency, i.outlet, i.language, i.published_at, i.published_on,
        i.published_precision, r.dateline_raw, coalesce(p.name, d.place_raw) as place, p.admin1,
        coalesce(p.country, d.country) as country, p.latitude, p.longitude, d.place_id, n.copies, n.outlets, x.revisions,
        r.lead, i.url
    from counted n
    join core.item i on i.item_key = n.item_key
    join texts x on x.item_key = n.item_key
    join core.revision r on r.revision_key = x.revision_key
    left join core.dateline d on d.revision_key = x.revision_key and d.position = 0
    left join core.place p on p.place_id = d.place_id
)
select
    s.story_key, s.item_key, s.headline, s.agency, s.outlet, s.language, s.published_at, s.published_on,
    s.published_precision, s.dateline_raw, coalesce(p.name, s.place) as place, coalesce(s.admin1, p.admin1) as admin1,
    coalesce(s.country, p.country) as country, coalesce(s.latitude, p.latitude) as latitude,
    coalesce(s.longitude, p.longitude) as longitude,
    coalesce(own.voters, if(s.country is null, e.voters, null)) as dateline_voters,
    s.copies, s.outlets, s.revisions, s.lead, s.url, u.killed_at as killed_upstream_at
from shown s
left join ballots own on own.story_key = s.story_key and own.place_id = s.place_id
left join elected e on e.story_key = s.story_key
left join core.place p on p.place_id = if(s.country is null and own.voters is null, e.place_id, null)
left join upstream u on u.story_key = s.story_key;

comment on macro table wire.published_by is 'Stories as published up to a moment: the copies that were out by then, in the text that they had';
