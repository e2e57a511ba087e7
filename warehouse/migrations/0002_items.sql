-- Items, the identifiers they were seen under, and every text they had.

create table core.item (
    item_key varchar,
    key_rule varchar,
    outlet varchar,
    agency varchar,
    provider varchar,
    language varchar,
    item_uri varchar,
    url varchar,
    canonical_url varchar,
    slugline varchar,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    published_source varchar,
    month integer,
    revision_key bigint,
    revisions integer,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    landed_at timestamptz
);
comment on table core.item is 'One report as one outlet or agency publishes it, over all its revisions';
comment on column core.item.item_key is 'identity, a pure function of the identifiers as received';
comment on column core.item.key_rule is 'rule that made the key';
comment on column core.item.outlet is 'registrable domain or provider that published this copy';
comment on column core.item.agency is 'who wrote it, canonical short wire name, in the current revision';
comment on column core.item.provider is 'who sent the wire item, in the current revision';
comment on column core.item.language is 'BCP 47 language of the current revision';
comment on column core.item.item_uri is 'wire identifier without its version, as received';
comment on column core.item.url is 'address as received, of the current revision';
comment on column core.item.canonical_url is 'canonical address as received, of the current revision';
comment on column core.item.slugline is 'slugline of the current revision';
comment on column core.item.published_at is 'instant of publication, of the first revision that states one';
comment on column core.item.published_on is 'day of publication at the source';
comment on column core.item.published_precision is 'second, minute, hour, day or month';
comment on column core.item.published_source is 'where the publication date stood';
comment on column core.item.month is 'year * 100 + month of publication, NULL without one';
comment on column core.item.revision_key is 'current revision: the last in canonical order';
comment on column core.item.revisions is 'number of revisions held';
comment on column core.item.first_seen_at is 'least capture time of its sightings';
comment on column core.item.last_seen_at is 'greatest capture time of its sightings';
comment on column core.item.landed_at is 'when its first revision was written';

create table core.identifier (
    item_key varchar,
    kind varchar,
    value varchar,
    value_hash bigint,
    landed_at timestamptz
);
comment on table core.identifier is 'One identifier under which an item was seen';
comment on column core.identifier.item_key is 'the item';
comment on column core.identifier.kind is 'url, canonical_url, requested_url, guid, item_uri, dump_id or record';
comment on column core.identifier.value is 'the identifier as received';
comment on column core.identifier.value_hash is 'hash of outlet and value: what a second key is found by';
comment on column core.identifier.landed_at is 'when we wrote the row';

create table core.sighting (
    item_key varchar,
    feed_url varchar,
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    landed_at timestamptz
);
comment on table core.sighting is 'One feed that named an item, with the first and last time it did';
comment on column core.sighting.item_key is 'the item';
comment on column core.sighting.feed_url is 'the feed';
comment on column core.sighting.first_seen_at is 'least capture time of its sightings there';
comment on column core.sighting.last_seen_at is 'greatest capture time of its sightings there';
comment on column core.sighting.landed_at is 'when we wrote the row';

