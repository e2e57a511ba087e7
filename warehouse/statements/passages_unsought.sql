-- Items with a text whose passages have not been sought yet, those of one month together.
select item_key
from core.fingerprint
where sought is null
group by item_key
order by min(month), item_key
limit $items
