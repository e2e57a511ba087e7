"""Same text or not, same story or not.

`comparable` and `fingerprint` say what is compared and where to look, `match` compares two items, `stories` makes
stories of items and their matches, `learn` finds what is boilerplate, `diff_words` compares
revisions. Where a story was filed is a vote of what is visible of it, and so of the view `wire.stories`.
"""
