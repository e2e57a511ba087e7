-- Texts that were read under a boilerplate that is neither the one held nor the one learnt now.
select revision_key from core.fingerprint where boilerplate_version not in (?, ?)
