-- What a comparable text is made of.
select
    r.revision_key, r.item_key, r.text_hash, r.key_rule, r.outlet, r.headline, r.body, r.lead, r.rules_version,
    r.sign_off, (year(r.published_on) * 100 + month(r.published_on))::integer as month
from core.revision r
semi join wanted_revision using (revision_key)
