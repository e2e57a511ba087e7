-- Stories, their members, and how membership changed.

create table core.story (
    story_key varchar,
    component varchar,
    members integer,
    outlets integer,
    published_at timestamptz,
    published_on date,
    landed_at timestamptz
);
comment on table core.story is 'The report of the world: an item and its copies';
comment on column core.story.story_key is 'key of its first item in canonical order';
comment on column core.story.component is 'least item key among all items linked by matches, refused bridges included';
comment on column core.story.members is 'items in the story';
comment on column core.story.outlets is 'outlets among them';
comment on column core.story.published_at is 'earliest publication among its members';
comment on column core.story.published_on is 'day of that publication at its source';
comment on column core.story.landed_at is 'when we wrote the row';

create table core.member (
    item_key varchar,
    story_key varchar,
    component varchar,
    rank integer,
    relation varchar,
    similarity double,
    via_key varchar,
    landed_at timestamptz
);
comment on table core.member is 'One item in its story';
comment on column core.member.item_key is 'the item';
comment on column core.member.story_key is 'its story';
comment on column core.member.component is 'least item key among all items linked by matches, refused bridges included';
comment on column core.member.rank is '0 leads: the agency''s own item, then earliest publication, then key';
comment on column core.member.relation is 'leader, exact, near, excerpt, version or take';
comment on column core.member.similarity is 'likeness to the leader, 0 to 1';
comment on column core.member.via_key is 'member through which it joined, NULL for the leader';
comment on column core.member.landed_at is 'when we wrote the row';

create table core.story_change (
    item_key varchar,
    story_key varchar,
    previous_key varchar,
    rank integer,
    relation varchar,
    similarity double,
    via_key varchar,
    landed_at timestamptz
);
comment on table core.story_change is 'One change of membership: what an item belonged to from then on';
comment on column core.story_change.item_key is 'the item';
comment on column core.story_change.story_key is 'its story from then on';
comment on column core.story_change.previous_key is 'its story until then, NULL for a new item';
comment on column core.story_change.rank is 'its rank from then on';
comment on column core.story_change.relation is 'its relation from then on';
comment on column core.story_change.similarity is 'its likeness to the leader from then on';
comment on column core.story_change.via_key is 'member through which it joined, NULL for the leader';
comment on column core.story_change.landed_at is 'when the change was written';
