-- One place of the dateline of a visible item; one row without a place where it names none
create view wire.datelines as
select
    d.item_key, i.outlet, d.position, d.raw, d.place_raw, d.qualifier, p.name as place, p.admin1,
    coalesce(p.country, d.country) as country, p.latitude, p.longitude, p.timezone, d.place_id, d.place_confidence,
    d.rivals, d.filed_on, d.agency, d.confidence, d.rule, d.doubts, i.published_at
from core.dateline d
join core.item i on i.revision_key = d.revision_key
left join core.place p on p.place_id = d.place_id
where d.item_key not in (select item_key from wire.hidden);

comment on view wire.datelines is 'One place of the dateline of a visible item; one row without a place where it names none';
comment on column wire.datelines.item_key is 'the item';
comment on column wire.datelines.outlet is 'who published it';
comment on column wire.datelines.position is 'place in the dateline, from 0';
comment on column wire.datelines.raw is 'the whole dateline as printed';
comment on column wire.datelines.place_raw is 'the place as printed';
comment on column wire.datelines.qualifier is 'state, province or country printed with it';
comment on column wire.datelines.place is 'name in the gazetteer, NULL where the place stays unresolved';
comment on column wire.datelines.admin1 is 'state, province or region';
comment on column wire.datelines.country is 'ISO 3166-1 alpha-2';
comment on column wire.datelines.latitude is 'degrees north';
comment on column wire.datelines.longitude is 'degrees east';
comment on column wire.datelines.timezone is 'IANA zone';
comment on column wire.datelines.place_id is 'GeoNames id';
comment on column wire.datelines.place_confidence is 'how sure the choice of place is, 0 to 1';
comment on column wire.datelines.rivals is 'GeoNames ids that were in the running';
comment on column wire.datelines.filed_on is 'date in the dateline, its year inferred';
comment on column wire.datelines.agency is 'canonical short wire name in the dateline';
comment on column wire.datelines.confidence is 'how sure the reading is, 0 to 1';
comment on column wire.datelines.rule is 'rule that read it';
comment on column wire.datelines.doubts is 'what could not be settled';
comment on column wire.datelines.published_at is 'instant of publication of the item';
