-- All items of the components that hold one of those asked for.
select item_key
from core.member
where component in (select component from core.member semi join wanted_item using (item_key))
