-- The log of membership: a row for every item whose membership is new or another than before.
insert into core.story_change by name
select
    s.item_key, s.story_key, m.story_key as previous_key, s.rank, s.relation, s.similarity, s.via_key,
    $landed_at as landed_at
from staged_member s
left join core.member m using (item_key)
where m.item_key is null
   or (m.story_key, m.rank, m.relation, m.similarity, m.via_key)
      is distinct from (s.story_key, s.rank, s.relation, s.similarity, s.via_key)
