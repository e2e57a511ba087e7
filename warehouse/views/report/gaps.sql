-- One feed and hour in which items may have been lost or far fewer came than its rhythm lets expect
create view report.gaps as
select feed_url, hour_at, expected, received, lost_possible
from core.coverage
where lost_possible or (expected >= 5 and received = 0) or (expected >= 10 and received <= expected / 5)
order by hour_at desc, feed_url;

comment on view report.gaps is 'One feed and hour in which items may have been lost or far fewer came than its rhythm lets expect';
comment on column report.gaps.feed_url is 'the feed';
comment on column report.gaps.hour_at is 'start of the hour';
comment on column report.gaps.expected is 'items that its rhythm let expect';
comment on column report.gaps.received is 'items that came';
comment on column report.gaps.lost_possible is 'whether its window had scrolled past all that was known';
