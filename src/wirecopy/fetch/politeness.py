"""How many requests a host sees at once, and how far apart: across all feeds and pages of one client."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from wirecopy.fetch.outcomes import RequestOutcome

MAX_WAIT = 60.0
"""Longest pause, in seconds, that is sat out within a run; a longer one ends in `held back`."""


@dataclass(slots=True)
class _Host:
    turns: asyncio.Semaphore
    next_start: float = 0.0
    held_until: float = 0.0
    waiting: int = 0


@dataclass(slots=True)
class Politeness:
    """Gives out turns: at most `per_host` at once for a host, `spacing` seconds apart, `total` at once for all.

    The clock is monotonic seconds; both clock and sleep can be replaced.
    """

    per_host: int
    spacing: float
    total: int
    clock: Callable[[], float] = time.monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _hosts: dict[str, _Host] = field(default_factory=dict)
    _all: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._all = asyncio.Semaphore(self.total)

    @asynccontextmanager
    async def turn(self, host: str, *, delay: float = 0.0) -> AsyncIterator[None]:
        """Hold a turn at a host; `delay` is what its robots.txt asks for, where that is more than our spacing.

        Raises `SourceUnavailable` (`held back`) while the host has asked for a pause longer than `MAX_WAIT`.
        """
        queue = self._hosts.get(host) or self._hosts.setdefault(host, _Host(asyncio.Semaphore(self.per_host)))
        self._refuse_if_held(queue, host)
        queue.waiting += 1
        try:
            async with queue.turns:
                await self._start(queue, host, max(self.spacing, delay))
                try:
                    yield
                finally:
                    self._all.release()
        finally:
            queue.waiting -= 1
            self._forget(host, queue)

    async def _start(self, queue: _Host, host: str, spacing: float) -> None:
        """Take one of all connections at a moment when the host may be asked; none is held while waiting."""
        while True:
            self._refuse_if_held(queue, host)
            pause = max(queue.next_start, queue.held_until) - self.clock()
            if pause > 0:
                await self.sleep(pause)
                continue
            await self._all.acquire()
            now = self.clock()
            if max(queue.next_start, queue.held_until) <= now:
                queue.next_start = now + spacing
                return
            self._all.release()

    def hold(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for so many seconds: it said Retry-After."""
        queue = self._hosts.setdefault(host, _Host(asyncio.Semaphore(self.per_host)))
        queue.held_until = max(queue.held_until, self.clock() + seconds)

    def sent(self, host: str, spacing: float = 0.0) -> None:
        """Count the spacing from now: connecting took its time, and the request left only now."""
        queue = self._hosts.get(host)
        if queue is not None:
            queue.next_start = max(queue.next_start, self.clock() + max(self.spacing, spacing))

    def _refuse_if_held(self, queue: _Host, host: str) -> None:
        left = queue.held_until - self.clock()
        if left > MAX_WAIT:
            raise RequestOutcome.HELD_BACK.error(f"{left:.0f} seconds are left", subject=host)

    def _forget(self, host: str, queue: _Host) -> None:
        """Drop a host that nobody waits for and that owes no pause: ten thousand hosts need no memory."""
        if not queue.waiting and max(queue.next_start, queue.held_until) <= self.clock():
            self._hosts.pop(host, None)
