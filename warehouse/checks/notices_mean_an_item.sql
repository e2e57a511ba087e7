-- warn: Every notice means exactly one item.
select notice_key, kind, noticed_at, target, agency, slugline, items
from report.unresolved_notices
