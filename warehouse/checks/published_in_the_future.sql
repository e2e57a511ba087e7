-- warn: No item claims to have been published more than two days after it was seen.
select item_key, outlet, published_at, published_source, first_seen_at
from core.item
where published_at > first_seen_at + interval 2 days
