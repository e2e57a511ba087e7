-- What the warehouse said at a moment: the stories as they stood then, by when rows landed
create macro wire.as_of(t) as table
with texts as (
    select
        item_key, revision_key, embargo_until_at, pub_status, cues,
        coalesce(version_created_at, first_seen_at, published_at) as stated_at,
        coalesce(version_created_at, modified_at, published_at, first_seen_at) as issued_at,
        row_number() over (
            partition by item_key
            order by try_cast(version as double) nulls first, version nulls first,
                version_created_at nulls first, first_seen_at nulls first, text_hash
        ) as number
    from core.revision
    where landed_at <= t
),
current_texts as (
    select item_key, arg_max(revision_key, number) as revision_key, count(*) as revisions
    from texts
    group by item_key
),
memberships as (
    select item_key, story_key, rank
    from core.story_change
    where landed_at <= t
    qualify row_number() over (partition by item_key order by landed_at desc, rank, story_key) = 1
),
heard as (
    select item_key, kind, noticed_at from wire.notices where item_key is not null and landed_at <= t
),
lifted as (
    select item_key, max(coalesce(noticed_at, 'infinity')) as lifted_at
    from heard
    where kind = 'embargo lift'
    group by item_key
),
stated as (
    select
        item_key,
        max(number) as number,
        arg_max(pub_status, number) as pub_status,
        max(number) filter (embargo_until_at is null) as untimed_number,
        max(number) filter (list_contains(cues, 'embargo lift') and pub_status = 'usable') as lift_number,
        max(number) filter (embargo_until_at is not null) as embargo_number,
        arg_max(embargo_until_at, number) filter (embargo_until_at is not null) as embargo_until_at,
        arg_max(stated_at, number) filter (embargo_until_at is not null) as stated_at
    from texts
    where item_key in (select item_key from texts where embargo_until_at > t or pub_status in ('withheld', 'embargoed'))
    group by item_key
),
gone as (
    select h.item_key
    from heard h
    left join texts r on r.item_key = h.item_key and r.pub_status = 'usable' and r.issued_at > h.noticed_at
    where h.kind in ('kill', 'withdrawal') and r.item_key is null
    union
    select s.item_key
    from stated s
    left join lifted l on l.item_key = s.item_key
    where (
        s.embargo_until_at > t and coalesce(s.lift_number < s.embargo_number, true)
        and coalesce(l.lifted_at < s.stated_at, true)
    ) or (s.pub_status in ('withheld', 'embargoed') and s.untimed_number = s.number and l.lifted_at is null)
    union
    select item_key from wire.embargoed
    union
    select item_key from wire.same_items
),
shown as (
    select m.story_key, c.item_key, c.revision_key, c.revisions, count(*) over (partition by m.story_key) as copies
    from current_texts c
    join memberships m on m.item_key = c.item_key
    where c.item_key not in (from gone)
    qualify row_number() over (partition by m.story_key order by m.rank, c.item_key) = 1
)
select
    s.story_key, s.item_key, r.headline, r.agency, r.outlet, r.language, r.published_at, r.published_on,
    r.published_precision, r.dateline_raw, r.lead, r.url, s.revisions, s.copies
from shown s
join core.revision r on r.revision_key = s.revision_key;

comment on macro table wire.as_of is 'What the warehouse said at a moment: the stories as they stood then, by when rows landed';
