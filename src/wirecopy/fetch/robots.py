"""robots.txt (RFC 9309): what a site asks crawlers not to fetch, and how slowly to go."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from wirecopy.model import RobotsFile

AGENT = "wirecopy"
"""The product token that robots.txt may address."""
MAX_BYTES = 512_000
"""RFC 9309, 2.5: at least 500 KiB must be read; the rest is left."""
MAX_DELAY = 120.0
"""Longest crawl-delay, in seconds, that is honoured: beyond it a site means something else."""
KEPT = timedelta(hours=24)
KEPT_UNREACHABLE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one site as they are for us; without a parser they allow or refuse everything."""

    reachable: bool
    outcome: str = ""
    parsed: Protego | None = None

    def allows(self, url: str) -> bool:
        """Tell whether an address may be fetched."""
        return self.reachable and (self.parsed is None or bool(self.parsed.can_fetch(url, AGENT)))

    @property
    def delay(self) -> float:
        """Return the least seconds between two requests that the site asks for, 0 where it asks for none."""
        asked = self.parsed.crawl_delay(AGENT) if self.parsed else None
        return min(float(asked), MAX_DELAY) if asked else 0.0


@dataclass(slots=True)
class RobotsCache:
    """Holds each site's rules for a day, and asks for them once however many want them at the same time."""

    load: Callable[[str], Awaitable[RobotsFile]]
    clock: Callable[[], datetime]
    _files: dict[str, RobotsFile] = field(default_factory=dict)
    _rules: dict[str, Rules] = field(default_factory=dict)
    _loading: dict[str, asyncio.Task[RobotsFile]] = field(default_factory=dict)
    _fresh: list[RobotsFile] = field(default_factory=list)

    def remember(self, files: Iterable[RobotsFile]) -> None:
        """Take over what an earlier run has read."""
        for file in files:
            self._keep(file)

    def take_fresh(self) -> tuple[RobotsFile, ...]:
        """Return what was read since the last call, for a later run."""
        fresh, self._fresh = tuple(self._fresh), []
        return fresh

    async def rules(self, url: str) -> Rules:
        """Return the rules of the site that an address belongs to, fetching them if need be."""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        held = self._files.get(origin)
        if held is None or self.clock() - held.fetched_at > (KEPT if held.reachable else KEPT_UNREACHABLE):
            await self._load(origin)
        return self._rules.get(origin) or self._read(origin)

    async def _load(self, origin: str) -> None:
        task = self._loading.get(origin)
        if task is None:
            task = self._loading[origin] = asyncio.ensure_future(self.load(origin))
            task.add_done_callback(lambda _: self._loading.pop(origin, None))
        file = await asyncio.shield(task)
        if self._files.get(origin) is not file:
            self._keep(file)
            self._fresh.append(file)

    def _keep(self, file: RobotsFile) -> None:
        self._files[file.origin] = file
        self._rules.pop(file.origin, None)

    def _read(self, origin: str) -> Rules:
        """Return the rules of a file that is held, read when first wanted."""
        file = self._files[origin]
        rules = Rules(file.reachable, file.outcome, Protego.parse(file.text) if file.text.strip() else None)
        return self._rules.setdefault(origin, rules)
