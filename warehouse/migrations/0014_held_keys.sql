-- Which items are held, in few bytes: a batch asks this of every item that arrives, however many are held.

create table core.held_key (
    hash bigint,
    landed_at timestamptz
);
comment on table core.held_key is 'One held revision by its item: a narrow column to look arriving items up in';
comment on column core.held_key.hash is '40 bits of the MD5 of item_key';
comment on column core.held_key.landed_at is 'when the revision landed: near which rows of core.revision it stands';

insert into core.held_key by name
select (md5_number_lower(item_key) & 1099511627775)::bigint as hash, landed_at
from core.revision;
