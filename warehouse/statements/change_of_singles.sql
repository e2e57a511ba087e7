-- The log of membership begins for items that are new and alone.
insert into core.story_change by name
select item_key, story_key, rank, relation, similarity, via_key, $landed_at as landed_at from staged_member
