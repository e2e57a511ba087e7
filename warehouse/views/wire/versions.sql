-- One version of any item, hidden ones included: its place in the canonical order, and what it says of being shown
create view wire.versions as
select
    item_key, revision_key,
    {
        'number': coalesce(try_cast(version as double), '-infinity'), 'version': coalesce(version, ''),
        'made_at': coalesce(version_created_at, '-infinity'), 'seen_at': coalesce(first_seen_at, '-infinity'),
        'text_hash': text_hash
    } as position,
    pub_status, embargo_until_at,
    list_filter(doubts, lambda doubt: doubt.code = 'embargo_unreadable')[1].detail as embargo_raw,
    list_contains(cues, 'embargo lift') and pub_status = 'usable' as lifts,
    coalesce(version_created_at, first_seen_at, published_at) as stated_at,
    coalesce(version_created_at, modified_at, published_at, first_seen_at) as issued_at, landed_at
from core.revision;

comment on view wire.versions is 'One version of any item, hidden ones included: its place in the canonical order, and what it says of being shown';
comment on column wire.versions.item_key is 'the item';
comment on column wire.versions.revision_key is 'the text';
comment on column wire.versions.position is 'place in the canonical order: the greatest is the current version';
comment on column wire.versions.pub_status is 'usable, withheld or canceled';
comment on column wire.versions.embargo_until_at is 'time until which it asks to be held back';
comment on column wire.versions.embargo_raw is 'time of an embargo that cannot be read, as received';
comment on column wire.versions.lifts is 'whether it says that the embargo is over';
comment on column wire.versions.stated_at is 'when it spoke: made, else seen, else published';
comment on column wire.versions.issued_at is 'when it was issued: made, else changed, else published, else seen';
comment on column wire.versions.landed_at is 'when it landed';
