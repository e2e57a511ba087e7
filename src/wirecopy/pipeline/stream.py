"""Many things to do at once on one event loop, their results handed on in batches as they come."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, Iterator
from typing import Generic, TypeVar
from urllib.parse import urlsplit

Value = TypeVar("Value")
Result = TypeVar("Result")
AHEAD = 4
"""Batches that may wait to be taken before no more is begun."""


class _Stream(Generic[Value, Result]):
    def __init__(self, values: Iterator[Value], work: Callable[[Value], Awaitable[Result]], size: int) -> None:
        self._values = values
        self._work = work
        self._size = size
        self._ready: list[Result] = []
        self._full = asyncio.Event()
        self._room = asyncio.Event()

    async def run(self) -> None:
        for value in self._values:
            if len(self._ready) >= AHEAD * self._size:
                self._room.clear()
                await self._room.wait()
            result = await self._work(value)
            self._ready.append(result)
            if len(self._ready) >= self._size:
                self._full.set()

    async def batch(self, ended: asyncio.Future[list[None]]) -> list[Result]:
        """Return what is ready: a whole batch, or what is left at the end."""
        if not ended.done() and len(self._ready) < self._size:
            self._full.clear()
            await self._full.wait()
        taken, self._ready = self._ready, []
        self._room.set()
        return taken

    def end(self, _: object) -> None:
        self._full.set()


async def in_batches(
    values: Iterable[Value], work: Callable[[Value], Awaitable[Result]], *, at_once: int, size: int
) -> AsyncIterator[list[Result]]:
    """Work on values, `at_once` at a time, and yield the results in batches of about `size`, in the order of their ends.

    What one piece of work raises ends all others and is raised here.
    """
    stream = _Stream(iter(values), work, size)
    runners = [asyncio.ensure_future(stream.run()) for _ in range(at_once)]
    ended = asyncio.gather(*runners)
    ended.add_done_callback(stream.end)
    try:
        while batch := await stream.batch(ended):
            yield batch
        await ended
    finally:
        for runner in runners:
            runner.cancel()
        await asyncio.gather(ended, *runners, return_exceptions=True)


def mixed(urls: Iterable[str]) -> list[str]:
    """Return addresses in a fixed order in which those of one host lie as far apart as can be."""
    held: Counter[str] = Counter()
    ranked = []
    for url in sorted(urls):
        host = urlsplit(url).hostname or ""
        ranked.append((held[host], host, url))
        held[host] += 1
    return [url for _, _, url in sorted(ranked)]
