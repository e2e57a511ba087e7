-- Figures and names weigh more than words: how many agree between two texts, and how many stand in place of others.

alter table core.match add column shared_facts integer;
comment on column core.match.shared_facts is 'figures and names that agree';
alter table core.match add column other_facts integer;
comment on column core.match.other_facts is 'figures and names that stand in place of others';
