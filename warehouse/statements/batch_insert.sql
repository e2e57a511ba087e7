-- The batch itself, in the transaction that wrote its rows.
insert into core.batch by name
select
    $batch_key as batch_key, $landed_at as landed_at, $arrivals as arrivals, $new as new_items,
    $revised as revised_items, $unchanged as unchanged_items, $notices as notices, $pages as pages,
    $requests as requests, $set_aside as set_aside, $stories_touched as stories_touched
