"""The sample is a small world of wires: many styles, languages and formats, and the trouble that real wires make."""

import json
import tomllib
from datetime import UTC, datetime, timedelta

import pytest

from wirecopy.demo.edition import print_edition
from wirecopy.demo.site import build_site
from wirecopy.demo.stories import SAMPLE, sample
from wirecopy.demo.wires import EMBARGO, embargoed_file, sample_feeds, sample_hosts
from wirecopy.errors import FeedUnreadable
from wirecopy.extract import extract
from wirecopy.formats import read_articles
from wirecopy.model import Page
from wirecopy.parse import read_feed

START = datetime(2027, 3, 1, 2, 30, tzinfo=UTC)
SITE = build_site(START, 1)
SECOND = build_site(START, 2)
PRINTED = print_edition(START, 1)
READABLE = [outlet for outlet in sample().outlets if outlet.feed != "unreadable"]
STANDING = [article for article in PRINTED if article.story.status == 200]


def page(host, path, site=SITE):
    document = site[host, path]
    url = f"http://{host}{path}"
    headers = (("Content-Type", document.content_type),)
    return Page(requested_url=url, final_url=url, body=document.body, status=document.status, headers=headers)


def of_outlet(outlet):
    return [article for article in PRINTED if article.outlet == outlet]


def test_the_sample_is_large_and_varied():
    own = [article for article in PRINTED if not article.story.copy]
    assert len(own) >= 40
    assert len({article.story.agency for article in own} - {None}) >= 10
    assert len({article.language for article in own}) >= 4
    assert {outlet.feed for outlet in sample().outlets} == {"rss", "atom", "rdf", "json", "malformed", "unreadable"}
    assert {outlet.template for outlet in sample().outlets} == {"agency", "daily", "bulletin", "table", "release"}
    assert all(host.endswith(".example") for host in sample_hosts())


def test_no_two_stories_share_a_sentence():
    seen = {}
    for article in PRINTED:
        if not article.story.copy:
            for text in article.paragraphs:
                assert seen.setdefault(text, article.story.slug) == article.story.slug


def test_stories_are_long_enough_to_be_news():
    short = [
        a.story.slug
        for a in STANDING
        if not a.story.copy and (len(a.paragraphs) < 4 or sum(map(len, a.paragraphs)) < 220)
    ]
    assert short == []


@pytest.mark.parametrize("outlet", READABLE, ids=lambda outlet: outlet.host)
def test_every_feed_is_read_with_all_its_entries(outlet):
    content = read_feed(page(outlet.host, outlet.feed_path))
    articles = of_outlet(outlet)
    assert [entry.headline for entry in content.entries] == [article.headline for article in articles]
    assert [entry.link for entry in content.entries] == [article.url for article in articles]
    assert all(entry.guid or outlet.feed == "rdf" for entry in content.entries)


def test_the_malformed_feed_is_doubted_and_the_unreadable_one_refused():
    malformed = next(outlet for outlet in sample().outlets if outlet.feed == "malformed")
    unreadable = next(outlet for outlet in sample().outlets if outlet.feed == "unreadable")
    assert read_feed(page(malformed.host, malformed.feed_path)).doubts
    with pytest.raises(FeedUnreadable):
        read_feed(page(unreadable.host, unreadable.feed_path))


@pytest.mark.parametrize("article", STANDING, ids=lambda article: f"{article.outlet.host}-{article.story.slug}")
def test_every_page_holds_its_article_as_an_extractor_finds_it(article):
    found = extract(page(article.outlet.host, article.path))
    assert found.headline == article.headline
    assert all(text in found.body for text in article.paragraphs)
    assert article.outlet.footer not in found.body


def test_legacy_encodings_are_really_in_use():
    by_encoding = {article.story.encoding: article for article in PRINTED}
    assert {"windows-1251", "shift_jis"} <= by_encoding.keys()
    for encoding in ("windows-1251", "shift_jis"):
        body = page(by_encoding[encoding].outlet.host, by_encoding[encoding].path).body
        assert by_encoding[encoding].headline in body.decode(encoding)
        with pytest.raises(UnicodeDecodeError):
            body.decode("utf-8")


def test_the_undated_story_says_no_date_anywhere():
    undated = next(article for article in PRINTED if article.story.undated)
    document = SITE[undated.outlet.host, undated.path]
    assert document.modified is None
    assert str(START.year) not in document.body.decode() + undated.path
    assert extract(page(undated.outlet.host, undated.path)).dates == ()
    feed = read_feed(page(undated.outlet.host, undated.outlet.feed_path))
    entry = next(entry for entry in feed.entries if entry.link == undated.url)
    assert (entry.published_raw, entry.updated_raw) == (None, None)


