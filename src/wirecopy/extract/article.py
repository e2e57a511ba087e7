"""Page -> Article: what a page says, as found; deciding among dates and names is left to `normalise`."""

from __future__ import annotations

from importlib.metadata import version

from wirecopy.extract.blocks import read_blocks
from wirecopy.extract.body import read_again, read_body
from wirecopy.extract.document import open_document
from wirecopy.extract.headline import choose_headline
from wirecopy.extract.kind import check_kind
from wirecopy.extract.metadata import read_metadata
from wirecopy.extract.prose import measure
from wirecopy.extract.prune import prune_insets, prune_surroundings, prune_tags
from wirecopy.extract.sign_off import names_in, split_sign_off
from wirecopy.extract.survey import survey
from wirecopy.extract.truncation import is_truncated
from wirecopy.extract.visible_credits import (
    after_headline,
    printed_bylines,
    printed_dates,
    visible_dates,
    visible_names,
)
from wirecopy.model import Article, NameCandidate, Page

_SOUND_BYTES = 250
_FAR_FULLER = 1.5
_FIRST_BLOCKS = 60
# What trafilatura can be asked about in a few seconds.
_MOST_ELEMENTS = 10_000
EXTRACTOR = f"wirecopy-1 trafilatura-{version('trafilatura')}"


def extract(page: Page) -> Article:
    """Return the article of a page, its dates and names still candidates.

    Raises `ArticleMissing` with a reason code for a page that holds none; nothing else, for any bytes.
    """
    document = open_document(page)
    meta = read_metadata(document.root, document.url)
    prune_tags(document.body)
    marked = survey(document.body)
    blocks = read_blocks(document.body)
    headline = choose_headline(meta, document.url, (block.text for block in blocks[:_FIRST_BLOCKS]))
    prose = measure(blocks, document.body)
    prune_surroundings(document.body, marked, prose)
    around = after_headline(document.body, blocks, headline)
    near = [block for block in blocks if block.owner in around]
    names = (
        *meta.names,
        *visible_names(element for element in marked.of("name") if element in around),
        *printed_bylines(near),
    )
    dates = (
        *meta.dates,
        *visible_dates(element for element in marked.of("time") if element in around),
        *printed_dates(near),
    )
    prune_insets(marked, prose)
    found = read_body(document.body, marked, meta, headline or "")
    if found.size < _SOUND_BYTES and not meta.updates and document.elements < _MOST_ELEMENTS:
        second = read_again(document.text)
        found = second if second.size > _FAR_FULLER * found.size else found
    paragraphs, sign_off = split_sign_off(found.paragraphs)
    body = "\n\n".join(paragraphs)
    doubts = check_kind(page, meta, headline, found.size, blocks)
    return Article(
        headline=headline,
        body=body,
        sign_off=sign_off,
        section=meta.section,
        keywords=meta.keywords,
        image_url=meta.image_url,
        image_caption=meta.image_caption,
        truncated=found.method != "json-ld" and is_truncated(meta, blocks, paragraphs),
        url=document.url or None,
        canonical_url=meta.canonical_url,
        dates=tuple(dict.fromkeys(dates)),
        names=tuple(dict.fromkeys([*names, *(NameCandidate(name, "sign_off") for name in names_in(sign_off))])),
        language_raw=meta.language,
        extractor=f"{EXTRACTOR} {found.method}",
        doubts=(*document.doubts, *doubts),
    )
