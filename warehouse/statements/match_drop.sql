-- Evidence from texts that are no longer what they were; it is looked for again.
delete from core.match
where a_revision_key in (select revision_key from staged_gone) or b_revision_key in (select revision_key from staged_gone)
returning a_key, b_key
