"""Host names -> addresses that may be connected to: the guard sits here, so a second look-up cannot slip past it."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from contextlib import suppress
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from wirecopy.fetch.addresses import Detours, Guard

LOOKUPS = 32
"""Look-ups at once: getaddrinfo blocks its thread, and ten thousand feeds have as many hosts."""
OFFLINE_AFTER = 10
"""Domains none of which could be looked up, after which no name can be: then there is no network to ask over."""
FAILURE_KEPT = 60.0
"""Seconds for which a name that could not be looked up is not looked up again: a host may have hundreds of pages."""


FOUND_KEPT = 300.0
"""Seconds for which addresses are remembered: the guard judges them again for each connection."""
FOUND_MOST = 20_000


class PrivateAddressError(OSError):
    """A name leads into a private network."""


class OfflineError(OSError):
    """No name at all can be looked up."""


class GuardedResolver(AbstractResolver):
    """Looks names up in threads, applies detours, and lets through only what the guard allows."""

    def __init__(self, guard: Guard, detours: Detours) -> None:
        self._guard = guard
        self._detours = detours
        self._places = asyncio.Semaphore(LOOKUPS)
        self._failed: dict[str, tuple[OSError, float]] = {}
        self._found: dict[str, tuple[list[str], float]] = {}
        self._found_any = False
        self._offline = asyncio.Event()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the allowed addresses of a host; raises `PrivateAddressError` if it has none but private ones.

        Raises `OfflineError` at once where many names and no single one could not be looked up, else `socket.gaierror`.
        """
        detour = self._detours.of(host)
        if detour is not None:
            return [_result(host, detour[0], detour[1])]
        found = await self._remembered(host, port, family)
        allowed = [address for address in found if self._guard.allows(address, host, port)]
        if not allowed:
            raise PrivateAddressError(f"{host} is {', '.join(sorted(found))}")
        return [_result(host, address, port) for address in allowed]

    async def _remembered(self, host: str, port: int, family: socket.AddressFamily) -> list[str]:
        known, until = self._found.get(host, ([], 0.0))
        if time.monotonic() < until:
            return known
        failed, until = self._failed.get(host, (None, 0.0))
        if failed and time.monotonic() < until:
            raise failed
        try:
            found = await self._look_up(host, port, family)
        except OSError as err:
            self._failed[host] = err, time.monotonic() + FAILURE_KEPT
            self._judge()
            raise
        self._found_any = True
        self._offline.clear()
        if len(self._found) >= FOUND_MOST:
            del self._found[next(iter(self._found))]
        self._found[host] = found, time.monotonic() + FOUND_KEPT
        return found

    def _judge(self) -> None:
        if not self._found_any and len({tuple(host.split(".")[-2:]) for host in self._failed}) >= OFFLINE_AFTER:
            self._offline.set()

    async def _look_up(self, host: str, port: int, family: socket.AddressFamily) -> list[str]:
        async with self._places:
            if self._offline.is_set():
                raise OfflineError("no name can be looked up")
            asked = asyncio.ensure_future(_in_thread(host, port, family))
            offline = asyncio.ensure_future(self._offline.wait())
            try:
                await asyncio.wait({asked, offline}, return_when=asyncio.FIRST_COMPLETED)
                if asked.done():
                    return asked.result()
                raise OfflineError("no name can be looked up")
            finally:
                asked.cancel()
                offline.cancel()

    async def close(self) -> None:
        """Leave the look-ups that are still under way to themselves."""


async def _in_thread(host: str, port: int, family: socket.AddressFamily) -> list[str]:
    """Return a host's addresses; the thread is nobody's to wait for, since a look-up cannot be broken off."""
    loop = asyncio.get_running_loop()
    promise: asyncio.Future[list[Any]] = loop.create_future()

    def ask() -> None:
        try:
            infos: list[Any] = socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, socket.AI_ADDRCONFIG)
            error = None
        except (OSError, UnicodeError) as err:
            infos, error = [], err
        with suppress(RuntimeError):  # the loop has ended meanwhile: nobody waits for it any more
            loop.call_soon_threadsafe(_answer, promise, infos, error)

    threading.Thread(target=ask, name="look-up", daemon=True).start()
    return list(dict.fromkeys(str(info[4][0]) for info in await promise))


def _answer(promise: asyncio.Future[list[Any]], infos: list[Any], error: Exception | None) -> None:
    if promise.done():
        return
    if error:
        promise.set_exception(error)
    else:
        promise.set_result(infos)


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
