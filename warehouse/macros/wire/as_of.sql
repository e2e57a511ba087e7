-- What the warehouse said at a moment: the stories as they stood then, by when rows landed
create macro wire.as_of(t) as table
with texts as (
    select *, row_number() over (
        partition by item_key
        order by try_cast(version as double) nulls first, version nulls first,
            version_created_at nulls first, first_seen_at nulls first, text_hash
    ) as number
    from core.revision
    where landed_at <= t
),
current_texts as (
    select *, count(*) over (partition by item_key) as revisions
    from texts
    qualify row_number() over (partition by item_key order by number desc) = 1
),
memberships as (
    select *
    from core.story_change
    where landed_at <= t
    qualify row_number() over (partition by item_key order by landed_at desc, rank, story_key) = 1
),
gone as (
    select n.item_key
    from wire.notices n
    left join texts r
        on r.item_key = n.item_key and r.pub_status = 'usable'
        and coalesce(r.version_created_at, r.modified_at, r.published_at, r.first_seen_at) > n.noticed_at
    where n.kind in ('kill', 'withdrawal') and n.landed_at <= t and n.item_key is not null and r.item_key is null
    union
    select item_key from texts
    where embargo_until_at > t
      and item_key not in (
          select item_key from wire.notices where kind = 'embargo lift' and landed_at <= t and item_key is not null
      )
    union
    select item_key from current_texts where embargo_until_at is null and pub_status in ('withheld', 'embargoed')
    union
    select item_key from wire.embargoed
    union
    select item_key from wire.same_items
),
shown as (
    select m.story_key, m.rank, c.*
    from current_texts c
    join memberships m on m.item_key = c.item_key
    where c.item_key not in (from gone)
)
select
    story_key, item_key, headline, agency, outlet, language, published_at, published_on, published_precision,
    dateline_raw, lead, url, revisions,
    count(*) over (partition by story_key) as copies
from shown
qualify row_number() over (partition by story_key order by rank, item_key) = 1;

comment on macro table wire.as_of is 'What the warehouse said at a moment: the stories as they stood then, by when rows landed';
