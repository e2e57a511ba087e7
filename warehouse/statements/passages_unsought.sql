-- Items with a text whose passages have not been sought yet, those of one month together, and the months of their texts.
with waiting as (
    select item_key
    from core.fingerprint
    where sought is null
    group by item_key
    order by min(month), item_key
    limit $items
)
select item_key, list(distinct month) filter (month is not null) as months
from core.fingerprint
semi join waiting using (item_key)
group by item_key
order by item_key
