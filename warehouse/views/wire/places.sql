-- One place that datelines of visible items name; GeoNames, CC BY 4.0
create view wire.places as
select
    p.place_id, p.name as place, p.admin1, p.country, p.latitude, p.longitude, p.timezone,
    count(distinct d.item_key) as items, min(d.published_at) as first_published_at, max(d.published_at) as last_published_at
from core.place p
join wire.datelines d on d.place_id = p.place_id
group by p.place_id, p.name, p.admin1, p.country, p.latitude, p.longitude, p.timezone;

comment on view wire.places is 'One place that datelines of visible items name; GeoNames, CC BY 4.0';
comment on column wire.places.place_id is 'GeoNames id';
comment on column wire.places.place is 'name';
comment on column wire.places.admin1 is 'state, province or region';
comment on column wire.places.country is 'ISO 3166-1 alpha-2';
comment on column wire.places.latitude is 'degrees north';
comment on column wire.places.longitude is 'degrees east';
comment on column wire.places.timezone is 'IANA zone';
comment on column wire.places.items is 'visible items filed from there';
comment on column wire.places.first_published_at is 'earliest of them';
comment on column wire.places.last_published_at is 'latest of them';
