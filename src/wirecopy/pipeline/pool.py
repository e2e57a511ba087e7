"""A warm pool of worker processes that outlives what it is fed.

One thread stands beside each process, hands it a batch and takes the results one by one, so that a page that kills or
stalls its worker costs only itself: the rest of its batch goes on in a fresh process. `ProcessPoolExecutor` loses every
pending batch in that case and knows no time limit.
"""

from __future__ import annotations

import asyncio
import multiprocessing
import os
import queue
import signal
import sys
import threading
import time
import types
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from wirecopy.errors import ContentError, WirecopyError
from wirecopy.pipeline.garbage import collect_seldom
from wirecopy.pipeline.parcel import packed, unpacked

PAGES = "wirecopy.pipeline.warm"
WIRES = "wirecopy.pipeline.warm_wires"
"""What the process that workers are forked from reads before: a worker of wires loads by itself what a page needs."""
AHEAD = 16
"""Batches a worker that are read ahead at most,"""
AHEAD_BYTES = 16_000_000
"""and the bytes that they may hold together."""
START_SECONDS = 120.0
"""A fresh process imports the extractors before its first page; that time is not the page's."""


_MAIN = threading.Lock()
_LOOK_SECONDS = 1.0
_PATIENCE = 10
_IDLE = 0.02
"""A worker that uses less than this share of a processor does not work, it hangs."""


def _cpu_seconds(pid: int | None) -> float:
    """Return the processor time that a process has used; 0 where the system does not tell."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True)
class Job:
    """A function of this package and the values to call it with, one by one."""

    function: Callable[[Any], Any]
    values: tuple[Any, ...]
    seconds: float


def _serve(connection: Connection) -> None:
    """Run in the worker: call what comes, answer one value at a time.

    Ctrl-C reaches all processes of a terminal; what it means is the parent's to decide, which ends its workers.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_seldom()
    connection.send("ready")
    while (message := unpacked(connection.recv_bytes())) is not None:
        function, values = message
        for value in values:
            connection.send_bytes(packed(_attempt(function, value)))


def _attempt(function: Callable[[Any], Any], value: Any) -> Any:
    try:
        return function(value)
    except WirecopyError as err:
        return err
    except RecursionError as err:
        return ContentError(f"nested too deeply: {err}", reason="too deep")
    except MemoryError:
        return ContentError("needs more memory than there is", reason="too large")
    except Exception as err:  # noqa: BLE001 - a bug that one page brings out is told with that page and costs no other
        return ContentError(f"{type(err).__name__}: {err}", reason="internal error")


@contextmanager
def _unseen_main() -> Iterator[None]:
    """Hide the program's main module from `multiprocessing`, which would import it anew in the worker.

    No job's function lies there, and what a program imports costs each worker a second and tens of megabytes.
    """
    with _MAIN:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = types.ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


class _Worker:
    """One process and the pipe to it."""

    def __init__(self, context: multiprocessing.context.ForkServerContext) -> None:
        self._context = context
        self._start()

    def _start(self) -> None:
        self.pipe, far_end = self._context.Pipe()
        self.process = self._context.Process(target=_serve, args=(far_end,), daemon=True)
        with _unseen_main():
            self.process.start()
        far_end.close()
        if not self.pipe.poll(START_SECONDS) or self.pipe.recv() != "ready":
            raise WirecopyError("a worker process did not start", remedy="see the system's memory and process limits")

    def restart(self) -> None:
        self.process.kill()
        self.process.join()
        self.pipe.close()
        self._start()

    def run(self, job: Job) -> list[Any]:
        """Return one result a value: what the function returned, or the `WirecopyError` that it raised."""
        results: list[Any] = []
        while len(results) < len(job.values):
            results += self._answers(job, job.values[len(results) :])
            if len(results) < len(job.values):
                results.append(self._cause(job))
                self.restart()
        return results

    def _answers(self, job: Job, values: Sequence[Any]) -> list[Any]:
        """Return the answers that came before the worker died or stalled."""
        answers: list[Any] = []
        try:
            self.pipe.send_bytes(packed((job.function, values)))
            while len(answers) < len(values) and self._answers_in_time(job.seconds):
                answers.append(unpacked(self.pipe.recv_bytes()))
        except (EOFError, BrokenPipeError, ConnectionResetError):
            self.process.join(1)
        return answers

    def _answers_in_time(self, seconds: float) -> bool:
        """Wait for an answer: as long as the worker has not *worked* for `seconds`, and never ten times as long.

        What a page costs must not depend on what else the machine does, or a rerun would give other rows.
        """
        spent, began = _cpu_seconds(self.process.pid), time.monotonic()
        while not self.pipe.poll(min(seconds, _LOOK_SECONDS)):
            waited = time.monotonic() - began
            worked = _cpu_seconds(self.process.pid) - spent
            if worked >= seconds or waited >= _PATIENCE * seconds or (waited >= seconds and worked < _IDLE * waited):
                return False
        return True

    def _cause(self, job: Job) -> ContentError:
        if self.process.is_alive():
            return ContentError(f"took longer than {job.seconds:g} s", reason="too slow")
        return ContentError(f"killed its worker (exit code {self.process.exitcode})", reason="killed its worker")

    def stop(self) -> None:
        try:
            self.pipe.send_bytes(packed(None))
        except (BrokenPipeError, OSError):
            self.process.kill()
        self.process.join(2)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()
        self.pipe.close()


