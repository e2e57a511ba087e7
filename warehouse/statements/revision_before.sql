-- Rows as other rules read them, kept until it is known what these rules make of them.
create or replace temp table before_revision as
select * from core.revision semi join staged_gone using (revision_key)
