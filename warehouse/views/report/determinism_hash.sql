-- What must be the same for any order, size and repetition of batches, table by table
create view report.determinism_hash as
with parts as (
    select 'core.item' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.item) t
    union all
    select 'core.identifier' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.identifier) t
    union all
    select 'core.sighting' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.sighting) t
    union all
    select 'core.revision' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at, batch_key, capture_file, capture_offset) from core.revision) t
    union all
    select 'core.subject' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.subject) t
    union all
    select 'core.keyword' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.keyword) t
    union all
    select 'core.author' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.author) t
    union all
    select 'core.dateline' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.dateline) t
    union all
    select 'core.place' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.place) t
    union all
    select 'core.fingerprint' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.fingerprint) t
    union all
    select 'core.band' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.band) t
    union all
    select 'core.match' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.match) t
    union all
    select 'core.boilerplate' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (from core.boilerplate) t
    union all
    select 'core.story' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.story) t
    union all
    select 'core.member' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at) from core.member) t
    union all
    select 'core.notice' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at, batch_key) from core.notice) t
    union all
    select 'raw.page' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at, batch_key, capture_file, capture_offset) from raw.page) t
    union all
    select 'raw.set_aside' as object, count(*) as rows, coalesce(sum(hash(t)::hugeint), 0)::varchar as digest from (select * exclude (landed_at, batch_key, capture_file, capture_offset, seen_at) from raw.set_aside) t
)
select object, rows, digest
from (
    from parts
    union all
    select 'all' as object, sum(rows)::bigint as rows, md5(string_agg(digest, ',' order by object)) as digest
    from parts
)
order by object = 'all', object;

comment on view report.determinism_hash is 'What must be the same for any order, size and repetition of batches, table by table';
comment on column report.determinism_hash.object is 'the table, or all';
comment on column report.determinism_hash.rows is 'its rows';
comment on column report.determinism_hash.digest is 'sum of the hashes of its rows, without when and where they were written';
