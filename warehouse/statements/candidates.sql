-- Pairs of revisions that may share text, with how often they meet: in bands within the months of the window, or in the
-- same text exactly where one of them has no date. Those who are sought for may be landed or on their way: what is held
-- of them does not count. `probes` are some of `probing`.
with sought_near as (
    select unnest(s.bands) as band, w.month, s.revision_key
    from probes s
    join probing_month w on w.of_month = s.month
    where s.words > 0
),
sought as (
    select unnest(bands) as band, month, revision_key
    from probing
    where words > 0 and month is not null
),
met as (
    select b.revision_key as one, s.revision_key as other
    from core.band b
    join sought_near s on s.band = b.band and s.month = b.month
    where b.month in {months}
    union all
    select f.revision_key as one, p.revision_key as other
    from core.fingerprint f
    join (from probes where month is null) p on p.exact = f.exact
    where f.words > 0
    union all
    select f.revision_key as one, p.revision_key as other
    from core.fingerprint f
    join probes p on p.exact = f.exact
    where f.month is null and f.words > 0
),
paired as (
    select one, other
    from met
    anti join (select revision_key as one from probing) again using (one)
    union all
    select s.revision_key as one, b.revision_key as other
    from sought b
    join sought_near s on s.band = b.band and s.month = b.month
    where s.revision_key < b.revision_key
    union all
    select p.revision_key as one, f.revision_key as other
    from probing f
    join probes p on p.exact = f.exact
    where (p.month is null or f.month is null) and f.words > 0 and p.revision_key < f.revision_key
)
select least(one, other) as one, greatest(one, other) as other, count(*) as meetings
from paired
group by all
