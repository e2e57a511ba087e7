-- Stories of items that are new and alone; what landed before is passed over by its time.
insert into core.story by name
select
    item_key as story_key, item_key as component, 1 as members, 1 as outlets, published_at, published_on,
    landed_at
from core.item
semi join staged_member using (item_key)
where landed_at = $landed_at
