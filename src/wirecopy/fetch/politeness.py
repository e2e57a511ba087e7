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
DOWN_AFTER = 3
"""Failures to reach a host in a row after which it counts as down."""
DOWN_FOR = 600.0
"""Seconds for which a host that is down is not asked: fifty pages of it would hold up all others."""
CROWD = 200
"""Hosts from which on a connection is kept open only where somebody waits for it: open files are few."""
SWEEP = 2000
"""Hosts from which on those that owe no pause are forgotten."""


@dataclass(slots=True)
class _Host:
    """What is owed to a host. Whoever holds the gate is about to send; so two never leave at the same moment."""

    turns: asyncio.Semaphore
    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    next_start: float = 0.0
    held_until: float = 0.0
    waiting: int = 0
    failures: int = 0


@dataclass(slots=True)
class Turn:
    """Leave to send one request; `sent` opens the gate for the next one, after the spacing."""

    host: _Host
    spacing: float
    clock: Callable[[], float]
    crowded: bool
    open: bool = False
    reused: bool = False
    """Whether the request left over a connection kept from before, which the server may have closed meanwhile."""

    def sent(self) -> None:
        """Note that the request is on its way (connecting took its time): the spacing counts from now."""
        if not self.open:
            self.open = True
            self.host.next_start = self.clock() + self.spacing
            self.host.gate.release()

    @property
    def last(self) -> bool:
        """Tell whether the connection is better closed: many hosts are about, and nobody else waits for this one."""
        return self.crowded and self.host.waiting <= 1


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
    _sweep_at: int = SWEEP
    _all: asyncio.Semaphore = field(init=False)

    def __post_init__(self) -> None:
        self._all = asyncio.Semaphore(self.total)

    @asynccontextmanager
    async def turn(self, name: str, *, delay: float = 0.0) -> AsyncIterator[Turn]:
        """Hold a turn at a host; `delay` is what its robots.txt asks for, where that is more than our spacing.

        Raises `SourceUnavailable` (`held back`) while the host has asked for a pause longer than `MAX_WAIT`.
        """
        host = self._host(name)
        self._refuse_if_held(host, name)
        host.waiting += 1
        try:
            async with host.turns:
                turn = await self._start(host, name, max(self.spacing, delay))
                try:
                    yield turn
                finally:
                    turn.sent()
                    self._all.release()
        finally:
            host.waiting -= 1

    async def _start(self, host: _Host, name: str, spacing: float) -> Turn:
        """Return a turn at a moment when the host may be asked; none of all connections is held while waiting."""
        await host.gate.acquire()
        try:
            while not await self._take(host):
                self._refuse_if_held(host, name)
                await self.sleep(max(max(host.next_start, host.held_until) - self.clock(), 0.0))
        except BaseException:
            host.gate.release()
            raise
        return Turn(host, spacing, self.clock, len(self._hosts) > CROWD)

    async def _take(self, host: _Host) -> bool:
        """Take one of all connections, unless the host may not be asked yet."""
        if max(host.next_start, host.held_until) > self.clock():
            return False
        await self._all.acquire()
        if host.held_until <= self.clock():
            return True
        self._all.release()
        return False

    def hold(self, name: str, seconds: float) -> None:
        """Let nobody ask a host for so many seconds: it said Retry-After."""
        host = self._host(name)
        host.held_until = max(host.held_until, self.clock() + seconds)

    def reached(self, name: str, *, reached: bool) -> None:
        """Note whether a host could be reached at all; several failures in a row mean that it is down."""
        host = self._host(name)
        host.failures = 0 if reached else host.failures + 1
        if host.failures >= DOWN_AFTER:
            self.hold(name, DOWN_FOR)

    def _host(self, name: str) -> _Host:
        found = self._hosts.get(name)
        if found is None:
            if len(self._hosts) >= self._sweep_at:
                self._sweep()
            found = self._hosts[name] = _Host(asyncio.Semaphore(self.per_host))
        return found

    def _sweep(self) -> None:
        now = self.clock()
        for name, host in list(self._hosts.items()):
            if not host.waiting and not host.failures and max(host.next_start, host.held_until) <= now:
                del self._hosts[name]
        self._sweep_at = max(SWEEP, 2 * len(self._hosts))

    def _refuse_if_held(self, host: _Host, name: str) -> None:
        left = host.held_until - self.clock()
        if left > MAX_WAIT:
            raise RequestOutcome.HELD_BACK.error(f"{left:.0f} seconds are left", subject=name)
