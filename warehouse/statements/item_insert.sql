-- Items as their revisions say: the current one is the last in canonical order.
insert into core.item by name
with texts as (
    select
        item_key, text_hash, version, version_created_at, first_seen_at, last_seen_at, revision_key, key_rule, outlet,
        agency, provider, language, item_uri, url, canonical_url, slugline, published_at, published_on,
        published_precision, published_source, $landed_at as landed_at
    from staged_revision
    semi join (from staged_key where not held) using (item_key)
    union all
    select
        item_key, text_hash, version, version_created_at, first_seen_at, last_seen_at, revision_key, key_rule, outlet,
        agency, provider, language, item_uri, url, canonical_url, slugline, published_at, published_on,
        published_precision, published_source, landed_at
    from core.revision
    semi join (from staged_key where held) using (item_key)
),
ordered as (
    select *, row_number() over (
        partition by item_key
        order by try_cast(version as double) nulls first, version nulls first,
            version_created_at nulls first, first_seen_at nulls first, text_hash
    ) as number
    from texts
),
joined as (
    select
        item_key,
        arg_max({
            'revision_key': revision_key, 'key_rule': key_rule, 'outlet': outlet, 'agency': agency,
            'provider': provider, 'language': language, 'item_uri': item_uri, 'url': url,
            'canonical_url': canonical_url, 'slugline': slugline
        }, number) as latest,
        arg_min({
            'published_at': published_at, 'published_on': published_on,
            'published_precision': published_precision, 'published_source': published_source
        }, number) filter (published_at is not null) as dated,
        count(*)::integer as revisions,
        min(first_seen_at) as first_seen_at,
        max(last_seen_at) as last_seen_at,
        min(landed_at) as landed_at
    from ordered
    group by item_key
)
select
    item_key, latest.key_rule, latest.outlet, latest.agency, latest.provider, latest.language, latest.item_uri,
    latest.url, latest.canonical_url, latest.slugline, latest.revision_key,
    dated.published_at, dated.published_on, dated.published_precision, dated.published_source,
    (year(dated.published_on) * 100 + month(dated.published_on))::integer as month,
    revisions, first_seen_at, last_seen_at, landed_at
from joined
