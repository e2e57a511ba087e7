-- What changed when the same bytes were read by other rules.
insert into core.replay_change by name
select
    $landed_at as replayed_at, item_key, revision_key, change.field, change.before, change.after, rules_before, rules_after
from (
    select
        a.item_key, a.revision_key, b.rules_version as rules_before, a.rules_version as rules_after,
        unnest([{fields}]) as change
    from staged_again s
    join before_revision b on b.revision_key = s.before_key
    join core.revision a on a.revision_key = s.after_key
)
where change.before is distinct from change.after
