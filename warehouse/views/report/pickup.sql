-- One outlet and an agency whose copy it runs, and how much of it is cut
create view report.pickup as
select
    c.outlet, o.agency, count(*) as copies, count(*) filter (c.relation = 'leader') as led,
    count(*) filter (c.relation = 'excerpt') as excerpts,
    round(avg(least(1.0, f.words / nullif(g.words, 0))) filter (c.relation <> 'leader'), 3) as kept,
    avg(c.published_at - l.published_at) filter (
        c.relation <> 'leader'
        and c.published_precision in ('second', 'minute') and l.published_precision in ('second', 'minute')
    ) as mean_lag
from wire.copies c
join report.origin o on o.story_key = c.story_key
join wire.copies l on l.story_key = c.story_key and l.relation = 'leader'
left join core.fingerprint f on f.revision_key = c.revision_key
left join core.fingerprint g on g.revision_key = l.revision_key
where c.outlet <> o.agency
group by c.outlet, o.agency
order by copies desc, c.outlet, o.agency;

comment on view report.pickup is 'One outlet and an agency whose copy it runs, and how much of it is cut';
comment on column report.pickup.outlet is 'who ran it';
comment on column report.pickup.agency is 'whose copy';
comment on column report.pickup.copies is 'how many';
comment on column report.pickup.led is 'how many of them lead their story: the agency''s own, else the first to print it';
comment on column report.pickup.excerpts is 'how many of them are cut';
comment on column report.pickup.kept is 'mean share of the leader''s words that the other copies keep';
comment on column report.pickup.mean_lag is 'mean time behind the leader, where both times are known to the minute';
