"""What a demo needs to know of the sample: its feeds, its hosts, and the embargoed file for backfill."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from html import escape

from wirecopy.demo.edition import date_fields
from wirecopy.demo.stories import SAMPLE, Outlet, sample
from wirecopy.model import Feed

EMBARGO = timedelta(hours=6)
"""How long after the start the embargoed story may be shown."""


def _declared(outlet: Outlet) -> Feed:
    return Feed(
        url=outlet.feed_url,
        title=outlet.title,
        agency=outlet.agency,
        outlet=outlet.host,
        country=outlet.country,
        language=outlet.language,
        zone=outlet.zone,
        verified=True,
    )


def sample_feeds() -> tuple[Feed, ...]:
    """Return the feeds of the sample wires, the broken ones included."""
    return tuple(_declared(outlet) for outlet in sample().outlets)


def sample_hosts() -> tuple[str, ...]:
    """Return the hosts that the loopback server plays."""
    return tuple(outlet.host for outlet in sample().outlets)


def embargoed_file(start: datetime) -> bytes:
    """Return a ninjs file (IPTC ninjs 1.3) whose story is embargoed until six hours after `start` (aware)."""
    headline, *paragraphs = (SAMPLE / "embargoed.md").read_text(encoding="utf-8").strip().split("\n\n")
    fields = date_fields(start, "en")
    texts = [text.format_map(fields) for text in paragraphs]
    item = {
        "uri": f"urn:newsml:reuters.com:{start:%Y%m%d}:sample-embargo-1",
        "type": "text",
        "profile": "text",
        "version": "1",
        "versioncreated": start.replace(microsecond=0).isoformat(),
        "firstcreated": (start - timedelta(minutes=20)).replace(microsecond=0).isoformat(),
        "embargoed": (start + EMBARGO).replace(microsecond=0).isoformat(),
        "pubstatus": "usable",
        "urgency": 4,
        "language": "en",
        "headline": headline,
        "slugline": "HEALTH-MALARIA/VACCINE",
        "byline": "By Nadia Okello",
        "source": "Reuters",
        "located": "Geneva",
        "ednote": "Embargoed: not for publication before the time given.",
        "body_html": "".join(f"<p>{escape(text, quote=False)}</p>" for text in texts),
    }
    return json.dumps(item, ensure_ascii=False, indent=1).encode()
