"""Same text or not, same story or not.

`comparable` and `fingerprint` say what is compared and where to look, `match` compares two items, `stories` makes
stories of items and their matches, `learn` finds what is boilerplate, `vote_dateline` says where a story
was filed, `diff_paragraphs` and `diff_words` compare revisions.
"""
