-- Ledgers of units, replays and coverage, and the picture of the feeds' state.

create table core.feed (
    feed_url varchar,
    current_url varchar,
    title varchar,
    agency varchar,
    outlet varchar,
    country varchar,
    language varchar,
    zone varchar,
    verified boolean,
    state varchar,
    due_at timestamptz,
    last_polled_at timestamptz,
    last_success_at timestamptz,
    last_new_at timestamptz,
    failures integer,
    reason varchar,
    items_per_day double,
    interval_seconds integer,
    gaps integer,
    gap_at timestamptz,
    pictured_at timestamptz
);
comment on table core.feed is 'One feed, its state and rhythm: a picture of the polling state';
comment on column core.feed.feed_url is 'address as configured';
comment on column core.feed.current_url is 'address polled now, after permanent redirects';
comment on column core.feed.title is 'title';
comment on column core.feed.agency is 'agency that issues it';
comment on column core.feed.outlet is 'outlet that issues it';
comment on column core.feed.country is 'ISO 3166-1 alpha-2';
comment on column core.feed.language is 'BCP 47 language';
comment on column core.feed.zone is 'IANA zone of its dates';
comment on column core.feed.verified is 'whether someone saw it work';
comment on column core.feed.state is 'active, or why it is not polled';
comment on column core.feed.due_at is 'when it is polled next';
comment on column core.feed.last_polled_at is 'when it was asked last';
comment on column core.feed.last_success_at is 'when it last answered with a feed or with not modified';
comment on column core.feed.last_new_at is 'when it last brought a new item';
comment on column core.feed.failures is 'failures in a row';
comment on column core.feed.reason is 'why it failed last, in words';
comment on column core.feed.items_per_day is 'new items a day by its rhythm';
comment on column core.feed.interval_seconds is 'time between polls by its rhythm';
comment on column core.feed.gaps is 'polls at which items may have scrolled off unseen';
comment on column core.feed.gap_at is 'the last of them';
comment on column core.feed.pictured_at is 'when this picture was taken';

create table core.coverage (
    feed_url varchar,
    hour_at timestamptz,
    expected double,
    received integer,
    lost_possible boolean
);
comment on table core.coverage is 'One feed and hour: items expected by its rhythm and items received';
comment on column core.coverage.feed_url is 'the feed';
comment on column core.coverage.hour_at is 'start of the hour';
comment on column core.coverage.expected is 'items that its rhythm let expect';
comment on column core.coverage.received is 'items that came';
comment on column core.coverage.lost_possible is 'whether its window had scrolled past all that was known';

create table core.unit (
    unit_key varchar,
    source varchar,
    content_hash varchar,
    status varchar,
    bytes bigint,
    records bigint,
    counts struct(outcome varchar, records bigint)[],
    started_at timestamptz,
    finished_at timestamptz,
    detail varchar
);
comment on table core.unit is 'One unit of a backfill: a file or a slice of one';
comment on column core.unit.unit_key is 'hash of address and content';
comment on column core.unit.source is 'address of the file or slice';
comment on column core.unit.content_hash is 'digest of its content';
comment on column core.unit.status is 'pending, running, done or failed';
comment on column core.unit.bytes is 'size';
comment on column core.unit.records is 'records seen';
comment on column core.unit.counts is 'records by outcome';
comment on column core.unit.started_at is 'when work on it began';
comment on column core.unit.finished_at is 'when it ended';
comment on column core.unit.detail is 'why it failed, in words';

create table core.replay_change (
    replayed_at timestamptz,
    item_key varchar,
    revision_key bigint,
    field varchar,
    before varchar,
    after varchar,
    rules_before varchar,
    rules_after varchar
);
comment on table core.replay_change is 'One field of an item that a replay changed';
comment on column core.replay_change.replayed_at is 'when';
comment on column core.replay_change.item_key is 'the item';
comment on column core.replay_change.revision_key is 'the revision';
comment on column core.replay_change.field is 'column';
comment on column core.replay_change.before is 'value under the old rules';
comment on column core.replay_change.after is 'value under the new rules';
comment on column core.replay_change.rules_before is 'the old rules';
comment on column core.replay_change.rules_after is 'the new rules';
