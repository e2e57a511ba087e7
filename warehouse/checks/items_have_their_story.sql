-- stop: Every item is a member of one story, and every story has its members and one leader.
select i.item_key as key, 'item without a story' as what
from core.item i anti join core.member m on m.item_key = i.item_key
union all
select m.item_key as key, 'member without an item' as what
from core.member m anti join core.item i on i.item_key = m.item_key
union all
select s.story_key as key, 'story with other members than it counts' as what
from core.story s left join (
    select story_key, count(*) as members, count(*) filter (rank = 0) as leaders from core.member group by story_key
) m on m.story_key = s.story_key
where m.members is distinct from s.members or m.leaders is distinct from 1
union all
select m.story_key as key, 'member of a story that is not there' as what
from core.member m anti join core.story s on s.story_key = m.story_key
