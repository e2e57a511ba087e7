-- One notice that means no single item, and so hides nothing, or one embargo whose time cannot be read, and so hides its item
create view report.unresolved_notices as
select notice_key, kind, noticed_at, target, agency, slugline, target_on, items, text
from wire.notices
where item_key is null
union all
select
    md5(e.item_key || chr(31) || e.embargo_raw) as notice_key, 'embargo' as kind,
    (select max(v.stated_at) from wire.versions v where v.item_key = e.item_key and v.embargo_raw = e.embargo_raw) as noticed_at,
    e.item_key as target, e.agency, i.slugline, i.published_on as target_on, 1 as items,
    e.headline || ': embargo until ' || e.embargo_raw as text
from wire.embargoed e
join core.item i on i.item_key = e.item_key
where e.reason = 'time unreadable'
order by noticed_at desc nulls last, notice_key;

comment on view report.unresolved_notices is 'One notice that means no single item, and so hides nothing, or one embargo whose time cannot be read, and so hides its item';
comment on column report.unresolved_notices.notice_key is 'hash of all that it says';
comment on column report.unresolved_notices.kind is 'kill, withdrawal, withheld or embargo lift; embargo where it is one whose time cannot be read';
comment on column report.unresolved_notices.noticed_at is 'when it was issued';
comment on column report.unresolved_notices.target is 'what it names';
comment on column report.unresolved_notices.agency is 'agency, where it names no document';
comment on column report.unresolved_notices.slugline is 'slugline, where it names no document';
comment on column report.unresolved_notices.target_on is 'day of the document, where it names none';
comment on column report.unresolved_notices.items is 'how many items it could mean';
comment on column report.unresolved_notices.text is 'its text';
