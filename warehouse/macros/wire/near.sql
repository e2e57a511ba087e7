-- Copies filed within a distance of a point: degrees north, degrees east, kilometres
create macro wire.near(lat, lon, km) as table
select
    2 * 6371.0 * asin(least(1.0, sqrt(
        pow(sin(radians(c.latitude - lat) / 2), 2)
        + cos(radians(lat)) * cos(radians(c.latitude)) * pow(sin(radians(c.longitude - lon) / 2), 2)
    ))) as kilometres,
    c.*
from wire.copies c
where c.latitude is not null
  and 2 * 6371.0 * asin(least(1.0, sqrt(
        pow(sin(radians(c.latitude - lat) / 2), 2)
        + cos(radians(lat)) * cos(radians(c.latitude)) * pow(sin(radians(c.longitude - lon) / 2), 2)
    ))) <= km
order by kilometres;

comment on macro table wire.near is 'Copies filed within a distance of a point: degrees north, degrees east, kilometres';
