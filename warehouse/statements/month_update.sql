-- The month under which near-duplicate search finds a text whose date is better known now.
update {table} set month = s.month
from (
    select revision_key, (year(published_on) * 100 + month(published_on))::integer as month
    from core.revision
    semi join staged_better using (revision_key)
) s
where {table}.revision_key = s.revision_key and {table}.month is distinct from s.month
