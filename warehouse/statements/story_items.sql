-- What decides on the order and rank of a story's members.
select item_key, agency, outlet, published_on, published_at
from core.item
semi join wanted_item using (item_key)
