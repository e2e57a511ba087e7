-- Whether a month's bands lie in many places: runs of one month, beside the number of months.
with runs as (
    select month is distinct from lag(month) over (order by rowid) as begins, month
    from core.band
)
select count(*) filter (begins) > 8 * count(distinct month) + 64 as scattered
from runs
