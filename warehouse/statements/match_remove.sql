-- Evidence that gives way to the strongest of old and new.
delete from core.match
where rowid in (select m.rowid from core.match m semi join staged_match s on m.a_key = s.a_key and m.b_key = s.b_key)
