-- What tells a text from others of its kind, so that few pairs of one template need to be read.

alter table core.fingerprint add column sketch blob;
comment on column core.fingerprint.sketch is '256 bits of rare words and figures; NULL for a text that landed before there were any';
