-- stop: The verdicts of a batch sum to what arrived in it.
select batch_key, arrivals, new_items, revised_items, unchanged_items
from core.batch
where arrivals <> new_items + revised_items + unchanged_items
