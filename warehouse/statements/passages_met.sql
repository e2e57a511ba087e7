-- Pairs of revisions that tell a passage alike which is not common, and of which no evidence is held: texts of the items
-- whose turn it is with each other and with those that were sought before.
with told as (
    select passage, revision_key, item_key, item_key in (select item_key from turn) as seeking
    from ({told})
    where month in {months} and (sought or item_key in (select item_key from turn))
),
met as (
    select distinct least(a.revision_key, b.revision_key) as one, greatest(a.revision_key, b.revision_key) as other
    from told a
    join told b using (passage)
    where a.seeking and a.item_key <> b.item_key and a.passage not in (select passage from common)
)
select one, other
from met
anti join (
    select least(a_revision_key, b_revision_key) as one, greatest(a_revision_key, b_revision_key) as other
    from core.match
) using (one, other)
join core.revision a on a.revision_key = one
join core.revision b on b.revision_key = other
where abs(a.published_on - b.published_on) <= $window_days
order by one, other
