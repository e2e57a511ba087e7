-- A passage that one report takes from another stands anywhere in it: it is sought by sentences, once for every text.

alter table core.fingerprint add column sought boolean;
comment on column core.fingerprint.sought is 'true once passages in common with all others have been sought; NULL before';
alter table core.match add column by_passage boolean;
comment on column core.match.by_passage is 'true where the pair was found by sentences in common alone';
