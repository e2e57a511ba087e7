-- Kills, withdrawals and lifts: they apply to their item by join, whichever comes first.

create table core.notice (
    notice_key varchar,
    kind varchar,
    noticed_at timestamptz,
    target varchar,
    agency varchar,
    slugline varchar,
    target_on date,
    text varchar,
    batch_key varchar,
    landed_at timestamptz
);
comment on table core.notice is 'One kill, withdrawal, withholding or lift of an embargo';
comment on column core.notice.notice_key is 'hash of all that it says';
comment on column core.notice.kind is 'kill, withdrawal, withheld or embargo lift';
comment on column core.notice.noticed_at is 'when it was issued';
comment on column core.notice.target is 'item key or identifier of the document that it names';
comment on column core.notice.agency is 'agency, where it names no document';
comment on column core.notice.slugline is 'slugline, where it names no document';
comment on column core.notice.target_on is 'day of the document, where it names none';
comment on column core.notice.text is 'the notice''s text';
comment on column core.notice.batch_key is 'batch that landed the row';
comment on column core.notice.landed_at is 'when we wrote the row';
