-- One text of a visible item, numbered in canonical order
create view wire.revisions as
with numbered as (
    select
        *,
        row_number() over canonical as number,
        lag(pub_status) over canonical as status_before,
        lag(text_hash) over canonical as hash_before
    from core.revision
    where item_key not in (select item_key from wire.hidden)
    window canonical as (
        partition by item_key order by try_cast(version as double) nulls first, version nulls first,
            version_created_at nulls first, first_seen_at nulls first, text_hash
    )
)
select
    item_key, number,
    case
        when list_has_any(cues, ['kill', 'withdrawal']) then if(list_contains(cues, 'kill'), 'kill', 'withdrawal')
        when number = 1 then 'original'
        when list_contains(cues, 'correction') then 'correction'
        when list_contains(cues, 'embargo lift') or status_before in ('withheld', 'embargoed') then 'embargo lift'
        when list_has_any(cues, ['update', 'write-through', 'lead', 'take']) then 'update'
        when text_hash = hash_before then 'update'
        else 'edit'
    end as kind,
    cues, headline, body, lead, version, outlet, agency, byline, credit, published_at, published_on,
    published_precision, published_source, modified_at, version_created_at, first_seen_at, last_seen_at, landed_at,
    text_hash, revision_key, rules_version, doubts, capture_file, capture_offset, origin_address
from numbered;

comment on view wire.revisions is 'One text of a visible item, numbered in canonical order';
comment on column wire.revisions.item_key is 'the item';
comment on column wire.revisions.number is '1 for the first text';
comment on column wire.revisions.kind is 'original, update (also a new version of the same text), correction, embargo lift, kill, withdrawal, or edit: a change without a notice';
comment on column wire.revisions.cues is 'signs of the kind found in text or status';
comment on column wire.revisions.headline is 'headline';
comment on column wire.revisions.body is 'paragraphs joined by a blank line';
comment on column wire.revisions.lead is 'the text without dateline, byline and separator';
comment on column wire.revisions.version is 'wire version as received';
comment on column wire.revisions.outlet is 'who published it';
comment on column wire.revisions.agency is 'who wrote it';
comment on column wire.revisions.byline is 'byline as received';
comment on column wire.revisions.credit is 'credit line as received';
comment on column wire.revisions.published_at is 'instant of publication';
comment on column wire.revisions.published_on is 'day of publication at the source';
comment on column wire.revisions.published_precision is 'second, minute, hour, day or month';
comment on column wire.revisions.published_source is 'where the date stood';
comment on column wire.revisions.modified_at is 'last change that the source states';
comment on column wire.revisions.version_created_at is 'when this version was made';
comment on column wire.revisions.first_seen_at is 'when this text was first captured';
comment on column wire.revisions.last_seen_at is 'when it was last captured';
comment on column wire.revisions.landed_at is 'when it landed';
comment on column wire.revisions.text_hash is 'hash of the text';
comment on column wire.revisions.revision_key is 'key of the text';
comment on column wire.revisions.rules_version is 'rules under which it was derived';
comment on column wire.revisions.doubts is 'what could not be settled';
comment on column wire.revisions.capture_file is 'WARC file that holds the bytes';
comment on column wire.revisions.capture_offset is 'where their record begins';
comment on column wire.revisions.origin_address is 'archive that holds the bytes, empty for live ones';
