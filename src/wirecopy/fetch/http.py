"""One request after the other, politely and safely: address -> Page, or an error whose type names the reaction.

The walk over redirects is our own, because each step must pass the guard, the robots rules and the host's turn,
and because only permanent steps may ever change a stored address.
"""

from __future__ import annotations

import asyncio
import os
import ssl
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from types import TracebackType
from typing import Self

import aiohttp
import yarl

from wirecopy.errors import SourceError
from wirecopy.fetch.addresses import Guard, host_and_port, origin_of, read_detours, read_guard, wire_url, without_secret
from wirecopy.fetch.caching import read_fresh_until, read_retry_after
from wirecopy.fetch.credentials import Credentials, read_credentials
from wirecopy.fetch.exchange import (
    ACCEPT,
    REDIRECTS,
    Answer,
    Fetched,
    FetchRequest,
    Walk,
    check_type,
    headers_of,
    next_step,
    permanent_step,
)
from wirecopy.fetch.failures import FAILURES, failure
from wirecopy.fetch.outcomes import NO_WAY, WORDS, RequestOutcome, outcome_of_status
from wirecopy.fetch.payload import content_hash, unpack
from wirecopy.fetch.politeness import Politeness, Turn
from wirecopy.fetch.robots import MAX_BYTES, RobotsCache
from wirecopy.fetch.session import TURN, open_session, user_agent
from wirecopy.fetch.tls import trust
from wirecopy.model import Page, RequestRecord, RobotsFile
from wirecopy.settings import Settings

__all__ = ["Client", "FetchRequest", "Fetched", "user_agent"]

MAX_REDIRECTS = 10


def _utc_now() -> datetime:
    return datetime.now(UTC)


