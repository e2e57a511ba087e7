-- One story with copies, and the agency that most of them credit
create view report.origin as
with votes as (
    select story_key, agency, count(*) as votes, list(distinct outlet order by outlet) as voters
    from wire.copies
    where agency is not null
    group by story_key, agency
)
select v.story_key, v.agency, v.votes, s.copies as items, v.voters
from votes v
join wire.stories s on s.story_key = v.story_key
where s.copies > 1
qualify row_number() over (partition by v.story_key order by v.votes desc, v.agency) = 1;

comment on view report.origin is 'One story with copies, and the agency that most of them credit';
comment on column report.origin.story_key is 'the story';
comment on column report.origin.agency is 'the agency credited most';
comment on column report.origin.votes is 'items that credit it';
comment on column report.origin.items is 'items in the story';
comment on column report.origin.voters is 'outlets that credit it';
