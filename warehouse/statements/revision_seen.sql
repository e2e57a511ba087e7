-- The first and last time that a held text was sighted.
update core.revision set
    first_seen_at = least(core.revision.first_seen_at, s.first_seen_at),
    last_seen_at = greatest(core.revision.last_seen_at, s.last_seen_at)
from staged_better s
where core.revision.revision_key = s.revision_key
  and (s.first_seen_at < core.revision.first_seen_at or s.last_seen_at > core.revision.last_seen_at
       or (core.revision.first_seen_at is null and s.first_seen_at is not null))
