-- One item that its source has killed or withdrawn and not issued again
create view wire.killed as
select
    i.item_key, m.story_key, i.outlet, i.agency, r.headline, n.kind, n.noticed_at as killed_at, n.notice_key, n.text
from wire.notices n
join core.item i on i.item_key = n.item_key
join core.revision r on r.revision_key = i.revision_key
left join core.member m on m.item_key = i.item_key
where n.kind in ('kill', 'withdrawal') and n.ended_at is null
qualify row_number() over (partition by i.item_key order by n.noticed_at nulls last, n.notice_key) = 1;

comment on view wire.killed is 'One item that its source has killed or withdrawn and not issued again';
comment on column wire.killed.item_key is 'the item';
comment on column wire.killed.story_key is 'its story';
comment on column wire.killed.outlet is 'who published it';
comment on column wire.killed.agency is 'who wrote it';
comment on column wire.killed.headline is 'headline of its current text';
comment on column wire.killed.kind is 'kill or withdrawal';
comment on column wire.killed.killed_at is 'when the notice was issued';
comment on column wire.killed.notice_key is 'the notice';
comment on column wire.killed.text is 'text of the notice';