class Pool:
    """`workers` warm processes; `submit` from any thread, `stream` with a bounded number of batches in flight."""

    def __init__(self, workers: int, *, seconds: float, preload: str = PAGES) -> None:
        self.workers = workers
        self._seconds = seconds
        self._jobs: queue.SimpleQueue[tuple[Job, Future[list[Any]]] | None] = queue.SimpleQueue()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([preload])
        self._threads = [threading.Thread(target=self._attend, daemon=True) for _ in range(workers)]
        self._started = False

    def __enter__(self) -> Self:
        """Return the pool; its processes start with the first job."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let the workers finish what they have, then end them."""
        if self._started:
            for _ in self._threads:
                self._jobs.put(None)
            for thread in self._threads:
                thread.join()

    def prepare(self) -> None:
        """Begin to load what workers are forked from, and do not wait for it: soon there will be work."""
        forkserver.ensure_running()

    def _attend(self) -> None:
        worker: _Worker | None = None
        while (task := self._jobs.get()) is not None:
            job, future = task
            try:
                worker = worker or _Worker(self._context)
                future.set_result(_usable(worker.run(job)))
            except BaseException as err:  # noqa: BLE001 - whatever it was belongs to the caller, who waits for it
                future.set_exception(err)
        if worker:
            worker.stop()

    def submit(self, function: Callable[[Any], Any], values: Iterable[Any]) -> Future[list[Any]]:
        """Promise one result a value: what `function` returned, or the `ContentError` that says why not."""
        if not self._started:
            self._started = True
            for thread in self._threads:
                thread.start()
        future: Future[list[Any]] = Future()
        self._jobs.put((Job(function, tuple(values), self._seconds), future))
        return future

    def stream(
        self,
        function: Callable[[Any], Any],
        batches: Iterable[Sequence[Any]],
        *,
        weigh: Callable[[Sequence[Any]], int] | None = None,
    ) -> Iterator[tuple[Any, Any]]:
        """Yield (value, result) for every value of every batch, in order, reading ahead a fixed number of batches.

        Where `weigh` tells how many bytes a batch holds, more light ones are read ahead, so that workers have work
        while the caller is busy with what came.
        """
        workers = len(self._threads)
        ahead = deque[tuple[Sequence[Any], Future[list[Any]], int]]()
        held = 0
        for batch in batches:
            weight = weigh(batch) if weigh else AHEAD_BYTES
            ahead.append((batch, self.submit(function, batch), weight))
            held += weight
            while len(ahead) > 2 * workers and (held > AHEAD_BYTES or len(ahead) > AHEAD * workers):
                given, future, weight = ahead.popleft()
                held -= weight
                yield from _pairs(given, future)
        while ahead:
            given, future, _ = ahead.popleft()
            yield from _pairs(given, future)


def _usable(results: list[Any]) -> list[Any]:
    """Return the results; an error that is not about the one value that a worker was given fails the run."""
    for result in results:
        if isinstance(result, WirecopyError) and not isinstance(result, ContentError):
            raise result
    return results


class Calls:
    """Single calls from one event loop, sent to a pool in batches: those that come while all workers are busy go together."""

    def __init__(self, pool: Pool, *, most: int = 16) -> None:
        self._pool = pool
        self._most = most
        self._sent = 0
        self._waiting: dict[Callable[[Any], Any], list[tuple[Any, asyncio.Future[Any]]]] = {}

    async def call(self, function: Callable[[Any], Any], value: Any) -> Any:
        """Return what `function` returns in a worker, or the `ContentError` that says why not."""
        loop = asyncio.get_running_loop()
        promise: asyncio.Future[Any] = loop.create_future()
        if not self._waiting:
            loop.call_soon(self._send)
        self._waiting.setdefault(function, []).append((value, promise))
        return await promise

    def _send(self) -> None:
        """Send what waits, as far as no worker has more than one batch to do after the one that it is at."""
        while self._waiting and self._sent < 2 * self._pool.workers:
            function, calls = next(iter(self._waiting.items()))
            some, rest = calls[: self._most], calls[self._most :]
            del self._waiting[function]
            if rest:
                self._waiting[function] = rest
            answer = asyncio.wrap_future(self._pool.submit(function, [value for value, _ in some]))
            answer.add_done_callback(partial(self._deliver, [promise for _, promise in some]))
            self._sent += 1

    def _deliver(self, promises: list[asyncio.Future[Any]], answer: asyncio.Future[list[Any]]) -> None:
        self._sent -= 1
        failed = answer.exception()
        for promise, result in zip(promises, [None] * len(promises) if failed else answer.result(), strict=True):
            if promise.done():  # its caller has been cancelled
                continue
            if failed:
                promise.set_exception(failed)
            else:
                promise.set_result(result)
        self._send()


def _pairs(batch: Sequence[Any], future: Future[list[Any]]) -> Iterator[tuple[Any, Any]]:
    yield from zip(batch, future.result(), strict=True)
