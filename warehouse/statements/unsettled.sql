-- Whether anything still stands under another boilerplate than the one learnt last.
select 1 from core.fingerprint where boilerplate_version is distinct from $version
union all
select 1 from core.match where boilerplate_version is distinct from $version
limit 1
