-- The sentences of each text by their hashes: what boilerplate is learnt from, without reading all texts again.

alter table core.fingerprint add column pieces bigint[];
comment on column core.fingerprint.pieces is 'hashes of the sentences that repetition may show to be boilerplate; NULL for a text that landed before there were any';
