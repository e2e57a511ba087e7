-- What a match may look at, for the revisions asked for.
select
    f.revision_key, f.item_key, f.comparable, r.headline, r.language, r.agency, r.outlet, r.slugline,
    r.published_on, r.published_at, r.item_uri, r.related, r.cues, f.text_hash, f.boilerplate_version
from core.fingerprint f
join core.revision r using (revision_key)
where f.rowid in (select rowid from core.fingerprint semi join wanted_revision using (revision_key))
