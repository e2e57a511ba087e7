"""Measures extraction: stories printed in the templates of many kinds of sites, and real pages where they lie beside."""

from __future__ import annotations

import gzip
import json
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from string import Template
from typing import Any

from shared_data import find_shared
from wirecopy.model import Article

PAGES = Path(__file__).parent / "corpus" / "pages"
URL = "https://www.example.org/news/2025/some-story-1234"

# Which story each template prints, and in which encoding.
PRINTED = (
    ("wordpress", "harbour", "utf-8"), ("wordpress", "taler", "utf-8"), ("next", "harbour", "utf-8"),
    ("next", "minato", "utf-8"), ("legacy", "harbour", "iso-8859-1"), ("legacy", "taler", "windows-1252"),
    ("legacy", "minato", "shift_jis"), ("chunks", "harbour", "utf-8"), ("chunks", "taler", "utf-8"),
    ("portal", "taler", "utf-8"), ("portal", "harbour", "utf-8"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sample:
    """A page and what is known to be in it."""

    key: str
    html: bytes
    url: str
    headline: str
    body: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    sign_off: str = ""
    must_not: tuple[str, ...] = field(default=())


def own_samples() -> list[Sample]:
    """Return the project's own pages: every story in the templates that print it."""
    stories = tomllib.loads((PAGES / "stories.toml").read_text("utf-8"))
    return [_printed(template, name, stories[name], encoding) for template, name, encoding in PRINTED]


def _printed(template: str, name: str, story: dict[str, Any], encoding: str) -> Sample:
    html = Template((PAGES / f"{template}.html").read_text("utf-8")).substitute(_fields(story, encoding))
    with_standfirst = template != "legacy"
    heads = [story["subhead"]] if story["subhead"] and template not in {"legacy", "next"} else []
    parts = [story["standfirst"]] * with_standfirst + story["paragraphs"][:3] + heads + story["paragraphs"][3:]
    return Sample(
        key=f"{template}-{name}",
        html=html.encode(encoding, "xmlcharrefreplace"),
        url=URL,
        headline=_spaced(story["headline"]),
        body="\n\n".join(map(_spaced, parts)),
        authors=tuple(story["authors"]),
        published=datetime.fromisoformat(story["published"]) if template != "legacy" else None,
        sign_off=story["sign_off"] if template == "wordpress" else "",
    )


def _spaced(text: str) -> str:
    """Return a text with the space that extraction prints for spaces of every width."""
    return " ".join(text.split())


def _fields(story: dict[str, Any], encoding: str) -> dict[str, str]:
    paragraphs, subhead = story["paragraphs"], story["subhead"]
    plain = [f"<p>{text}</p>" for text in paragraphs]
    head = [f"<h2>{subhead}</h2>"] if subhead else []
    joined = " and ".join(story["authors"]) if story["language"] == "en" else ", ".join(story["authors"])
    related = '<div class="related-posts"><p>Related: <a href="/r">How the port grew rich on oranges</a></p></div>'
    box = (
        '<div class="infobox"><h3>Zahlen</h3><p>Die Brücke ist 212 Meter lang und wurde im Jahr 1931 gebaut.</p></div>'
    )
    css = "".join(f'<p class="css-p{len(text) % 2}abc">{text}</p>' for text in paragraphs)
    blocks = [
        f'<div data-component="text-block" class="ssrcss-block"><p class="ssrcss-para">{p}</p></div>'
        for p in paragraphs
    ]
    heads = [f'<div data-component="subheadline-block"><h2>{subhead}</h2></div>'] if subhead else []
    return {
        **{key: value for key, value in story.items() if isinstance(value, str)},
        "url": URL,
        "charset": encoding,
        "day": story["published"][:10],
        "day_long": "Tuesday, March 18, 2025",
        "byline": "By " + joined if story["language"] == "en" else "Von " + joined,
        "authors_joined": joined,
        "authors_json": json.dumps([{"@type": "Person", "name": name} for name in story["authors"]]),
        "headline_json": json.dumps(story["headline"]),
        "caption_json": json.dumps(story["caption"]),
        "body_json": json.dumps("\n".join(paragraphs)),
        "paragraphs_with_related": "\n".join([*plain[:3], related, *head, *plain[3:]]),
        "paragraphs_with_boxes": "\n".join([*plain[:2], box, plain[2], *head, *plain[3:]]),
        "paragraphs_css": css,
        "paragraphs_br": "<BR><BR>\n".join(paragraphs),
        "paragraphs_blocks": "\n".join([*blocks[:3], *heads, *blocks[3:]]),
    }


# --- real pages -----------------------------------------------------------------------------------


def shared_samples() -> list[Sample]:
    """Return the real pages with known answers, none where they do not lie beside the checkout."""
    root = find_shared("pages")
    return list(_shared(root)) if root else []


def read_samples() -> list[Sample]:
    """Return the real pages where there are any, else the project's own."""
    return shared_samples() or own_samples()


def _shared(root: Path) -> Iterator[Sample]:
    for folder in sorted(path for path in root.iterdir() if (path / "meta.info").exists()):
        meta = json.loads((folder / "meta.info").read_text("utf-8"))
        for answers in sorted(folder.glob("*.json")):
            known = json.loads(answers.read_text("utf-8"))
            pages = sorted(name for name in meta if name.startswith(answers.stem + "_"))
            for page, version in zip(pages, sorted(known, key=_version), strict=False):
                yield _answered(f"{folder.name}/{page}", folder / page, meta[page], known[version])


def _version(name: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", name)] + [0]


def _answered(key: str, path: Path, about: Any, answer: dict[str, Any]) -> Sample:
    body = answer.get("body") or {}
    parts = list(body.get("summary") or [])
    for section in body.get("sections") or []:
        parts += [*(section.get("headline") or []), *(section.get("paragraphs") or [])]
    published = answer.get("publishing_date")
    return Sample(
        key=key,
        html=gzip.decompress(path.read_bytes()),
        url=about["url"] if isinstance(about, dict) else str(about),
        headline=answer.get("title") or "",
        body="\n".join(parts),
        authors=tuple(answer.get("authors") or ()),
        published=datetime.fromisoformat(published) if published else None,
    )


# --- scores ---------------------------------------------------------------------------------------


def words(text: str | None) -> list[str]:
    """Return the words of a text, case and width apart."""
    return re.findall(r"\w+", unicodedata.normalize("NFKC", text or "").lower())


def shingles(text: str) -> Counter[str]:
    """Return the runs of four words of a text."""
    found = words(text)
    return Counter(" ".join(found[at : at + 4]) for at in range(max(1, len(found) - 3)) if found)


def score(samples: list[Sample], extracted: Callable[[bytes, str], Article | None]) -> dict[str, float]:
    """Return body precision, recall and F1, and the shares of right headlines, days, instants and authors."""
    tallies: dict[str, list[float]] = {}
    for sample in samples:
        for measure, value in _tally(sample, extracted(sample.html, sample.url)):
            tallies.setdefault(measure, []).append(value)
    means = {measure: sum(values) / len(values) for measure, values in tallies.items()}
    both = means["precision"] + means["recall"]
    return {**means, "body": 2 * means["precision"] * means["recall"] / both if both else 0.0}


def _tally(sample: Sample, got: Article | None) -> Iterator[tuple[str, float]]:
    want, have = shingles(sample.body), shingles(got.body if got else "")
    common = sum((want & have).values())
    yield "precision", common / max(1, sum(have.values()))
    yield "recall", common / max(1, sum(want.values()))
    if sample.headline:
        yield "headline", words(sample.headline) == words(got.headline if got else "")
    if sample.authors:
        names = {" ".join(words(name)) for name in sample.authors}
        found = {" ".join(words(name)) for name in (got.authors or (got.credit,) if got else ()) if name}
        yield "authors", 2 * len(names & found) / max(1, len(names) + len(found))
    if sample.published:
        yield from _dates(sample.published, got)


def _dates(want: datetime, got: Article | None) -> Iterator[tuple[str, float]]:
    at = got.published.at if got and got.published else None
    yield "day", bool(at) and (at.astimezone(want.tzinfo) if want.tzinfo else at).date() == want.date()
    if want.tzinfo and (want.hour, want.minute, want.second) != (0, 0, 0):
        yield "instant", bool(at) and abs((at - want).total_seconds()) <= 60
