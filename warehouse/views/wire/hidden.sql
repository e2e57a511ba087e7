-- One item that the default views leave out, and why
create view wire.hidden as
select item_key, 'killed' as reason from wire.killed
union all
select item_key, 'embargoed' as reason from wire.embargoed
union all
select distinct
    if(
        (coalesce(a.published_on, date '9999-12-31'), coalesce(a.published_at, timestamptz '9999-12-31 00:00:00Z'), a.item_key)
        < (coalesce(b.published_on, date '9999-12-31'), coalesce(b.published_at, timestamptz '9999-12-31 00:00:00Z'), b.item_key),
        b.item_key, a.item_key
    ) as item_key,
    'same item' as reason
from core.match m
join core.item a on a.item_key = m.a_key
join core.item b on b.item_key = m.b_key
where m.relation = 'same_as';

comment on view wire.hidden is 'One item that the default views leave out, and why';
comment on column wire.hidden.item_key is 'the item';
comment on column wire.hidden.reason is 'killed, embargoed, or same item where it is another item under a second key';
