-- What each text of an item added and removed, by paragraph
create macro wire.diff(key) as table
with texts as (
    select number, kind, first_seen_at, unnest(string_split(body, chr(10) || chr(10))) as paragraph,
        generate_subscripts(string_split(body, chr(10) || chr(10)), 1) as position
    from wire.revisions
    where item_key = key
),
counted as (
    select *, row_number() over (partition by number, paragraph order by position) as occurrence
    from texts
)
select n.number, n.kind, 'added' as change, n.position, n.paragraph
from counted n
left join counted o on o.number = n.number - 1 and o.paragraph = n.paragraph and o.occurrence = n.occurrence
where n.number > 1 and o.number is null
union all
select o.number + 1 as number, k.kind, 'removed' as change, o.position, o.paragraph
from counted o
join (select distinct number, kind from texts) k on k.number = o.number + 1
left join counted n on n.number = o.number + 1 and n.paragraph = o.paragraph and n.occurrence = o.occurrence
where n.number is null
order by number, position, change desc;

comment on macro table wire.diff is 'What each text of an item added and removed, by paragraph';
