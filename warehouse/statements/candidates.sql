-- Pairs of revisions that may share text: a band in common within the months of the window, or the same text exactly
-- where one of them has no date.
with sought as (
    select b.band, w.month, b.revision_key
    from core.band b
    join probing p on p.revision_key = b.revision_key
    join probing_month w on w.of_month = p.month
    where b.month in {months}
),
paired as (
    select s.revision_key as one, b.revision_key as other
    from core.band b
    join sought s on s.band = b.band and s.month = b.month
    where b.month in {months} and b.revision_key <> s.revision_key
    union
    select p.revision_key as one, f.revision_key as other
    from core.fingerprint f
    join probing p on p.exact = f.exact
    where (p.month is null or f.month is null) and p.revision_key <> f.revision_key and f.words > 0
)
select distinct least(one, other) as one, greatest(one, other) as other
from paired
order by one, other
