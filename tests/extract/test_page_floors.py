"""Extraction does not get worse: floors on the project's own pages, and on real ones where they lie beside."""

import tomllib

import pytest

from page_scores import PAGES, own_samples, score, shared_samples
from wirecopy.api import extract_article

FLOORS = tomllib.loads((PAGES / "floors.toml").read_text("utf-8"))


@pytest.mark.parametrize("sample", own_samples(), ids=lambda sample: sample.key)
def test_a_story_comes_out_of_every_template(sample):
    article = extract_article(sample.html, sample.url)
    assert article is not None
    assert article.headline == sample.headline
    assert article.body == sample.body
    assert article.authors == sample.authors
    assert (article.sign_off or "") == sample.sign_off
    if sample.published:
        assert article.published is not None
        assert article.published.at == sample.published


@pytest.mark.parametrize(("name", "read"), [("own", own_samples), ("shared", shared_samples)])
def test_scores_hold_their_floors(name, read):
    samples = read()
    if not samples:
        pytest.skip("third-party pages are not beside the checkout")
    scores = score(samples, extract_article)
    below = {measure: scores[measure] for measure, floor in FLOORS[name].items() if scores[measure] < floor}
    assert not below
