-- Months whose bands lie in many more places than they would fill: a search within a month would read much else.
with place as (
    select month, rowid // 16384 as place, count(*) as bands
    from core.band
    group by all
)
select month
from place
group by month
having count(*) > 2 * sum(bands) / 16384 + 8
order by month nulls first
