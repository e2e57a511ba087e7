-- Evidence that stood on a passage which has become common with the texts whose turn it is.
with common as (
    select passage, revision_key
    from told
    where items > $most and before <= $most
)
select distinct m.a_key, m.b_key
from core.match m
join common a on a.revision_key = m.a_revision_key
join common b on b.revision_key = m.b_revision_key and b.passage = a.passage
where m.by_passage
