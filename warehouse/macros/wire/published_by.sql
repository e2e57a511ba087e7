-- Stories as published up to a moment: the copies that were out by then, in the text that they had
create macro wire.published_by(t) as table
with out_by_then as (
    select story_key, item_key, rank, outlet from wire.copies where published_at <= t
),
counted as (
    select story_key, count(*) as copies, count(distinct outlet) as outlets, arg_min(item_key, (rank, item_key)) as item_key
    from out_by_then
    group by story_key
),
numbered as (
    select
        item_key, revision_key, coalesce(version_created_at, modified_at, published_at, first_seen_at) as issued_at,
        row_number() over (
            partition by item_key
            order by try_cast(version as double) nulls first, version nulls first,
                version_created_at nulls first, first_seen_at nulls first, text_hash
        ) as number
    from core.revision
    where item_key in (select item_key from counted)
),
texts as (
    select item_key, arg_max(revision_key, number) as revision_key, count(*) as revisions
    from numbered
    where number = 1 or issued_at <= t
    group by item_key
)
select
    n.story_key, n.item_key, r.headline, p.agency, p.outlet, p.language, p.published_at, p.published_on,
    p.published_precision, p.dateline_raw, coalesce(p.place, s.place) as place, coalesce(p.admin1, s.admin1) as admin1,
    coalesce(p.country, s.country) as country, coalesce(p.latitude, s.latitude) as latitude,
    coalesce(p.longitude, s.longitude) as longitude, s.dateline_voters, n.copies, n.outlets, x.revisions, r.lead, p.url,
    p.killed_upstream_at
from counted n
join wire.copies p on p.item_key = n.item_key
join texts x on x.item_key = n.item_key
join core.revision r on r.revision_key = x.revision_key
join wire.stories s on s.story_key = n.story_key;

comment on macro table wire.published_by is 'Stories as published up to a moment: the copies that were out by then, in the text that they had';
