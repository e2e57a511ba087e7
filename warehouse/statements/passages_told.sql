-- Who tells what some items tell: each two sentences in a row that stand in texts of several items, with all their carriers.
-- Of carriers that are not among the `seeking_item`, those are left out whose own turn is to come.
with told as (
    select
        revision_key, item_key, sought,
        unnest(list_transform(range(1, len(pieces)), lambda place: (hash(pieces[place], pieces[place + 1]) >> 1)::bigint)) as passage
    from core.fingerprint
    where len(pieces) > 1
),
carried as (
    select revision_key, passage, item_key, sought, item_key in (select item_key from seeking_item) as seeking
    from told
    where passage in (select passage from told semi join seeking_item using (item_key))
),
repeated as (
    select passage, count(distinct item_key) as items, count(distinct item_key) filter (sought) as before
    from carried
    group by passage
    having count(distinct item_key) > 1
)
select passage, revision_key, c.item_key, r.published_on, seeking, items, before
from carried c
join repeated using (passage)
join core.revision r using (revision_key)
where (seeking or sought) and r.published_on is not null
