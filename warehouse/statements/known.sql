-- The revisions held of the items that arrive: what a verdict and a better evidence need, no more. Rows stand
-- in the order in which they landed, so that the times say which of them to read.
select
    revision_key, item_key, text_hash, rules_version, base_order, published_order, modified_order, names_order,
    first_seen_at, last_seen_at, content_hash, capture_file, capture_offset,
    origin_kind, origin_address, origin_offset, origin_digest, url, outlet, version
from core.revision
semi join staged_key using (item_key)
where landed_at in ({moments})
order by item_key, revision_key