def test_a_page_is_gone_though_the_feed_still_names_it():
    gone = [article for article in PRINTED if article.story.status == 410]
    assert [SITE[article.outlet.host, article.path].status for article in gone] == [410]


def test_copies_are_exact_edited_and_cut():
    originals = {a.story.slug: a for a in PRINTED if not a.story.copy}
    ways = set()
    for copy in (a for a in PRINTED if a.story.copy):
        whole, text = originals[copy.story.slug].paragraphs, copy.paragraphs
        ways.add("exact" if text == whole else "cut" if text == whole[: len(text)] else "edited")
        assert copy.published > originals[copy.story.slug].published
        assert copy.outlet != originals[copy.story.slug].outlet
    assert ways == {"exact", "edited", "cut"}


def test_every_change_that_a_copy_makes_changes_something():
    """A swap whose words do not occur, or a cut beyond the end, would silently make an exact copy."""
    originals = {story.slug: story for story in sample().first if not story.copy}
    for table in tomllib.loads((SAMPLE / "copies.toml").read_text(encoding="utf-8"))["copy"]:
        paragraphs = originals[table["of"]].paragraphs
        assert all(any(old in text for text in paragraphs) for old, _ in table.get("swap", ()))
        assert all(at < len(paragraphs) for at in table.get("drop", ()))
        assert table.get("keep", 0) < len(paragraphs)


def test_the_second_edition_changes_three_articles_and_their_feeds_only():
    changed = {address for address in SITE if SITE[address] != SECOND[address]}
    assert SITE.keys() == SECOND.keys()
    second = [article for article in print_edition(START, 2) if article.story.kind]
    assert {article.story.kind for article in second} == {"update", "correction", "kill"}
    feeds = {(article.outlet.host, article.outlet.feed_path) for article in second}
    assert changed == feeds | {(article.outlet.host, article.path) for article in second}
    assert len(changed) == 6


@pytest.mark.parametrize("kind", ["update", "correction", "kill"])
def test_a_changed_entry_keeps_link_and_guid_and_says_when_it_changed(kind):
    article = next(a for a in print_edition(START, 2) if a.story.kind == kind)
    before, after = (
        next(
            e
            for e in read_feed(page(article.outlet.host, article.outlet.feed_path, site)).entries
            if e.link == article.url
        )
        for site in (SITE, SECOND)
    )
    assert (before.guid, before.link, before.published_raw) == (after.guid, after.link, after.published_raw)
    assert before.headline != after.headline
    assert after.updated_raw not in {None, before.updated_raw}
    assert extract(page(article.outlet.host, article.path, SECOND)).headline == article.headline


def test_dates_follow_the_start():
    later = print_edition(START + timedelta(days=40, hours=5), 1)
    for first, second in zip(PRINTED, later, strict=True):
        assert first.story == second.story
        if first.published:
            assert second.published.astimezone(UTC) - first.published.astimezone(UTC) == timedelta(days=40, hours=5)
            assert START - timedelta(days=3) < first.published < START


def test_datelines_carry_the_day_at_the_source():
    """Half past two in the night in London is still the evening before in Denver, and morning in Beijing."""
    leads = {article.story.slug: article.paragraphs[0] for article in PRINTED if not article.story.copy}
    assert leads["pr-soil-sensor"].startswith("DENVER, Feb. 28, 2027 /PRNewswire/ -- ")
    assert leads["lifeboat-medals"].startswith("Feb. 28 (UPI) -- ")
    assert leads["beijing-parks"].startswith("新华社北京3月1日电")


def test_one_start_gives_one_set_of_bytes():
    assert build_site(START, 1) == SITE


def test_feeds_know_who_stands_behind_them():
    feeds = sample_feeds()
    assert len({feed.url for feed in feeds}) == len(feeds) == len(sample_hosts())
    assert all(feed.url.startswith(f"http://{feed.outlet}/") and feed.zone and feed.country for feed in feeds)
    assert {"AP", "AFP", "dpa", "EFE", "Xinhua", "TASS"} <= {feed.agency for feed in feeds}


def test_the_embargoed_file_is_a_wire_item_that_waits():
    (article,) = read_articles(embargoed_file(START), name="embargoed.json")
    assert article.embargo_until == START + EMBARGO
    assert article.item_uri == json.loads(embargoed_file(START))["uri"]
    assert article.body.startswith("GENEVA, March 1 (Reuters) - ")
    assert article.provider == "Reuters"
