-- One kill, withdrawal, withholding or lift, and the single item that it means
create view wire.notices as
with named as (
    select n.notice_key, i.item_key
    from core.notice n
    join core.item i on i.item_key = n.target
    union
    select n.notice_key, d.item_key
    from core.notice n
    join core.identifier d on d.value = n.target
    union
    select n.notice_key, d.item_key
    from core.notice n
    join core.identifier d on d.value = n.alias
),
-- A notice under an identifier of its own means the story that its slugline names.
slugged as (
    select n.notice_key, i.item_key
    from core.notice n
    join core.item i
        on n.agency in (i.agency, i.provider) and i.published_on = n.target_on
        and lower(split_part(i.slugline, ',', 1)) = lower(split_part(n.slugline, ',', 1))
    where n.notice_key not in (select notice_key from named)
    -- The very slugline before one that only adds what version it is: `BC-Port Fire, 1st Ld`.
    qualify rank() over (partition by n.notice_key order by i.slugline = n.slugline desc) = 1
),
candidates as (
    from named
    union all
    from slugged
),
meant as (
    select
        c.notice_key, count(distinct coalesce(s.shown_key, c.item_key)) as items,
        if(items = 1, any_value(coalesce(s.shown_key, c.item_key)), null) as item_key
    from candidates c
    left join wire.same_items s on s.item_key = c.item_key
    group by c.notice_key
),
later as (
    select n.notice_key, min(coalesce(r.version_created_at, r.modified_at, r.published_at, r.first_seen_at)) as ended_at
    from core.notice n
    join meant m on m.notice_key = n.notice_key
    join core.revision r on r.item_key = m.item_key
    where r.pub_status = 'usable'
      and coalesce(r.version_created_at, r.modified_at, r.published_at, r.first_seen_at) > n.noticed_at
    group by n.notice_key
)
select
    n.notice_key, n.kind, n.noticed_at, n.target, n.alias, n.agency, n.slugline, n.target_on, n.text,
    coalesce(m.items, 0) as items, m.item_key, l.ended_at, n.landed_at
from core.notice n
left join meant m on m.notice_key = n.notice_key
left join later l on l.notice_key = n.notice_key;

comment on view wire.notices is 'One kill, withdrawal, withholding or lift, and the single item that it means';
comment on column wire.notices.notice_key is 'hash of all that the notice says';
comment on column wire.notices.kind is 'kill, withdrawal, withheld or embargo lift';
comment on column wire.notices.noticed_at is 'when it was issued';
comment on column wire.notices.target is 'item key or identifier of the document that it names';
comment on column wire.notices.alias is 'second identifier of the same document';
comment on column wire.notices.agency is 'agency, where it names no document';
comment on column wire.notices.slugline is 'slugline, where it names no document';
comment on column wire.notices.target_on is 'day of the document, where it names none';
comment on column wire.notices.text is 'text of the notice';
comment on column wire.notices.items is 'how many items it could mean; it applies where this is 1';
comment on column wire.notices.item_key is 'the item that it means, NULL where that is none or several';
comment on column wire.notices.ended_at is 'time of the later usable version that ends it, NULL while it stands';
comment on column wire.notices.landed_at is 'when it landed';
