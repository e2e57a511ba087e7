-- The passages of texts: two sentences in a row, by their hashes.
select
    revision_key, item_key, month, coalesce(sought, false) as sought,
    unnest(list_transform(range(1, len(pieces)), lambda place: (hash(pieces[place], pieces[place + 1]) >> 1)::bigint)) as passage
from core.fingerprint
where len(pieces) > 1
