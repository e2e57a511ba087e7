-- Texts that hold a sentence on which the boilerplate they were read under and the one learnt now differ, and texts of
-- which it is not known any more under what they were read.
select f.revision_key
from (
    select revision_key, boilerplate_version as version, unnest(pieces) as piece
    from core.fingerprint
    where boilerplate_version in (select version from changed_piece)
) f
join changed_piece c using (version, piece)
join core.revision r using (revision_key)
where c.outlet = '' or c.outlet = r.outlet
union
select revision_key from core.fingerprint where boilerplate_version not in (select unnest($told))
order by revision_key
