-- The landed revisions whose likes are sought again, with their bands.
select f.revision_key, any_value(f.month) as month, any_value(f.exact) as exact, any_value(f.words) as words,
    coalesce(list(b.band) filter (b.band is not null), []) as bands,
    any_value(coalesce(f.sketch, repeat('\x00', 40)::blob)) as sketch
from core.fingerprint f
semi join wanted_revision w on w.revision_key = f.revision_key
left join (from core.band semi join wanted_revision using (revision_key)) b on b.revision_key = f.revision_key
group by f.revision_key
