"""The three functions that anyone may call on a text, a page or a wire file."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import date, datetime

from wirecopy.errors import ArticleMissing, MarkupUnreadable
from wirecopy.model import Article, Dateline, Page

# Imports stand in the functions: each of the three costs only what it uses itself.


def parse_dateline(
    text: str, *, sent_at: date | datetime | None = None, language: str | None = None, agency: str | None = None
) -> Dateline | None:
    """Return the dateline with which a text opens, or None if it has none; never raises on a text.

    `sent_at` (a date or an aware datetime) settles a missing year, `language` (BCP 47) and `agency` (any of its names)
    are evidence for homonyms.
    """
    from wirecopy.normalise.dateline import parse_dateline as parse  # noqa: PLC0415

    return parse(text, sent_at=sent_at, language=language, agency=agency)


def extract_article(html: bytes, url: str, *, fetched_at: datetime | None = None) -> Article | None:
    """Return the article of a page, its names, dates and language decided, or None where the page holds none.

    `fetched_at` (aware) bounds the dates that are possible; `url` may be empty. Never raises on any page.
    """
    from wirecopy.extract import extract  # noqa: PLC0415
    from wirecopy.normalise.item import decide  # noqa: PLC0415

    page = Page(requested_url=url, final_url=url, body=html, fetched_at=fetched_at)
    try:
        return decide(extract(page), captured_at=fetched_at)
    except ArticleMissing:
        return None


def read_items(data: bytes, name: str = "") -> Iterator[Article]:
    """Yield the items of a wire file or feed file of any format, told from its bytes, in their order.

    Names, dates, language and dateline fields are decided. `name` is for messages. Raises a `ContentError` with one
    sentence for what cannot be read, after the whole items before it.
    """
    from wirecopy.normalise.item import decide  # noqa: PLC0415
    from wirecopy.normalise.stated import settle_dateline  # noqa: PLC0415

    for article in _found(data, name):
        yield settle_dateline(decide(article))


LARGE_FEED = 8_000_000
"""Bytes from which on a feed file is read in pieces: its parser holds all that it reads."""


def _found(data: bytes, name: str) -> Iterator[Article]:
    from wirecopy.formats import read_articles, sniff  # noqa: PLC0415

    if sniff(data, name) != "feed":
        yield from read_articles(data, name=name)
        return
    from wirecopy.normalise.entry import article_of_entry  # noqa: PLC0415
    from wirecopy.parse import read_feed  # noqa: PLC0415

    for piece in _feed_pieces(data):
        feed = read_feed(Page(requested_url=name, final_url=name, body=piece))
        yield from (article_of_entry(entry) for entry in feed.entries)


def _feed_pieces(data: bytes) -> Iterator[bytes]:
    from wirecopy.formats import pieces  # noqa: PLC0415

    if len(data) <= LARGE_FEED or data.startswith(b"{"):
        yield data
        return
    for _, piece, _ in pieces(io.BytesIO(data), data[:65_536], "feed"):
        if isinstance(piece, MarkupUnreadable):
            raise piece
        yield piece
