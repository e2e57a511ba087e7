-- One item that may not be shown yet: before its time, withheld without one, or with a time that cannot be read
create view wire.embargoed as
with stated as (
    select
        item_key,
        arg_max(pub_status, position) as pub_status,
        arg_max(embargo_until_at is null, position) as is_untimed,
        arg_max(revision_key, position) as revision_key,
        max(position) filter (lifts) as lift_position,
        max(position) filter (embargo_until_at is not null) as embargo_position,
        arg_max(embargo_until_at, position) filter (embargo_until_at is not null) as embargo_until_at,
        arg_max(stated_at, position) filter (embargo_until_at is not null) as stated_at,
        max(position) filter (embargo_raw is not null) as unread_position,
        arg_max(stated_at, position) filter (embargo_raw is not null) as unread_at,
        arg_max(embargo_raw, position) filter (embargo_raw is not null) as embargo_raw
    from wire.versions
    where item_key in (
        select item_key from wire.versions
        where embargo_until_at > now() or pub_status in ('withheld', 'embargoed') or embargo_raw is not null
        union
        select item_key from wire.notices where kind = 'withheld' and item_key is not null
    )
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
        s.item_key, s.revision_key, s.embargo_until_at, s.embargo_raw,
        -- A later version that says so lifts it as well as a notice.
        s.embargo_until_at > now() and coalesce(s.lift_position < s.embargo_position, true)
        and coalesce(l.lifted_at < s.stated_at, true) as timed,
        -- Until a time that cannot be read stands as one that can: nobody knows that it is over.
        s.unread_position is not null and coalesce(s.embargo_position < s.unread_position, true)
        and coalesce(s.lift_position < s.unread_position, true) and coalesce(l.lifted_at < s.unread_at, true) as unread,
        (s.pub_status in ('withheld', 'embargoed') and s.is_untimed and l.lifted_at is null)
        or (w.withheld_at is not null and coalesce(l.lifted_at < w.withheld_at, true)) as untimed
    from stated s
    left join lifted l on l.item_key = s.item_key
    left join withheld w on w.item_key = s.item_key
)
select
    j.item_key, r.outlet, r.agency, r.headline, if(j.timed, j.embargo_until_at, null) as embargo_until_at,
    case when j.timed then 'embargo' when j.unread then 'time unreadable' else 'withheld' end as reason,
    if(j.unread and not coalesce(j.timed, false), j.embargo_raw, null) as embargo_raw
from judged j
join core.revision r on r.revision_key = j.revision_key
where j.timed or j.unread or j.untimed;

comment on view wire.embargoed is 'One item that may not be shown yet: before its time, withheld without one, or with a time that cannot be read';
comment on column wire.embargoed.item_key is 'the item';
comment on column wire.embargoed.outlet is 'who published it';
comment on column wire.embargoed.agency is 'who wrote it';
comment on column wire.embargoed.headline is 'headline of its current text';
comment on column wire.embargoed.embargo_until_at is 'time until which it is held back, NULL where it waits for a usable version or a lift';
comment on column wire.embargoed.reason is 'embargo, withheld, or time unreadable: held until a version tells a time that can be read, or lifts it';
comment on column wire.embargoed.embargo_raw is 'the time that cannot be read, as received';
