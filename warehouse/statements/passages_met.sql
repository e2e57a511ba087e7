-- Pairs of revisions that tell a passage alike which few tell, and of which no evidence is held but such as is given up.
with paired as (
    select distinct least(a.revision_key, b.revision_key) as one, greatest(a.revision_key, b.revision_key) as other
    from told a
    join told b using (passage)
    where a.seeking
      and a.items <= $most
      and a.item_key <> b.item_key
      and abs(a.published_on - b.published_on) <= $window_days
)
from paired
anti join (
    select
        least(a_revision_key, b_revision_key) as one, greatest(a_revision_key, b_revision_key) as other
    from core.match
    anti join stale_match using (a_key, b_key)
) using (one, other)
order by one, other
