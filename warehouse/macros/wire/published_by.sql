-- Stories as published up to a moment: the copies that were out by then, in the text that they had
create macro wire.published_by(t) as table
with out_by_then as (
    select * from wire.copies where published_at <= t
),
counted as (
    select story_key, count(*) as copies, count(distinct outlet) as outlets
    from out_by_then
    group by story_key
),
texts as (
    select item_key, headline, lead, count(*) over (partition by item_key) as revisions, number
    from wire.revisions
    where number = 1 or coalesce(version_created_at, modified_at, published_at, first_seen_at) <= t
    qualify row_number() over (partition by item_key order by number desc) = 1
)
select
    p.story_key, p.item_key, x.headline, p.agency, p.outlet, p.language, p.published_at, p.published_on,
    p.published_precision, p.dateline_raw, coalesce(p.place, s.place) as place, coalesce(p.admin1, s.admin1) as admin1,
    coalesce(p.country, s.country) as country, coalesce(p.latitude, s.latitude) as latitude,
    coalesce(p.longitude, s.longitude) as longitude, s.dateline_voters, c.copies, c.outlets, x.revisions, x.lead, p.url,
    p.killed_upstream_at
from out_by_then p
join counted c on c.story_key = p.story_key
join texts x on x.item_key = p.item_key
join wire.stories s on s.story_key = p.story_key
qualify row_number() over (partition by p.story_key order by p.rank, p.item_key) = 1;

comment on macro table wire.published_by is 'Stories as published up to a moment: the copies that were out by then, in the text that they had';
