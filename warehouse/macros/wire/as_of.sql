-- What the warehouse said at a moment: the stories as they stood then, by when rows landed
create macro wire.as_of(t) as table
with versions as (
    from wire.versions where landed_at <= t
),
current_texts as (
    select item_key, arg_max(revision_key, position) as revision_key, count(*) as revisions
    from versions
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
        arg_max(pub_status, position) as pub_status,
        arg_max(embargo_until_at is null, position) as is_untimed,
        max(position) filter (lifts) as lift_position,
        max(position) filter (embargo_until_at is not null) as embargo_position,
        arg_max(embargo_until_at, position) filter (embargo_until_at is not null) as embargo_until_at,
        arg_max(stated_at, position) filter (embargo_until_at is not null) as stated_at,
        max(position) filter (embargo_raw is not null) as unread_position,
        arg_max(stated_at, position) filter (embargo_raw is not null) as unread_at
    from versions
    where item_key in (
        select item_key from versions
        where embargo_until_at > t or pub_status in ('withheld', 'embargoed') or embargo_raw is not null
    )
    group by item_key
),
gone as (
    select h.item_key
    from heard h
    left join lifted l on l.item_key = h.item_key and h.kind = 'withheld' and l.lifted_at >= h.noticed_at
    left join versions r on r.item_key = h.item_key and r.pub_status = 'usable' and r.issued_at > h.noticed_at
    where h.kind in ('kill', 'withdrawal', 'withheld') and r.item_key is null and l.item_key is null
    union
    select s.item_key
    from stated s
    left join lifted l on l.item_key = s.item_key
    where (
        s.embargo_until_at > t and coalesce(s.lift_position < s.embargo_position, true)
        and coalesce(l.lifted_at < s.stated_at, true)
    ) or (
        s.unread_position is not null and coalesce(s.embargo_position < s.unread_position, true)
        and coalesce(s.lift_position < s.unread_position, true) and coalesce(l.lifted_at < s.unread_at, true)
    ) or (s.pub_status in ('withheld', 'embargoed') and s.is_untimed and l.lifted_at is null)
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
