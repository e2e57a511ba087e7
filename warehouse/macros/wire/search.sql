-- Visible copies whose headline or text holds every word of a query, best first; digits and all scripts count
create macro wire.search(q) as table
with asked as (
    select
        list_distinct(regexp_extract_all(lower(strip_accents(q)), '[\p{L}\p{N}]+')) as words,
        regexp_matches(q, '[\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}]') as unspaced
),
sought as (
    select d.termid, d.df
    from fts_wire.dict d
    where d.term in (select unnest(words) from asked)
),
size as (
    select count(*) as texts, avg(len) as length from fts_wire.docs
),
indexed as (
    select
        o.revision_key,
        sum(ln((size.texts - s.df + 0.5) / (s.df + 0.5) + 1) * t.tf * 2.2
            / (t.tf + 1.2 * (0.25 + 0.75 * o.len / size.length))) as score
    from fts_wire.terms t
    join sought s on s.termid = t.termid
    join fts_wire.docs o on o.docid = t.docid
    cross join size
    where t.termid in (select termid from sought)
    group by o.revision_key
    having count(*) = (select len(words) from asked)
),
unindexed as (
    select r.revision_key, lower(strip_accents(r.headline || ' ' || r.body)) as text
    from core.revision r
    join core.item i on i.revision_key = r.revision_key
    where (select unspaced from asked) or r.revision_key not in (select revision_key from fts_wire.docs)
),
scanned as (
    select u.revision_key, u.text
    from unindexed u
    cross join asked
    where len(asked.words) > 0 and list_bool_and(list_transform(asked.words, lambda w: contains(u.text, w)))
),
counted as (
    select
        c.revision_key, asked.words,
        list_transform(asked.words, lambda w: if(
            asked.unspaced,
            (length(c.text) - length(replace(c.text, w, ''))) // length(w),
            len(list_filter(regexp_extract_all(c.text, '[\p{L}\p{N}]+'), lambda t: t = w))
        )) as counts
    from scanned c
    cross join asked
),
found as (
    select revision_key, score from indexed where not (select unspaced from asked)
    union all
    select revision_key, list_sum(list_transform(counts, lambda n: 2.2 * n / (n + 1.2))) as score
    from counted
    where list_bool_and(list_transform(counts, lambda n: n > 0))
)
select f.score, c.*
from found f
join wire.copies c on c.revision_key = f.revision_key
order by f.score desc, c.published_at desc nulls last, c.item_key;

comment on macro table wire.search is 'Visible copies whose headline or text holds every word of a query, best first; digits and all scripts count';
