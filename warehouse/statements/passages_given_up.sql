-- Evidence between texts that tell a passage which has become common.
with told as (
    select passage, revision_key
    from ({told})
    where passage in (select passage from common where before <= $most)
)
select distinct m.a_key, m.b_key
from core.match m
join told a on a.revision_key = m.a_revision_key
join told b on b.revision_key = m.b_revision_key and b.passage = a.passage
where m.by_passage
order by all
