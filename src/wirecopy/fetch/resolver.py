"""Host names -> addresses that may be connected to: the guard sits here, so a second look-up cannot slip past it."""

from __future__ import annotations

import asyncio
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from wirecopy.fetch.addresses import Detours, Guard

LOOKUPS = 32
"""Look-ups at once: getaddrinfo blocks its thread, and ten thousand feeds have as many hosts."""


class PrivateAddressError(OSError):
    """A name leads into a private network."""


class GuardedResolver(AbstractResolver):
    """Looks names up in threads, applies detours, and lets through only what the guard allows."""

    def __init__(self, guard: Guard, detours: Detours) -> None:
        self._guard = guard
        self._detours = detours
        self._threads: ThreadPoolExecutor | None = None

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the allowed addresses of a host; raises `PrivateAddressError` if it has none but private ones."""
        detour = self._detours.of(host)
        if detour is not None:
            return [_result(host, detour[0], detour[1])]
        found = await self._look_up(host, port, family)
        allowed = [address for address in found if self._guard.allows(address, host, port)]
        if not allowed:
            raise PrivateAddressError(f"{host} is {', '.join(sorted(found))}")
        return [_result(host, address, port) for address in allowed]

    async def _look_up(self, host: str, port: int, family: socket.AddressFamily) -> list[str]:
        if self._threads is None:
            self._threads = ThreadPoolExecutor(LOOKUPS, thread_name_prefix="look-up")
        flags = socket.AI_ADDRCONFIG
        infos: list[Any] = await asyncio.get_running_loop().run_in_executor(
            self._threads, lambda: socket.getaddrinfo(host, port, family, socket.SOCK_STREAM, 0, flags)
        )
        return list(dict.fromkeys(str(info[4][0]) for info in infos))

    async def close(self) -> None:
        """End the threads."""
        if self._threads is not None:
            self._threads.shutdown(wait=False)


def _result(host: str, address: str, port: int) -> ResolveResult:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=socket.AI_NUMERICHOST)
