-- What a comparable text is made of, and what was compared so far; NULL where its sentences were not kept.
select
    r.revision_key, r.item_key, r.text_hash, r.key_rule, r.outlet, r.headline, r.body, r.lead, r.rules_version,
    r.sign_off, r.agency, r.slugline, r.language, r.dateline_raw, r.published_on, f.month,
    case when f.pieces is not null then f.comparable end as comparable
from core.revision r
join (from core.fingerprint semi join wanted_revision using (revision_key)) f using (revision_key)
semi join wanted_revision using (revision_key)
