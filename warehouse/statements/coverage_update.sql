-- Hours that are entered and to which more came, or of which it turned out that items may be lost.
update core.coverage set received = s.received, lost_possible = s.lost_possible
from staged_coverage s
where core.coverage.feed_url = s.feed_url and core.coverage.hour_at = s.hour_at
