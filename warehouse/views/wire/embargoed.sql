-- One item that may not be shown yet: before its time, or withheld without one
create view wire.embargoed as
with held as (
    select
        item_key, revision_key, pub_status, embargo_until_at, cues,
        coalesce(version_created_at, first_seen_at, published_at) as stated_at,
        row_number() over (
            partition by item_key order by try_cast(version as double) nulls first, version nulls first,
                version_created_at nulls first, first_seen_at nulls first, text_hash
        ) as number
    from core.revision
    where item_key in (
        select item_key from core.revision
        where embargo_until_at > now() or pub_status in ('withheld', 'embargoed')
        union
        select item_key from wire.notices where kind = 'withheld' and item_key is not null
    )
),
stated as (
    select
        item_key,
        max(number) as number,
        arg_max(pub_status, number) as pub_status,
        arg_max(revision_key, number) as revision_key,
        max(number) filter (embargo_until_at is null) as untimed_number,
        max(number) filter (list_contains(cues, 'embargo lift') and pub_status = 'usable') as lift_number,
        max(number) filter (embargo_until_at is not null) as embargo_number,
        arg_max(embargo_until_at, number) filter (embargo_until_at is not null) as embargo_until_at,
        arg_max(stated_at, number) filter (embargo_until_at is not null) as stated_at
    from held
    group by item_key
),
lifted as (
    select item_key, max(coalesce(noticed_at, 'infinity')) as lifted_at
    from wire.notices
    where kind = 'embargo lift' and item_key is not null
    group by item_key
),
withheld as (
    select item_key, max(noticed_at) as withheld_at
    from wire.notices
    where kind = 'withheld' and item_key is not null and ended_at is null
    group by item_key
),
judged as (
    select
        s.item_key, s.revision_key, s.embargo_until_at,
        -- A later version that says so lifts it as well as a notice.
        s.embargo_until_at > now() and coalesce(s.lift_number < s.embargo_number, true)
        and coalesce(l.lifted_at < s.stated_at, true) as timed,
        (s.pub_status in ('withheld', 'embargoed') and s.untimed_number = s.number and l.lifted_at is null)
        or (w.withheld_at is not null and coalesce(l.lifted_at < w.withheld_at, true)) as untimed
    from stated s
    left join lifted l on l.item_key = s.item_key
    left join withheld w on w.item_key = s.item_key
)
select
    j.item_key, r.outlet, r.agency, r.headline, if(j.timed, j.embargo_until_at, null) as embargo_until_at,
    if(j.timed, 'embargo', 'withheld') as reason
from judged j
join core.revision r on r.revision_key = j.revision_key
where j.timed or j.untimed;

comment on view wire.embargoed is 'One item that may not be shown yet: before its time, or withheld without one';
comment on column wire.embargoed.item_key is 'the item';
comment on column wire.embargoed.outlet is 'who published it';
comment on column wire.embargoed.agency is 'who wrote it';
comment on column wire.embargoed.headline is 'headline of its current text';
comment on column wire.embargoed.embargo_until_at is 'time until which it is held back, NULL where it waits for a usable version';
comment on column wire.embargoed.reason is 'embargo or withheld';
