"""What kind of page it is: an article, or a reason why it is none."""

from __future__ import annotations

import re

from wirecopy.errors import ArticleMissing
from wirecopy.extract.metadata import Metadata
from wirecopy.model import Doubt, Page

_REAL_TEXT = 600
_SOME_TEXT = 120

_ERROR_TITLE = re.compile(
    r"\b(?:404|403|410|50[0234])\b|page not found|not found|access denied|forbidden|seite nicht gefunden|"
    r"page introuvable|página no encontrada|pagina non trovata|just a moment|are you a robot|attention required",
    re.IGNORECASE,
)


def check_kind(page: Page, meta: Metadata, headline: str | None, size: int) -> tuple[Doubt, ...]:
    """Return what is doubtful about the kind of a page; `size` is that of its text in bytes of UTF-8.

    Raises `ArticleMissing` with reason `error page`, `live blog`, `video page`, `gallery`, `index page` or `no text`.
    """
    if page.status >= 400 or (size < _REAL_TEXT and headline and _ERROR_TITLE.search(headline)):
        raise ArticleMissing(f"the page is an error page ({page.status})", reason="error page", subject=page.final_url)
    kind = _stated_kind(meta)
    if kind and size < _REAL_TEXT:
        raise ArticleMissing(f"the page is no article but a {kind}", reason=kind, subject=page.final_url)
    if size < _SOME_TEXT:
        raise ArticleMissing("the page holds no running text", reason="no text", subject=page.final_url)
    return (Doubt(kind, "the page has a text of its own"),) if kind else ()


def _stated_kind(meta: Metadata) -> str | None:
    og_type = (meta.head.first("og:type") or "").lower()
    if "LiveBlogPosting" in meta.types:
        return "live blog"
    if og_type.startswith("video") or ("VideoObject" in meta.types and not meta.node):
        return "video page"
    if {"ImageGallery", "MediaGallery"} & set(meta.types):
        return "gallery"
    if not meta.node and ({"CollectionPage", "ItemList"} & set(meta.types)) and og_type != "article":
        return "index page"
    return None
