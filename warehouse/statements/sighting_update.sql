-- The first and last time that a feed named an item.
update core.sighting set
    first_seen_at = least(core.sighting.first_seen_at, s.first_seen_at),
    last_seen_at = greatest(core.sighting.last_seen_at, s.last_seen_at)
from staged_sighting s
where core.sighting.item_key = s.item_key and core.sighting.feed_url = s.feed_url
