-- A notice may bear two names of one document: the guid beside the link of a feed entry.

alter table core.notice add column alias varchar;
comment on column core.notice.alias is 'second identifier of the same document, where the notice bears two';
