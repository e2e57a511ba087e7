"""Archives that lie elsewhere: http(s) and s3 addresses as files that are read piece by piece, never whole (fsspec)."""

from __future__ import annotations

import gzip
import hashlib
import io
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from typing import IO, Any
from urllib.parse import urlsplit

import aiohttp
import fsspec
from fsspec.implementations.http import HTTPStreamFile

from wirecopy.errors import SettingsError, SourceUnavailable
from wirecopy.fetch.addresses import read_detours, read_guard
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.resolver import GuardedResolver
from wirecopy.fetch.session import user_agent
from wirecopy.settings import Settings

SCHEMES = ("http://", "https://", "s3://")
BLOCK = 4 << 20
"""Bytes asked for at once."""
PAUSES = (2, 10)
"""Spacings to wait before a part of a file is asked for again."""
_FAILURES = (OSError, aiohttp.ClientError, TimeoutError, ValueError, fsspec.exceptions.FSTimeoutError)
"""What fsspec lets through: its own errors are OSErrors, a server that ignores ranges is a ValueError."""
_NO_MONTH = "Common Crawl lists no news of this month"
_MONTHS = "its news begin in August 2016 and come a day late: ask for other days, or set WIRECOPY_COMMONCRAWL"
_S3_PACKAGES = frozenset({"botocore", "aiobotocore", "s3fs"})
_S3_ACCESS = "set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or FSSPEC_S3_ANON=true for a public bucket"


@contextmanager
def _told(url: str) -> Iterator[None]:
    """Turn what fsspec and what reads s3 raise into this package's own errors.

    The packages that read s3 are an extra, so their errors, which are nobody's OSErrors, are known by where they come from.
    """
    try:
        yield
    except _FAILURES as err:
        raise _unavailable(url, err) from err
    except Exception as err:
        if type(err).__module__.partition(".")[0] not in _S3_PACKAGES:
            raise
        raise SourceUnavailable(str(err), outcome="failed", subject=url, remedy=_S3_ACCESS) from err


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """A file elsewhere; `mark` is the same as long as its size, its etag and its date are."""

    url: str
    size: int
    mark: str


def is_remote(source: str) -> bool:
    """Tell whether a source is an address rather than a path."""
    return source.lower().startswith(SCHEMES)


class _Stream(io.RawIOBase):
    """A remote file whose failures are this package's own."""

    def __init__(self, file: Any, url: str, spacing: float) -> None:
        self._file = file
        self._url = url
        self._spacing = spacing
        self._flows_once = isinstance(file, HTTPStreamFile)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return not self._flows_once

    def seek(self, offset: int, whence: int = 0, /) -> int:
        return int(self._file.seek(offset, whence))

    def tell(self) -> int:
        return int(self._file.tell())

    def readinto(self, buffer: Any) -> int:
        with _told(self._url):
            data = self._read(len(buffer))
        buffer[: len(data)] = data
        return len(data)

    def _read(self, size: int) -> bytes:
        """Read on; a part that could not be had is asked for again, since gigabytes may lie before it."""
        for pause in PAUSES if self.seekable() else ():
            try:
                return bytes(self._file.read(size))
            except FileNotFoundError:
                raise
            except (OSError, aiohttp.ClientError, TimeoutError):
                time.sleep(pause * self._spacing)
        return bytes(self._file.read(size))

    def close(self) -> None:
        if not self.closed:
            self._file.close()
        super().close()


