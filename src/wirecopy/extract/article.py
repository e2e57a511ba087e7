"""Page -> Article: what a page says, as found; deciding among dates and names is left to `normalise`."""

from __future__ import annotations

from dataclasses import dataclass
from importlib.metadata import version

from wirecopy.extract.blocks import Block, read_blocks
from wirecopy.extract.body import Body, read_again, read_body, read_data
from wirecopy.extract.document import Document, open_document
from wirecopy.extract.headline import choose_headline
from wirecopy.extract.kind import check_kind, is_stated_article
from wirecopy.extract.metadata import Metadata, read_metadata
from wirecopy.extract.microformats import read_microformats
from wirecopy.extract.printed_names import unmarked_bylines
from wirecopy.extract.prose import measure
from wirecopy.extract.prune import prune_insets, prune_surroundings, prune_tags
from wirecopy.extract.sign_off import names_in, split_sign_off
from wirecopy.extract.survey import Survey, survey
from wirecopy.extract.truncation import is_truncated
from wirecopy.extract.visible_credits import (
    after_headline,
    credits_of,
    printed_bylines,
    printed_dates,
    visible_dates,
    visible_names,
)
from wirecopy.model import Article, DateCandidate, NameCandidate, Page

_SOUND_BYTES = 250
_TEASER_BYTES = 800
_FAR_FULLER = 1.5
_FIRST_BLOCKS = 60
# What trafilatura can be asked about in a few seconds.
_MOST_ELEMENTS = 10_000
_MOST_CHARS = 2_000_000
_WHOLE = frozenset(("json-ld", "state"))
EXTRACTOR = f"wirecopy-1 trafilatura-{version('trafilatura')}"


@dataclass(frozen=True, slots=True)
class _Printed:
    """What a page prints: headline, bylines and dates near it, all its blocks, and the text among them."""

    headline: str | None
    names: tuple[NameCandidate, ...]
    dates: tuple[DateCandidate, ...]
    blocks: list[Block]
    text: Body


def extract(page: Page) -> Article:
    """Return the article of a page, its dates and names still candidates.

    Raises `ArticleMissing` with a reason code for a page that holds none; nothing else, for any bytes.
    """
    document = open_document(page)
    meta = read_metadata(document.root, document.url)
    entry_names, entry_dates = read_microformats(document.root, document.text)
    printed = _read(document, meta)
    doubts = check_kind(page, meta, printed.headline, printed.text.size, printed.blocks)
    paragraphs, sign_off = split_sign_off(printed.text.paragraphs)
    signed = [
        *(NameCandidate(name, "sign_off") for name in names_in(sign_off)),
        *(NameCandidate(name, "signature") for name in printed.text.signatures),
    ]
    return Article(
        headline=printed.headline,
        body="\n\n".join(paragraphs),
        sign_off=sign_off,
        section=meta.section,
        keywords=meta.keywords,
        image_url=meta.image_url,
        image_caption=meta.image_caption,
        truncated=printed.text.method not in _WHOLE and is_truncated(meta, printed.blocks, paragraphs),
        url=document.url or None,
        canonical_url=meta.canonical_url,
        dates=tuple(dict.fromkeys([*meta.dates, *entry_dates, *printed.text.dates, *printed.dates])),
        names=tuple(dict.fromkeys([*meta.names, *printed.text.names, *printed.names, *entry_names, *signed])),
        language_raw=meta.language,
        extractor=f"{EXTRACTOR} {printed.text.method}",
        doubts=(*document.doubts, *doubts),
    )


def _read(document: Document, meta: Metadata) -> _Printed:
    """Read a page from the outside in: what surrounds its article goes first, what stands inside it last."""
    body = document.body
    prune_tags(body)
    marked, blocks = survey(body), read_blocks(body)
    headline = choose_headline(meta, document.url, (block.text for block in blocks[:_FIRST_BLOCKS]))
    prose = measure(blocks, body)
    prune_surroundings(body, marked, prose, credits_of(body, blocks, headline, marked))
    around = after_headline(body, blocks, headline)
    near = [block for block in blocks if block.owner in around]
    names = (*visible_names(element for element in marked.of("name") if element in around), *_bylines(near))
    dates = (*visible_dates(element for element in marked.of("time") if element in around), *printed_dates(near))
    prune_insets(marked, prose)
    return _Printed(headline, names, dates, blocks, _text(document, marked, meta, headline or ""))


def _bylines(near: list[Block]) -> tuple[NameCandidate, ...]:
    """Return the bylines printed between headline and text, else what opens as one further down."""
    found = tuple(NameCandidate(text, "visible") for text in unmarked_bylines(near))
    return found or tuple(printed_bylines(near))


def _text(document: Document, marked: Survey, meta: Metadata, headline: str) -> Body:
    found = read_body(document.body, marked, meta, headline)
    is_large = document.elements >= _MOST_ELEMENTS or len(document.text) > _MOST_CHARS
    if found.size >= _TEASER_BYTES or meta.updates or document.elements >= _MOST_ELEMENTS:
        return found
    stated = read_data(document.text, headline, is_article=is_stated_article(meta))
    if stated.size > _FAR_FULLER * found.size:
        return stated
    if found.size >= _SOUND_BYTES or is_large:
        return found
    second = read_again(document.text, headline)
    return second if second.size > _FAR_FULLER * found.size else found
