"""What aiohttp and the sockets raise -> the words of `fetch.outcomes`."""

from __future__ import annotations

import socket
from collections.abc import Iterator

import aiohttp
from aiohttp import http_exceptions

from wirecopy.errors import SourceError
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.fetch.resolver import PrivateAddressError

FAILURES = (aiohttp.ClientError, TimeoutError, OSError, http_exceptions.HttpProcessingError, ValueError)
"""All that asking a hostile server can raise; `ValueError` comes from header values that cannot be decoded."""

# Which error, its word before the headers came, and after; the narrower type first.
_WORDS: tuple[tuple[type[Exception], RequestOutcome, RequestOutcome], ...] = (
    (aiohttp.ClientSSLError, RequestOutcome.TLS_FAILED, RequestOutcome.TLS_FAILED),
    (aiohttp.ConnectionTimeoutError, RequestOutcome.CONNECTION_FAILED, RequestOutcome.CONNECTION_FAILED),
    (aiohttp.ClientConnectorError, RequestOutcome.CONNECTION_FAILED, RequestOutcome.CONNECTION_FAILED),
    (aiohttp.InvalidURL, RequestOutcome.BAD_ADDRESS, RequestOutcome.BAD_ADDRESS),
    (aiohttp.SocketTimeoutError, RequestOutcome.NO_ANSWER, RequestOutcome.STALLED),
    (TimeoutError, RequestOutcome.NO_ANSWER, RequestOutcome.TOO_SLOW),
)
_TOO_MANY = "Too many headers"
"""What aiohttp says of them; the type of its error says no more than that the answer is broken."""
_TEMPORARY = {socket.EAI_AGAIN, socket.EAI_FAIL, socket.EAI_MEMORY, socket.EAI_SYSTEM}


def failure(error: BaseException, *, reading: bool) -> SourceError:
    """Return the error of a failed request; `reading` says whether the answer's headers had come."""
    outcome = _outcome(error, reading=reading)
    return outcome.error(_detail(error))


def _outcome(error: BaseException, *, reading: bool) -> RequestOutcome:
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return _look_up(error.os_error)
    for kind, before, after in _WORDS:
        if isinstance(error, kind):
            return after if reading else before
    return _broken(error)


def _look_up(error: OSError) -> RequestOutcome:
    if isinstance(error, PrivateAddressError):
        return RequestOutcome.PRIVATE_ADDRESS
    temporary = not isinstance(error, socket.gaierror) or error.errno in _TEMPORARY
    return RequestOutcome.NAME_FAILED if temporary else RequestOutcome.NAME_UNKNOWN


def _broken(error: BaseException) -> RequestOutcome:
    """Return the word for an answer that broke off or breaks the rules, by what lies at the root of it."""
    causes = tuple(_chain(error))
    if any(isinstance(cause, http_exceptions.ContentLengthError) for cause in causes):
        return RequestOutcome.WRONG_LENGTH
    if any(isinstance(cause, http_exceptions.LineTooLong) or _TOO_MANY in str(cause) for cause in causes):
        return RequestOutcome.HEADERS_TOO_LARGE
    if isinstance(error, (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, OSError)):
        return RequestOutcome.CONNECTION_LOST
    return RequestOutcome.BAD_RESPONSE


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _detail(error: BaseException) -> str:
    if isinstance(error, TimeoutError):
        return ""
    if isinstance(error, aiohttp.ClientConnectorError):
        return error.os_error.strerror or str(error.os_error)
    broken = [cause for cause in _chain(error) if isinstance(cause, http_exceptions.HttpProcessingError)]
    return " ".join((broken[-1].message if broken else str(error)).split())[:200]