class Client:
    """Fetches addresses over one session; use as `async with Client(settings) as client`."""

    def __init__(
        self,
        settings: Settings,
        *,
        clock: Callable[[], datetime] = _utc_now,
        environ: Mapping[str, str] = os.environ,
        robots: Iterable[RobotsFile] = (),
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._environ = environ
        self._guard: Guard = read_guard(settings.allow_private)
        self._detours = read_detours(settings.resolve)
        self._politeness = Politeness(settings.connections_per_host, settings.spacing_seconds, settings.connections)
        self._robots = RobotsCache(self._load_robots, clock)
        self._robots.remember(robots)
        self._robots_records: list[RequestRecord] = []
        self._session: aiohttp.ClientSession | None = None
        self._trust: ssl.SSLContext | None = None

    async def __aenter__(self) -> Self:
        """Open the session."""
        self._session = open_session(self._settings, self._guard, self._detours)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the session and its connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    def take_robots(self) -> tuple[tuple[RobotsFile, ...], tuple[RequestRecord, ...]]:
        """Return the robots files read since the last call, to be remembered, and the requests that it took."""
        records, self._robots_records = tuple(self._robots_records), []
        return self._robots.take_fresh(), records

    async def fetch(self, request: FetchRequest) -> Fetched:
        """Return what an address answers: a page of status 200, or `not_modified`.

        Raises `SourceUnavailable` or `SourceRefused` for everything else; `outcome` is its word, `record` its row.
        Waits for the host's turn; the time limit of the settings counts from there, for each step.
        """
        asked_at = self._clock()
        began = time.monotonic()
        walk = Walk(request, Credentials(), request.url)
        try:
            walk.credentials = read_credentials(request.auth, self._environ)
            answer = await self._whole_or_conditional(walk)
        except SourceError as err:
            err.record = self._record(walk, err.outcome, asked_at, began, detail=err.message)
            err.subject = err.subject or without_secret(request.url)
            raise
        return self._fetched(walk, answer, asked_at, began)

    # --- one request ---

    def _record(self, walk: Walk, outcome: str, asked_at: datetime, began: float, detail: str = "") -> RequestRecord:
        return RequestRecord(
            url=without_secret(walk.request.url),
            kind=walk.request.kind,
            outcome=outcome,
            requested_at=asked_at,
            status=walk.status,
            bytes=walk.size,
            milliseconds=round((time.monotonic() - began) * 1000),
            retry_after=walk.retry_after,
            detail=detail,
        )

    def _fetched(self, walk: Walk, answer: Answer, asked_at: datetime, began: float) -> Fetched:
        now = self._clock()
        unchanged = answer.status == 304
        digest = "" if unchanged else content_hash(answer.body)
        outcome = RequestOutcome.NOT_MODIFIED if unchanged else RequestOutcome.FETCHED
        if digest and digest == walk.request.content_hash:
            outcome = RequestOutcome.SAME_BYTES
        return Fetched(
            record=self._record(walk, outcome.value, asked_at, began),
            page=None if unchanged else self._page(walk, answer, now),
            not_modified=unchanged,
            conditional=walk.conditional,
            redirects=tuple(walk.trail),
            permanent_url=self._moved_to(walk),
            content_hash=digest or walk.request.content_hash,
            etag=answer.header("etag") or (walk.request.etag if unchanged else None),
            last_modified=answer.header("last-modified") or (walk.request.last_modified if unchanged else None),
            fresh_until=read_fresh_until(answer.header, now),
        )

    @staticmethod
    def _moved_to(walk: Walk) -> str | None:
        """Return where an address has moved for good; nowhere where credentials for it would follow it to others."""
        target = permanent_step(walk.trail)
        away = target is not None and origin_of(target) != origin_of(wire_url(walk.request.url))
        return None if away and walk.credentials.given else target

    def _page(self, walk: Walk, answer: Answer, now: datetime) -> Page:
        return Page(
            requested_url=walk.request.url,
            final_url=walk.url,
            body=answer.body,
            status=answer.status,
            headers=answer.headers,
            fetched_at=now,
        )

    # --- the walk over redirects ---

    async def _whole_or_conditional(self, walk: Walk) -> Answer:
        """Ask with validators first; a server whose answer to them is broken (a 304 with a body) is asked without."""
        try:
            return await self._walk(walk)
        except SourceError as err:
            if err.outcome != RequestOutcome.BAD_RESPONSE or not walk.conditional:
                raise
        walk.request = replace(walk.request, etag=None, last_modified=None)
        walk.trail.clear()
        return await self._walk(walk)

    async def _walk(self, walk: Walk) -> Answer:
        walk.url = wire_url(walk.request.url)
        owner = walk.request.owner
        origin = origin_of(wire_url(owner)) if owner and walk.credentials.given else None
        for _ in range(MAX_REDIRECTS + 1):
            delay = await self._permit(walk)
            answer = await self._ask(walk, delay, trusted=origin is not None and origin_of(walk.url) == origin)
            if answer.location is None:
                return answer
            walk.url = next_step(walk, answer)
        raise RequestOutcome.REDIRECT_LIMIT.error(f"{MAX_REDIRECTS} and more")

    async def _permit(self, walk: Walk) -> float:
        """Return the site's crawl-delay; raises where guard or robots.txt forbid the step."""
        self._check_literal(walk.url)
        kind = walk.request.kind
        if kind == "robots" or (kind != "page" and not self._settings.robots_for_feeds):
            return 0.0
        rules = await self._robots.rules(walk.url)
        if not rules.reachable:
            raise _unreachable(rules.outcome, walk.url)
        if not rules.allows(walk.url):
            raise RequestOutcome.ROBOTS_REFUSED.error(subject=walk.url)
        return rules.delay

    def _check_literal(self, url: str) -> None:
        """Raise for a private address written as such: it never reaches the resolver."""
        host, port = host_and_port(url)
        if (":" in host or host.replace(".", "").isdecimal()) and not self._guard.allows(host, host, port):
            raise RequestOutcome.PRIVATE_ADDRESS.error(host)

    async def _ask(self, walk: Walk, delay: float, *, trusted: bool) -> Answer:
        host, _ = host_and_port(walk.url)
        async with self._politeness.turn(host, delay=delay) as turn:
            try:
                return await self._once(walk, turn, host, trusted=trusted)
            except SourceError as err:
                stale = turn.reused and walk.status is None and err.outcome == RequestOutcome.CONNECTION_LOST
                if not stale:
                    raise
            # The server had closed the connection that we kept open: it never saw the request.
            return await self._once(walk, turn, host, trusted=trusted)

    async def _once(self, walk: Walk, turn: Turn, host: str, *, trusted: bool) -> Answer:
        reading = False
        turn.reused = True
        TURN.set(turn)
        try:
            async with asyncio.timeout(self._settings.timeout_seconds):
                async with self._open(walk, turn, trusted=trusted) as response:
                    reading = True
                    self._politeness.reached(host, reached=True)
                    return await self._read(walk, response, host)
        except FAILURES as err:
            self._politeness.reached(host, reached=reading)
            raise failure(err, reading=reading) from err

    def _open(self, walk: Walk, turn: Turn, *, trusted: bool) -> aiohttp.client._RequestContextManager:
        assert self._session is not None, "use the client as a context manager"
        request = walk.request
        headers = {"Accept": ACCEPT[request.kind]}
        if request.etag:
            headers["If-None-Match"] = request.etag
        if request.last_modified:
            headers["If-Modified-Since"] = request.last_modified
        if turn.last:
            headers["Connection"] = "close"
        certificate = None
        if trusted:
            headers |= dict(walk.credentials.headers)
            certificate = walk.credentials.certificate
        if certificate is None and walk.url.startswith("https:"):
            certificate = self._trust = self._trust or trust()
        return self._session.get(
            yarl.URL(walk.url, encoded=True),
            headers=headers,
            allow_redirects=False,
            ssl=certificate or True,
        )

    # --- the answer ---

    async def _read(self, walk: Walk, response: aiohttp.ClientResponse, host: str) -> Answer:
        walk.status = response.status
        headers = headers_of(response.raw_headers)
        answer = Answer(response.status, headers)
        if response.status in REDIRECTS:
            return replace(answer, location=answer.header("location") or "")
        if response.status == 304 and walk.conditional:
            return answer
        self._check_status(walk, answer, host)
        check_type(walk.request.kind, answer.header("content-type"))
        body = await self._body(walk, response, answer.header("content-encoding") or "")
        return replace(answer, body=body)

    def _check_status(self, walk: Walk, answer: Answer, host: str) -> None:
        outcome = outcome_of_status(answer.status)
        if outcome is RequestOutcome.FETCHED:
            return
        now = self._clock()
        if answer.status in {429, 503}:
            walk.retry_after = read_retry_after(answer.header("retry-after"), now, date=answer.header("date"))
            if walk.retry_after:
                self._politeness.hold(host, (walk.retry_after - now).total_seconds())
        raise outcome.error(f"status {answer.status}")

    async def _body(self, walk: Walk, response: aiohttp.ClientResponse, coding: str) -> bytes:
        limit = MAX_BYTES if walk.request.kind == "robots" else self._settings.max_bytes
        announced = response.content_length
        if announced is not None and announced > limit and walk.request.kind != "robots":
            raise RequestOutcome.TOO_LARGE.error(f"{announced:,} bytes announced, {limit:,} allowed")
        parts: list[bytes] = []
        async for part in response.content.iter_any():
            parts.append(part)
            walk.size += len(part)
            if walk.size > limit:
                if walk.request.kind == "robots":
                    break
                raise RequestOutcome.TOO_LARGE.error(f"more than {limit:,} bytes")
        body = unpack(b"".join(parts), coding, limit) if coding else b"".join(parts)
        if not body and walk.request.kind != "robots":
            raise RequestOutcome.EMPTY.error()
        return body

    # --- robots.txt ---

    async def _load_robots(self, origin: str) -> RobotsFile:
        """Return a site's robots.txt: none for 4xx, out of reach for 5xx and failures (RFC 9309, 2.3.1)."""
        try:
            fetched = await self.fetch(FetchRequest(url=f"{origin}/robots.txt", kind="robots"))
        except SourceError as err:
            if err.record is not None:
                self._robots_records.append(err.record)
            status = err.record.status if err.record else None
            missing = status is not None and 400 <= status < 500 and status != 429
            return RobotsFile(origin=origin, reachable=missing, outcome=err.outcome, fetched_at=self._clock())
        self._robots_records.append(fetched.record)
        text = fetched.page.body.decode("utf-8", "replace").removeprefix("\ufeff") if fetched.page else ""
        return RobotsFile(origin=origin, text=text, fetched_at=self._clock())


def _unreachable(outcome: str, subject: str) -> SourceError:
    """Return why a site without readable robots.txt is left alone: where no way leads to it at all, that word."""
    word = WORDS.get(outcome, RequestOutcome.ROBOTS_UNAVAILABLE)
    return (word if word in NO_WAY else RequestOutcome.ROBOTS_UNAVAILABLE).error(
        "asking for robots.txt", subject=subject
    )
