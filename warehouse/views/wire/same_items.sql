-- One item that is another item under a second key (a moved address)
create view wire.same_items as
with linked as (
    select
        a_key, b_key, reason,
        (coalesce(a.published_on, date '9999-12-31'), coalesce(a.published_at, timestamptz '9999-12-31 00:00:00Z'), a.item_key)
        < (coalesce(b.published_on, date '9999-12-31'), coalesce(b.published_at, timestamptz '9999-12-31 00:00:00Z'), b.item_key)
            as a_first,
        a.published_on as a_on, a.published_at as a_at, b.published_on as b_on, b.published_at as b_at
    from core.match m
    join core.item a on a.item_key = m.a_key
    join core.item b on b.item_key = m.b_key
    where m.relation = 'same_as'
),
pointed as (
    select b_key as item_key, a_key as shown_key, a_on as shown_on, a_at as shown_at, reason from linked where a_first
    union all
    select a_key as item_key, b_key as shown_key, b_on as shown_on, b_at as shown_at, reason from linked where not a_first
)
select item_key, shown_key, reason as identifier
from pointed
qualify row_number() over (
    partition by item_key order by shown_on nulls last, shown_at nulls last, shown_key, reason
) = 1;

comment on view wire.same_items is 'One item that is another item under a second key (a moved address)';
comment on column wire.same_items.item_key is 'the second key';
comment on column wire.same_items.shown_key is 'the key under which the item is shown: the first in canonical order';
comment on column wire.same_items.identifier is 'the identifier that both carry';
