-- Datelines and the tables that they speak of: places, agencies, outlets.

create table core.dateline (
    revision_key bigint,
    item_key varchar,
    position integer,
    raw varchar,
    start_offset integer,
    end_offset integer,
    place_raw varchar,
    qualifier varchar,
    place_id bigint,
    country varchar,
    place_confidence double,
    rivals bigint[],
    filed_on date,
    filed_on_raw varchar,
    agency varchar,
    agency_raw varchar,
    byline varchar,
    confidence double,
    rule varchar,
    doubts struct(code varchar, detail varchar)[]
);
comment on table core.dateline is 'One place of a revision''s dateline; one row with place_raw NULL where it names none';
comment on column core.dateline.revision_key is 'the revision';
comment on column core.dateline.item_key is 'the item';
comment on column core.dateline.position is 'place in the dateline, from 0';
comment on column core.dateline.raw is 'the whole dateline as printed';
comment on column core.dateline.start_offset is 'where it begins in the body';
comment on column core.dateline.end_offset is 'where it ends in the body';
comment on column core.dateline.place_raw is 'the place as printed, without its qualifier';
comment on column core.dateline.qualifier is 'state, province or country printed with it';
comment on column core.dateline.place_id is 'GeoNames id, NULL where the place stays unresolved';
comment on column core.dateline.country is 'ISO 3166-1 alpha-2';
comment on column core.dateline.place_confidence is 'how sure the choice of place is, 0 to 1';
comment on column core.dateline.rivals is 'GeoNames ids that were in the running, likeliest first';
comment on column core.dateline.filed_on is 'date in the dateline, its year inferred';
comment on column core.dateline.filed_on_raw is 'date as printed';
comment on column core.dateline.agency is 'canonical short wire name';
comment on column core.dateline.agency_raw is 'agency as printed';
comment on column core.dateline.byline is 'byline within the dateline';
comment on column core.dateline.confidence is 'how sure the reading of the dateline is, 0 to 1';
comment on column core.dateline.rule is 'rule that read it';
comment on column core.dateline.doubts is 'what could not be settled';

create table core.place (
    place_id bigint,
    name varchar,
    admin1 varchar,
    country varchar,
    latitude double,
    longitude double,
    timezone varchar
);
comment on table core.place is 'One place that a dateline names; GeoNames, CC BY 4.0';
comment on column core.place.place_id is 'GeoNames id';
comment on column core.place.name is 'name';
comment on column core.place.admin1 is 'state, province or region';
comment on column core.place.country is 'ISO 3166-1 alpha-2';
comment on column core.place.latitude is 'degrees north';
comment on column core.place.longitude is 'degrees east';
comment on column core.place.timezone is 'IANA zone';

create table core.agency (
    agency_key varchar,
    agency varchar,
    name varchar,
    country varchar,
    kind varchar,
    domains varchar[],
    languages varchar[],
    zone varchar,
    aliases varchar[]
);
comment on table core.agency is 'One agency of the registry';
comment on column core.agency.agency_key is 'name of its file in the registry: two agencies may share a wire name';
comment on column core.agency.agency is 'canonical short wire name';
comment on column core.agency.name is 'full name';
comment on column core.agency.country is 'ISO 3166-1 alpha-2 of its home';
comment on column core.agency.kind is 'agency, press-release wire, ...';
comment on column core.agency.domains is 'registrable domains';
comment on column core.agency.languages is 'BCP 47 languages';
comment on column core.agency.zone is 'IANA zone';
comment on column core.agency.aliases is 'other names';

create table core.outlet (
    outlet varchar,
    agency varchar,
    country varchar
);
comment on table core.outlet is 'One outlet that published an item';
comment on column core.outlet.outlet is 'registrable domain or provider';
comment on column core.outlet.agency is 'agency that owns it, if one does';
comment on column core.outlet.country is 'ISO 3166-1 alpha-2 of its home';
