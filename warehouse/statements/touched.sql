-- Texts that hold a sentence on which two boilerplates differ, and texts that were read under a boilerplate that is
-- neither the one held nor the one learnt now.
select f.revision_key
from (
    select revision_key, unnest(pieces) as piece
    from core.fingerprint
    where exists (from changed_piece)
) f
join changed_piece c using (piece)
join core.revision r using (revision_key)
where c.outlet = '' or c.outlet = r.outlet
union
select revision_key from core.fingerprint where boilerplate_version not in ($held, $learnt)
order by revision_key
