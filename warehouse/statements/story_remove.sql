-- Stories that are made again, and those that their members leave.
delete from core.story
where story_key in (select story_key from core.member semi join staged_member using (item_key))
