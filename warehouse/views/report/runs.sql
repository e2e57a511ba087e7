-- One run and one outcome in it
create view report.runs as
select kind, started_at, seconds, seen, unnest(outcomes).outcome as outcome, unnest(outcomes).inputs as inputs
from core.run
order by started_at desc, outcome;

comment on view report.runs is 'One run and one outcome in it';
comment on column report.runs.kind is 'poll, backfill, replay, land or keep';
comment on column report.runs.started_at is 'when the run began';
comment on column report.runs.seconds is 'how long it took';
comment on column report.runs.seen is 'inputs seen in the run';
comment on column report.runs.outcome is 'one of the ten outcomes';
comment on column report.runs.inputs is 'inputs that ended so';