class Remote:
    """Reads files elsewhere; private addresses are refused as everywhere, unless the settings allow them."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._guard = read_guard(settings.allow_private)
        self._systems: dict[str, Any] = {}

    def files(self, source: str) -> Iterator[RemoteFile]:
        """Yield the file of an http address, or all files of an s3 folder or glob, in sorted order.

        Raises `SourceUnavailable` where it cannot be had, `SettingsError` where what reads s3 is not installed.
        """
        system = self._system(source)
        with _told(source):
            names = [source] if not source.startswith("s3://") else self._listed(system, source)
        for name in names:
            with _told(name):
                file = _described(name, system.info(name))
            yield file

    def open(self, url: str) -> IO[bytes]:
        """Return a remote file as a stream; raises `SourceUnavailable` where it cannot be had."""
        with _told(url):
            file = self._system(url).open(url, "rb", block_size=BLOCK, cache_type="readahead")
        return io.BufferedReader(_Stream(file, url, self._settings.spacing_seconds), 1 << 16)

    def listed_crawls(self, month: date, first: date, last: date) -> Iterator[str]:
        """Yield the addresses of a month's CC-NEWS files that were begun between two days, both included.

        Common Crawl lists them in `crawl-data/CC-NEWS/YYYY/MM/warc.paths.gz`; their names bear the time. Raises
        `SourceUnavailable`, of outcome `not found` for a month that it does not list.
        """
        base = self._settings.commoncrawl.rstrip("/")
        for path in sorted(self._lines(f"{base}/crawl-data/CC-NEWS/{month:%Y/%m}/warc.paths.gz")):
            stamp = path.rpartition("/CC-NEWS-")[2][:8]
            if f"{first:%Y%m%d}" <= stamp <= f"{last:%Y%m%d}":
                yield f"{base}/{path}"

    def _lines(self, url: str) -> list[str]:
        try:
            data = self._system(url).cat_file(url)
            text = gzip.decompress(data) if data.startswith(b"\x1f\x8b") else data
        except FileNotFoundError as err:
            raise SourceUnavailable(_NO_MONTH, outcome="not found", subject=url, remedy=_MONTHS) from err
        except (*_FAILURES, EOFError, zlib.error) as err:
            raise _unavailable(url, err) from err
        return [line.strip() for line in text.decode("utf-8", "replace").splitlines() if line.strip()]

    @staticmethod
    def _listed(system: Any, source: str) -> list[str]:
        found = system.glob(source) if "*" in source else system.find(source)
        if not found:
            raise FileNotFoundError(source)
        return [f"s3://{name}" for name in sorted(found)]

    def _system(self, url: str) -> Any:
        scheme = url.partition("://")[0].lower()
        if scheme != "s3":
            self._check(url)
        if scheme not in self._systems:
            try:
                options = {} if scheme == "s3" else {"get_client": self._session, "block_size": BLOCK}
                self._systems[scheme] = fsspec.filesystem(scheme, skip_instance_cache=True, **options)
            except ImportError as err:
                raise SettingsError(
                    "what reads s3 is not installed", subject=url, remedy="pip install 'wirecopy[s3]'"
                ) from err
        return self._systems[scheme]

    def _check(self, url: str) -> None:
        """Raise for a private address written as such: it never reaches the resolver."""
        parts = urlsplit(url)
        host = parts.hostname or ""
        literal = ":" in host or host.replace(".", "").isdecimal()
        port = parts.port or (443 if parts.scheme == "https" else 80)
        if literal and not self._guard.allows(host, host, port):
            raise RequestOutcome.PRIVATE_ADDRESS.error(host, subject=url)

    async def _session(self, **_: Any) -> aiohttp.ClientSession:
        stall = self._settings.timeout_seconds
        return aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(resolver=GuardedResolver(self._guard, read_detours(self._settings.resolve))),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=stall, sock_read=stall),
            headers={"User-Agent": user_agent(self._settings), "Accept-Encoding": "identity"},
        )


def _described(url: str, info: dict[str, Any]) -> RemoteFile:
    size = info.get("size") or 0
    said = [info.get(name) for name in ("ETag", "Last-Modified", "LastModified")]
    mark = hashlib.sha256(f"{url} {size} {said}".encode()).hexdigest()[:32]
    return RemoteFile(url, size, mark)


def _unavailable(url: str, err: BaseException) -> SourceUnavailable:
    missing = isinstance(err, FileNotFoundError)
    why = "it is not there, or does not answer" if missing else str(err) or type(err).__name__
    return SourceUnavailable(why, outcome="not found" if missing else "failed", subject=url)
