"""Read once, for the processes that the pool forks to read pages: what wires need, the extractor, the model of languages.

Importing this module reads a page and a feed, so that whatever the first ones load is loaded before the fork and shared after it.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime

from wirecopy.errors import WirecopyError
from wirecopy.model import Page
from wirecopy.pipeline import warm_wires  # noqa: F401 - for what it loads
from wirecopy.pipeline.feedread import FeedJob, read_feed_job
from wirecopy.pipeline.work import PageJob, make_of_page

_PARAGRAPH = "The harbour of Oslo will stay shut on Monday, its master said, since the ice has not gone out of it yet. "
_PAGE = f"<html><body><main><h1>Harbour stays shut</h1><p>OSLO (AP) - {_PARAGRAPH * 3}</p><p>{_PARAGRAPH * 3}</p></main></body></html>"

_FEED = f"<rss version='2.0'><channel><item><title>Ice</title><link>https://a.example/1</link><description>{_PARAGRAPH}</description></item></channel></rss>"

with suppress(WirecopyError):  # what is missing is told by the first real page
    make_of_page(PageJob(page=Page(requested_url="", final_url="", body=_PAGE.encode())))
    read_feed_job(
        FeedJob(
            Page(requested_url="", final_url="https://a.example/", body=_FEED.encode(), fetched_at=datetime.now(UTC)),
            {},
        )
    )
