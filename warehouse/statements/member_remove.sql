-- Memberships that are written again.
delete from core.member where item_key in (select item_key from staged_member)
