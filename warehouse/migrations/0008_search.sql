-- The full-text index over current texts, in the shape that DuckDB's extension leaves it in; empty until it is built.

create schema fts_wire;

create table fts_wire.docs (
    docid bigint,
    revision_key bigint,
    len bigint
);
comment on table fts_wire.docs is 'One indexed text';
comment on column fts_wire.docs.docid is 'number within the index';
comment on column fts_wire.docs.revision_key is 'the revision';
comment on column fts_wire.docs.len is 'words';

create table fts_wire.dict (
    termid bigint,
    term varchar,
    df bigint
);
comment on table fts_wire.dict is 'One word of the index';
comment on column fts_wire.dict.termid is 'number within the index';
comment on column fts_wire.dict.term is 'the word, in lower case, without accents';
comment on column fts_wire.dict.df is 'texts that hold it';

create table fts_wire.terms (
    termid bigint,
    docid bigint,
    tf bigint
);
comment on table fts_wire.terms is 'One word in one text, stored by word';
comment on column fts_wire.terms.termid is 'the word';
comment on column fts_wire.terms.docid is 'the text';
comment on column fts_wire.terms.tf is 'how often it stands there';
