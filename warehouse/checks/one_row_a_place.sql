-- stop: core.place holds one row a key.
select place_id, count(*) as rows from core.place group by place_id having count(*) > 1
