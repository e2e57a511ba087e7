"""What kind of page it is: an article, or a reason why it is none.

A page that says of itself to be something else is believed if its text is short; with a real text it is doubtful.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from urllib.parse import urlsplit

from wirecopy.errors import ArticleMissing
from wirecopy.extract.blocks import Block
from wirecopy.extract.metadata import Metadata
from wirecopy.extract.setting import is_one_text, is_teasers
from wirecopy.model import Doubt, Page

_REAL_TEXT = 600
_SOME_TEXT = 120
_A_FLASH = 40
_LEAST_LINKS = 15

_KINDS: dict[str, dict[str, list[str]]] = tomllib.loads((Path(__file__).parent / "kinds.toml").read_text("utf-8"))

# "404 - Page not found", "Just a moment...", "Access Denied"
_ERROR_TITLE = re.compile(
    r"^\W*(?:error\W*)?(?:40[0-9]|410|429|50[0-4])\b|\b(?:page|article|seite|artikel|story) (?:not found|nicht gefunden)|"
    r"^not found|access denied|^forbidden|page introuvable|página no encontrada|pagina non trovata|pagina niet gevonden|"
    r"just a moment|are you a (?:robot|human)|attention required|pardon our interruption|security check|"
    r"verify(?:ing)? (?:that )?you are (?:a )?human|service unavailable|bad gateway|ページが見つかりません|页面不存在|페이지를 찾을 수 없",
    re.IGNORECASE,
)

# valley-reopens-its-railway   c_1130012345
_SLUG = re.compile(r"(?:[^\W_]+[-_]){3}|\d{6}")


def check_kind(page: Page, meta: Metadata, headline: str | None, size: int, blocks: list[Block]) -> tuple[Doubt, ...]:
    """Return what is doubtful about the kind of a page.

    `size` is that of its text in bytes of UTF-8, `blocks` are all that it prints. Raises `ArticleMissing` with reason
    `error page`, `index page`, `live blog`, `video page`, `gallery` or `no text`.
    """
    title = headline or meta.head.title
    if page.status >= 400 or (size < _REAL_TEXT and title and _ERROR_TITLE.search(title)):
        raise _missing(page, "error page", f"status {page.status}, {title!r}")
    is_index = _is_index(page, meta, blocks)
    if is_index and (_is_home(page) or size < _REAL_TEXT or not _is_report(page, blocks)):
        raise _missing(page, "index page", "it lists other pages")
    kind = "index page" if is_index else _stated_kind(page, meta)
    if kind and size < _REAL_TEXT:
        raise _missing(page, kind, "its text is no report of its own")
    if size < (_A_FLASH if is_stated_article(meta) else _SOME_TEXT):
        raise _missing(page, "no text", "it holds no running text")
    return (Doubt(kind.replace(" ", "_"), "the page has a text of its own"),) if kind else ()


def is_stated_article(meta: Metadata) -> bool:
    """Tell whether a page says of itself to be an article."""
    return bool(meta.node) or (meta.head.first("og:type") or "").lower() == "article"


def _missing(page: Page, reason: str, why: str) -> ArticleMissing:
    return ArticleMissing(f"the page is no article: {why}", reason=reason, subject=page.final_url)


def _stated_kind(page: Page, meta: Metadata) -> str | None:
    og_type = (meta.head.first("og:type") or "").lower()
    # An article may stand in any section, a section for videos included.
    path = () if meta.node else _path(page.final_url)
    for kind, signs in _KINDS.items():
        of_type = not {*signs["types"]}.isdisjoint(meta.types) and (not meta.node or kind == "live blog")
        of_og_type = any(og_type.startswith(start) for start in signs.get("og_types", ()))
        if of_type or of_og_type or not {*signs["paths"]}.isdisjoint(path):
            return kind
    return None


def _is_index(page: Page, meta: Metadata, blocks: list[Block]) -> bool:
    """Tell a home page, or a page that names no article of its own and is made of links."""
    if is_stated_article(meta):
        return False
    if _is_home(page) and not meta.head.first("article:published_time"):
        return True
    size = sum(len(block.text) for block in blocks)
    linked = sum(min(block.linked, len(block.text)) for block in blocks)
    links = sum(block.link_share > 0.5 for block in blocks)
    stated = not {*_KINDS["index page"]["types"]}.isdisjoint(meta.types)
    return (links >= _LEAST_LINKS and linked > (0.25 if stated else 0.5) * size) or is_teasers(blocks)


def _is_report(page: Page, blocks: list[Block]) -> bool:
    """Tell a page that sets one text, or whose address spells a headline, from one that lists teasers."""
    return is_one_text(blocks) or (bool(_SLUG.search("/".join(_path(page.final_url)[-1:]))) and not is_teasers(blocks))


def _is_home(page: Page) -> bool:
    host, _, rest = page.final_url.partition("://")[2].partition("/")
    return bool(host) and "?" not in rest and not _path(page.final_url)


def _path(url: str) -> list[str]:
    try:
        return [part for part in urlsplit(url).path.lower().split("/") if part]
    except ValueError:  # brackets that hold no address
        return []
