-- All evidence that the items of a component stand in.
select {columns} from core.match where a_key in (select item_key from wanted_item)
