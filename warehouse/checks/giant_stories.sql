-- warn: No story has grown beyond any real pickup.
select story_key, members, outlets from core.story where members > 2000
