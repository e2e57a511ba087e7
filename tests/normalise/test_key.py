"""An item's key depends on its identifiers alone, and on nothing that changes between archive and live."""

from dataclasses import replace

import pytest

from wirecopy.model import Article
from wirecopy.normalise.key import KEY_VERSION, item_key, outlet_of, unversioned

PAGE = Article(
    headline="Rain",
    body="It rains.",
    url="https://www.daily.example/story-7?utm_source=rss",
    canonical_url="https://daily.example/story-7",
)
WIRE = Article(
    headline="Rain",
    body="It rains.",
    provider="AFP",
    item_uri="urn:newsml:afp.com:20250626:doc-1:3A",
    version="3",
    format="newsml-1",
)


@pytest.mark.parametrize(
    "same",
    [
        replace(PAGE, url="http://m.daily.example/story-7#top"),
        replace(PAGE, canonical_url=None),
        replace(PAGE, canonical_url="https://daily.example/"),
        replace(PAGE, canonical_url="https://other.example/story-9"),
        replace(PAGE, headline="Sun", body="It shines.", language="en"),
    ],
)
def test_a_page_is_its_address(same):
    """Canonical where it may be, else its own; text and headline do not count."""
    assert item_key(same).value == item_key(PAGE).value
    assert item_key(PAGE).rule == "page"


def test_a_page_under_another_path_is_another_item():
    """Identity needs no look-up: a moved page is found later."""
    assert item_key(replace(PAGE, url="https://daily.example/a", canonical_url=None)).value != item_key(PAGE).value


@pytest.mark.parametrize(
    "same",
    [
        replace(WIRE, item_uri="urn:newsml:afp.com:20250626:doc-1:4U", version="4"),
        replace(WIRE, provider="Agence France-Presse"),
        replace(WIRE, url="https://afp.example/doc-1"),
        replace(WIRE, body="It rained."),
    ],
)
def test_a_wire_item_is_its_provider_and_id_without_version(same):
    """All versions of one item share its key; spellings of the provider are one."""
    assert item_key(same).value == item_key(WIRE).value
    assert item_key(WIRE).rule == "wire"


def test_two_providers_may_use_one_id():
    """An id counts within its provider."""
    assert item_key(replace(WIRE, provider="dpa")).value != item_key(WIRE).value


@pytest.mark.parametrize(
    ("uri", "version", "bare"),
    [
        ("urn:newsml:afp.com:20250626:doc-1:3A", None, "urn:newsml:afp.com:20250626:doc-1"),
        ("urn:newsml:apa.example:20250626:20250626001", None, "urn:newsml:apa.example:20250626:20250626001"),
        ("tag:reuters.example,2025:doc-9:12", "12", "tag:reuters.example,2025:doc-9"),
        ("doc-9", "9", "doc-9"),
        (" doc-9 ", None, "doc-9"),
    ],
)
def test_versions_leave_an_id(uri, version, bare):
    """NewsML's revision and update marks, and a version that the id ends in."""
    assert unversioned(uri, version) == bare


def test_the_rules_apply_in_order():
    """Wire, dump, page, record, text: the first that is there."""
    dump = Article(body="x", outlet="daily.example", dump_id="17", url="https://daily.example/17", format="csv")
    record = Article(body="x", record_hash="abc", format="plain export")
    assert [item_key(article).rule for article in (WIRE, dump, PAGE, record, Article(body="x"))] == [
        "wire",
        "dump",
        "page",
        "record",
        "text",
    ]
    keys = {item_key(article).value for article in (WIRE, dump, PAGE, record, Article(body="x"), Article(body="y"))}
    assert len(keys) == 6
    assert all(key.startswith(KEY_VERSION) and len(key) == 25 for key in keys)


def test_every_identifier_is_kept():
    """A page's own, its canonical and the address asked for."""
    kinds = {one.kind: one.value for one in item_key(PAGE, page_url="https://t.example/x").identifiers}
    assert kinds == {"url": PAGE.url, "canonical_url": PAGE.canonical_url, "requested_url": "https://t.example/x"}


def test_the_outlet_is_the_domain_or_the_sender():
    """Who published this copy."""
    assert outlet_of(PAGE) == "daily.example"
    assert outlet_of(WIRE) == "AFP"
    assert outlet_of(Article(body="x")) == "unknown"
