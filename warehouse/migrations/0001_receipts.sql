-- What was asked for, what came, and what could not be used: the rows of raw.

create table raw.request (
    request_key varchar,
    url varchar,
    kind varchar,
    outcome varchar,
    requested_at timestamptz,
    status integer,
    bytes bigint,
    milliseconds integer,
    retry_after_at timestamptz,
    detail varchar,
    batch_key varchar,
    landed_at timestamptz
);
comment on table raw.request is 'One HTTP request and how it ended';
comment on column raw.request.request_key is 'hash of the address and the time of asking';
comment on column raw.request.url is 'address asked for';
comment on column raw.request.kind is 'feed, page, robots, sitemap or archive';
comment on column raw.request.outcome is 'one word of the closed list of request outcomes';
comment on column raw.request.requested_at is 'when it was asked';
comment on column raw.request.status is 'HTTP status, NULL where no answer came';
comment on column raw.request.bytes is 'size of the payload after decompression';
comment on column raw.request.milliseconds is 'time from asking to the last byte';
comment on column raw.request.retry_after_at is 'when the server asked us to come back';
comment on column raw.request.detail is 'what went wrong, in words';
comment on column raw.request.batch_key is 'batch that landed the row';
comment on column raw.request.landed_at is 'when we wrote the row';

create table raw.page (
    page_key varchar,
    url varchar,
    kind varchar,
    seen_at timestamptz,
    content_hash varchar,
    bytes bigint,
    capture_file varchar,
    capture_offset bigint,
    batch_key varchar,
    landed_at timestamptz
);
comment on table raw.page is 'One captured payload: its bytes lie in a WARC file';
comment on column raw.page.page_key is 'hash of kind, address, time and content';
comment on column raw.page.url is 'final address of the payload';
comment on column raw.page.kind is 'feed, page, file or the like';
comment on column raw.page.seen_at is 'when it was captured';
comment on column raw.page.content_hash is 'digest of the bytes';
comment on column raw.page.bytes is 'size of the bytes';
comment on column raw.page.capture_file is 'WARC file that holds it, under the captures folder';
comment on column raw.page.capture_offset is 'where its record begins in that file';
comment on column raw.page.batch_key is 'batch that landed the row';
comment on column raw.page.landed_at is 'when we wrote the row';

create table raw.set_aside (
    set_aside_key varchar,
    stage varchar,
    reason varchar,
    detail varchar,
    subject varchar,
    seen_at timestamptz,
    capture_file varchar,
    capture_offset bigint,
    content_hash varchar,
    origin_kind varchar,
    origin_address varchar,
    origin_offset bigint,
    origin_digest varchar,
    batch_key varchar,
    landed_at timestamptz
);
comment on table raw.set_aside is 'One input that could not be used: why, and where its bytes are';
comment on column raw.set_aside.set_aside_key is 'hash of stage, reason, subject and origin';
comment on column raw.set_aside.stage is 'stage that gave up: parse, extract, format, normalise, ...';
comment on column raw.set_aside.reason is 'stable reason code';
comment on column raw.set_aside.detail is 'the reason in words';
comment on column raw.set_aside.subject is 'feed, address, file or record that is meant';
comment on column raw.set_aside.seen_at is 'when the input was captured';
comment on column raw.set_aside.capture_file is 'WARC file that holds the bytes, under the captures folder';
comment on column raw.set_aside.capture_offset is 'where the record begins in that file';
comment on column raw.set_aside.content_hash is 'digest of the bytes';
comment on column raw.set_aside.origin_kind is 'live or archive';
comment on column raw.set_aside.origin_address is 'archive that holds the bytes';
comment on column raw.set_aside.origin_offset is 'where the record begins in the archive';
comment on column raw.set_aside.origin_digest is 'digest that the archive states';
comment on column raw.set_aside.batch_key is 'batch that landed the row';
comment on column raw.set_aside.landed_at is 'when we wrote the row';

create table core.batch (
    batch_key varchar,
    landed_at timestamptz,
    arrivals bigint,
    new_items bigint,
    revised_items bigint,
    unchanged_items bigint,
    notices bigint,
    pages bigint,
    requests bigint,
    set_aside bigint,
    stories_touched bigint
);
comment on table core.batch is 'One batch that landed, in the transaction that wrote its rows';
comment on column core.batch.batch_key is 'hash of the inputs of the batch';
comment on column core.batch.landed_at is 'when it landed';
comment on column core.batch.arrivals is 'items that arrived';
comment on column core.batch.new_items is 'arrivals under keys not held before';
comment on column core.batch.revised_items is 'arrivals with a text not held before under their key';
comment on column core.batch.unchanged_items is 'arrivals that said nothing new';
comment on column core.batch.notices is 'kills, withdrawals and lifts';
comment on column core.batch.pages is 'captured payloads';
comment on column core.batch.requests is 'requests made';
comment on column core.batch.set_aside is 'inputs that could not be used';
comment on column core.batch.stories_touched is 'stories written by the batch';
