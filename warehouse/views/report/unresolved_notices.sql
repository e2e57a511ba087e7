-- One notice that means no single item, and so hides nothing
create view report.unresolved_notices as
select notice_key, kind, noticed_at, target, agency, slugline, target_on, items, text
from wire.notices
where item_key is null
order by noticed_at desc nulls last;

comment on view report.unresolved_notices is 'One notice that means no single item, and so hides nothing';
comment on column report.unresolved_notices.notice_key is 'hash of all that it says';
comment on column report.unresolved_notices.kind is 'kill, withdrawal, withheld or embargo lift';
comment on column report.unresolved_notices.noticed_at is 'when it was issued';
comment on column report.unresolved_notices.target is 'what it names';
comment on column report.unresolved_notices.agency is 'agency, where it names no document';
comment on column report.unresolved_notices.slugline is 'slugline, where it names no document';
comment on column report.unresolved_notices.target_on is 'day of the document, where it names none';
comment on column report.unresolved_notices.items is 'how many items it could mean';
comment on column report.unresolved_notices.text is 'its text';
