-- What each run of the pipeline came to: every input by the one outcome in which it ended.

create table core.run (
    run_key varchar,
    kind varchar,
    started_at timestamptz,
    seconds double,
    seen bigint,
    outcomes struct(outcome varchar, inputs bigint)[]
);
comment on table core.run is 'One run of the pipeline and its account: a picture of the polling state';
comment on column core.run.run_key is 'kind and start';
comment on column core.run.kind is 'poll, backfill, replay, land or keep';
comment on column core.run.started_at is 'when it began';
comment on column core.run.seconds is 'how long it took';
comment on column core.run.seen is 'inputs seen';
comment on column core.run.outcomes is 'inputs by outcome; they sum to seen';
