-- One reason for which input could not be used, with an example
create view report.set_aside as
select
    stage, reason, count(*) as inputs, max(seen_at) as last_seen_at,
    arg_max(subject, landed_at) as example, arg_max(detail, landed_at) as detail
from raw.set_aside
group by stage, reason
order by inputs desc, stage, reason;

comment on view report.set_aside is 'One reason for which input could not be used, with an example';
comment on column report.set_aside.stage is 'stage that gave up';
comment on column report.set_aside.reason is 'stable reason code';
comment on column report.set_aside.inputs is 'how many';
comment on column report.set_aside.last_seen_at is 'when the latest was captured';
comment on column report.set_aside.example is 'the subject of one of them';
comment on column report.set_aside.detail is 'its reason in words';
