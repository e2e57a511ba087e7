-- Texts that landed before their sentences were kept.
select revision_key from core.fingerprint where pieces is null order by revision_key
