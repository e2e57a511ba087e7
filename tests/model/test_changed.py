"""A copy of a frozen value with some fields changed is what `dataclasses.replace` gives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from wirecopy.model import Article, Doubt
from wirecopy.model.changed import changed


def test_a_copy_differs_in_what_was_changed_alone() -> None:
    """All other fields are as they were, and the value itself stays untouched."""
    article = Article(headline="Harbour reopens", body="Ships came back.", doubts=(Doubt("zone_unknown"),))
    copied = changed(article, language="en", headline=None)
    assert copied == replace(article, language="en", headline=None)
    assert article.headline == "Harbour reopens"


def test_a_name_that_is_no_field_is_refused() -> None:
    """A misspelt field raises instead of being lost."""
    with pytest.raises(KeyError):
        changed(Article(), headlin="x")
