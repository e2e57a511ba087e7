-- One item that the default views leave out, and why
create view wire.hidden as
select item_key, 'killed' as reason from wire.killed
union all
select item_key, 'embargoed' as reason from wire.embargoed
union all
select item_key, 'same item' as reason from wire.same_items;

comment on view wire.hidden is 'One item that the default views leave out, and why';
comment on column wire.hidden.item_key is 'the item';
comment on column wire.hidden.reason is 'killed, embargoed, or same item where it is another item under a second key';