create table core.revision (
    revision_key bigint,
    item_key varchar,
    text_hash varchar,
    version varchar,
    key_rule varchar,
    outlet varchar,
    agency varchar,
    provider varchar,
    language varchar,
    headline varchar,
    body varchar,
    lead varchar,
    byline varchar,
    credit varchar,
    sign_off varchar,
    published_at timestamptz,
    published_on date,
    published_precision varchar,
    published_source varchar,
    published_raw varchar,
    published_zone varchar,
    published_doubts struct(code varchar, detail varchar)[],
    modified_at timestamptz,
    modified_on date,
    modified_precision varchar,
    modified_source varchar,
    modified_raw varchar,
    modified_zone varchar,
    modified_doubts struct(code varchar, detail varchar)[],
    dateline_raw varchar,
    section varchar,
    image_url varchar,
    image_caption varchar,
    truncated boolean,
    url varchar,
    canonical_url varchar,
    item_uri varchar,
    slugline varchar,
    genre varchar,
    urgency integer,
    priority varchar,
    pub_status varchar,
    embargo_until_at timestamptz,
    first_created_at timestamptz,
    version_created_at timestamptz,
    ednote varchar,
    usage_terms varchar,
    word_count integer,
    related varchar[],
    cues varchar[],
    extra struct(name varchar, value varchar)[],
    extractor varchar,
    rules_version varchar,
    doubts struct(code varchar, detail varchar)[],
    first_seen_at timestamptz,
    last_seen_at timestamptz,
    content_hash varchar,
    capture_file varchar,
    capture_offset bigint,
    origin_kind varchar,
    origin_address varchar,
    origin_offset bigint,
    origin_digest varchar,
    base_order varchar,
    published_order varchar,
    modified_order varchar,
    names_order varchar,
    batch_key varchar,
    landed_at timestamptz
);
comment on table core.revision is 'One text of an item, with all that the best sighting of it said';
comment on column core.revision.revision_key is 'hash of item key, text hash and wire version';
comment on column core.revision.item_key is 'the item';
comment on column core.revision.text_hash is 'hash of the text, blind to what readers cannot see';
comment on column core.revision.version is 'wire version as received';
comment on column core.revision.key_rule is 'rule that made the item key';
comment on column core.revision.outlet is 'registrable domain or provider that published this copy';
comment on column core.revision.agency is 'who wrote it, canonical short wire name';
comment on column core.revision.provider is 'who sent the wire item';
comment on column core.revision.language is 'BCP 47 language';
comment on column core.revision.headline is 'headline';
comment on column core.revision.body is 'paragraphs joined by a blank line, dateline included';
comment on column core.revision.lead is 'the text from its first own sign on, dateline, byline and separator gone';
comment on column core.revision.byline is 'byline as received';
comment on column core.revision.credit is 'credit line as received';
comment on column core.revision.sign_off is 'trailing credit lines, not in body';
comment on column core.revision.published_at is 'instant of publication; start of the day at the source for day precision';
comment on column core.revision.published_on is 'day of publication at the source';
comment on column core.revision.published_precision is 'second, minute, hour, day or month';
comment on column core.revision.published_source is 'where the date stood';
comment on column core.revision.published_raw is 'the date as received';
comment on column core.revision.published_zone is 'zone that was used';
comment on column core.revision.published_doubts is 'what could not be settled about the date';
comment on column core.revision.modified_at is 'instant of the last change that the source states';
comment on column core.revision.modified_on is 'day of that change at the source';
comment on column core.revision.modified_precision is 'second, minute, hour, day or month';
comment on column core.revision.modified_source is 'where the date stood';
comment on column core.revision.modified_raw is 'the date as received';
comment on column core.revision.modified_zone is 'zone that was used';
comment on column core.revision.modified_doubts is 'what could not be settled about the date';
comment on column core.revision.dateline_raw is 'printed dateline, NULL without one';
comment on column core.revision.section is 'section as received';
comment on column core.revision.image_url is 'address of the main image';
comment on column core.revision.image_caption is 'caption of the main image';
comment on column core.revision.truncated is 'whether the text is known to be cut';
comment on column core.revision.url is 'address as received';
comment on column core.revision.canonical_url is 'canonical address as received';
comment on column core.revision.item_uri is 'wire identifier without its version, as received';
comment on column core.revision.slugline is 'slugline or keyword line';
comment on column core.revision.genre is 'genre as received';
comment on column core.revision.urgency is 'editorial urgency, 1 highest';
comment on column core.revision.priority is 'transmission priority';
comment on column core.revision.pub_status is 'usable, withheld, canceled or embargoed';
comment on column core.revision.embargo_until_at is 'not to be shown before this time';
comment on column core.revision.first_created_at is 'when the item was first made';
comment on column core.revision.version_created_at is 'when this version was made';
comment on column core.revision.ednote is 'note to editors';
comment on column core.revision.usage_terms is 'usage terms';
comment on column core.revision.word_count is 'word count that the source states';
comment on column core.revision.related is 'identifiers of related items';
comment on column core.revision.cues is 'signs of the kind of revision found in text or status';
comment on column core.revision.extra is 'fields of the source that have no column';
comment on column core.revision.extractor is 'what read the text';
comment on column core.revision.rules_version is 'rules under which the row was derived';
comment on column core.revision.doubts is 'what could not be settled';
comment on column core.revision.first_seen_at is 'least capture time of its sightings';
comment on column core.revision.last_seen_at is 'greatest capture time of its sightings';
comment on column core.revision.content_hash is 'digest of the bytes it was read from';
comment on column core.revision.capture_file is 'WARC file that holds those bytes, under the captures folder';
comment on column core.revision.capture_offset is 'where their record begins in that file';
comment on column core.revision.origin_kind is 'live or archive';
comment on column core.revision.origin_address is 'archive that holds the bytes';
comment on column core.revision.origin_offset is 'where the record begins in the archive';
comment on column core.revision.origin_digest is 'digest that the archive states';
comment on column core.revision.base_order is 'rank of the sighting that the row was read from; the greatest wins';
comment on column core.revision.published_order is 'rank of the evidence for published_*; the greatest wins';
comment on column core.revision.modified_order is 'rank of the evidence for modified_*; the greatest wins';
comment on column core.revision.names_order is 'rank of the evidence for authors and byline; the greatest wins';
comment on column core.revision.batch_key is 'batch that landed the row';
comment on column core.revision.landed_at is 'when we wrote the row';

create table core.subject (
    revision_key bigint,
    item_key varchar,
    position integer,
    scheme varchar,
    code varchar,
    name varchar
);
comment on table core.subject is 'One subject of a revision';
comment on column core.subject.revision_key is 'the revision';
comment on column core.subject.item_key is 'the item';
comment on column core.subject.position is 'place in the list, from 0';
comment on column core.subject.scheme is 'scheme that defines the code';
comment on column core.subject.code is 'subject code';
comment on column core.subject.name is 'name in words';

create table core.keyword (
    revision_key bigint,
    item_key varchar,
    position integer,
    keyword varchar
);
comment on table core.keyword is 'One keyword of a revision';
comment on column core.keyword.revision_key is 'the revision';
comment on column core.keyword.item_key is 'the item';
comment on column core.keyword.position is 'place in the list, from 0';
comment on column core.keyword.keyword is 'keyword as received';

create table core.author (
    revision_key bigint,
    item_key varchar,
    position integer,
    author varchar
);
comment on table core.author is 'One author of a revision';
comment on column core.author.revision_key is 'the revision';
comment on column core.author.item_key is 'the item';
comment on column core.author.position is 'place in the list, from 0';
comment on column core.author.author is 'name as printed';
