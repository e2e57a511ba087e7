-- The texts of the outlets whose boilerplate has changed.
select revision_key, outlet, body
from core.revision
where $all or outlet in (select outlet from wanted_outlet)
