-- Stories published up to a moment, as they are known now
create macro wire.published_by(t) as table
select * from wire.stories where published_at <= t;

comment on macro table wire.published_by is 'Stories published up to a moment, as they are known now';
