-- Stories as their members make them.
insert into core.story by name
select
    s.story_key,
    any_value(s.component) as component,
    count(*)::integer as members,
    count(distinct i.outlet)::integer as outlets,
    min(i.published_at) as published_at,
    arg_min(i.published_on, i.published_at) as published_on,
    $landed_at as landed_at
from staged_member s
join core.item i using (item_key)
group by s.story_key
