-- What near-duplicate search joins on, the evidence it found, and the boilerplate it leaves out.

create table core.fingerprint (
    revision_key bigint,
    item_key varchar,
    text_hash varchar,
    month integer,
    exact bigint,
    words integer,
    comparable varchar,
    boilerplate_version varchar
);
comment on table core.fingerprint is 'One comparable text: a revision without dateline, credits and boilerplate';
comment on column core.fingerprint.revision_key is 'the revision';
comment on column core.fingerprint.item_key is 'the item';
comment on column core.fingerprint.text_hash is 'text hash of the revision';
comment on column core.fingerprint.month is 'year * 100 + month of publication, NULL without one';
comment on column core.fingerprint.exact is 'hash of the comparable text';
comment on column core.fingerprint.words is 'words of the comparable text';
comment on column core.fingerprint.comparable is 'the comparable text';
comment on column core.fingerprint.boilerplate_version is 'boilerplate that was left out';

create table core.band (
    band bigint,
    month integer,
    revision_key bigint
);
comment on table core.band is 'One locality-sensitive hash of a comparable text, stored by month of publication';
comment on column core.band.band is 'hash of band number and band';
comment on column core.band.month is 'year * 100 + month of publication, NULL without one';
comment on column core.band.revision_key is 'the revision';

create table core.match (
    a_key varchar,
    b_key varchar,
    relation varchar,
    jaccard double,
    containment_a double,
    containment_b double,
    shared_words integer,
    longest_passage integer,
    a_revision_key bigint,
    b_revision_key bigint,
    boilerplate_version varchar,
    reason varchar,
    landed_at timestamptz
);
comment on table core.match is 'Evidence that two items share text';
comment on column core.match.a_key is 'the item with the lesser key';
comment on column core.match.b_key is 'the item with the greater key';
comment on column core.match.relation is 'exact, near, excerpt, version, take, reuse or same_as';
comment on column core.match.jaccard is 'shared shingles over all shingles';
comment on column core.match.containment_a is 'share of a''s words found in b';
comment on column core.match.containment_b is 'share of b''s words found in a';
comment on column core.match.shared_words is 'words that both hold';
comment on column core.match.longest_passage is 'words of the longest shared passage';
comment on column core.match.a_revision_key is 'the revision of a that matched best';
comment on column core.match.b_revision_key is 'the revision of b that matched best';
comment on column core.match.boilerplate_version is 'boilerplate that was left out';
comment on column core.match.reason is 'what decided';
comment on column core.match.landed_at is 'when we wrote the row';

create table core.boilerplate (
    outlet varchar,
    paragraph_hash bigint,
    items bigint,
    version varchar
);
comment on table core.boilerplate is 'One paragraph that an outlet repeats, which does not count as shared text';
comment on column core.boilerplate.outlet is 'the outlet; empty for all';
comment on column core.boilerplate.paragraph_hash is 'hash of the paragraph';
comment on column core.boilerplate.items is 'items of the outlet that carry it';
comment on column core.boilerplate.version is 'hash of the whole table''s content';
