-- Identifiers that have turned out to be those of many items make no two of them one.
delete from core.match
where relation = 'same_as' and reason in (select unnest(?))
returning a_key, b_key
