"""The closed list of words for how a request ends, a sentence for each, and the reaction."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal, Self

from wirecopy.errors import SourceError, SourceRefused, SourceUnavailable

Reaction = Literal["fine", "retry", "record"]


class RequestOutcome(StrEnum):
    """How one request ended: the word in raw.request, a sentence for people, and what follows from it."""

    sentence: str
    reaction: Reaction

    def __new__(cls, word: str, reaction: Reaction, sentence: str) -> Self:
        """Make the word a string that also carries its reaction and sentence."""
        member = str.__new__(cls, word)
        member._value_ = word
        member.reaction = reaction
        member.sentence = sentence
        return member

    FETCHED = "fetched", "fine", "The payload came whole."
    NOT_MODIFIED = "not modified", "fine", "The server says that nothing changed since the last time."
    SAME_BYTES = "same bytes", "fine", "The server sent the very bytes that it sent last time."
    # the address
    BAD_ADDRESS = "bad address", "record", "The address is no web address that can be asked."
    PRIVATE_ADDRESS = "private address", "record", "The address lies in a private, local or reserved network."
    # the way there
    NAME_UNKNOWN = "name unknown", "retry", "The host's name is not known."
    NAME_FAILED = "name failed", "retry", "The host's name could not be looked up just now."
    CONNECTION_FAILED = "connection failed", "retry", "No connection could be made."
    CONNECTION_LOST = "connection lost", "retry", "The server hung up before its answer was whole."
    TLS_FAILED = "tls failed", "retry", "The server's certificate or encryption cannot be trusted."
    NO_ANSWER = "no answer", "retry", "The server took the connection and did not answer in time."
    STALLED = "stalled", "retry", "The payload stopped coming."
    TOO_SLOW = "too slow", "retry", "The payload came in drips, too slow to be whole in time."
    # redirects
    REDIRECT_LOOP = "redirect loop", "record", "The redirects lead back to where they began."
    REDIRECT_LIMIT = "too many redirects", "record", "The redirects do not end."
    REDIRECT_BROKEN = "broken redirect", "record", "A redirect leads to no address."
    DOWNGRADE = "downgrade", "record", "A redirect leads from https to http."
    # the payload
    BAD_RESPONSE = "bad response", "retry", "The answer breaks HTTP's own rules."
    HEADERS_TOO_LARGE = "headers too large", "record", "The answer's headers exceed every reasonable size."
    TOO_LARGE = "too large", "record", "The payload is larger than the limit."
    BOMB = "decompression bomb", "record", "A small payload unpacks to more than the limit."
    BAD_CODING = "bad coding", "retry", "The payload's compression is broken or unknown."
    WRONG_LENGTH = "wrong length", "retry", "The payload is shorter than the server announced."
    WRONG_TYPE = "wrong type", "record", "The payload is no text: a picture, a film, a document."
    EMPTY = "empty", "retry", "The payload is empty."
    # the server's word
    LOGIN_NEEDED = "login needed", "record", "The server wants credentials, or does not accept those it got."
    FORBIDDEN = "forbidden", "record", "The server forbids it."
    NOT_FOUND = "not found", "retry", "There is nothing at this address, at least now."
    GONE = "gone", "record", "The server says that this address is gone for good."
    RATE_LIMITED = "rate limited", "retry", "The server says that we ask too often."
    BUSY = "busy", "retry", "The server is overloaded or in maintenance."
    SERVER_ERROR = "server error", "retry", "The server failed."
    REFUSED = "refused", "record", "The server refuses the request."
    UNEXPECTED_STATUS = "unexpected status", "retry", "The server answers with a status that makes no sense here."
    # our own restraint
    ROBOTS_REFUSED = "robots refused", "record", "The site's robots.txt asks not to fetch this."
    ROBOTS_UNAVAILABLE = (
        "robots unavailable",
        "retry",
        "The site's robots.txt cannot be had, so nothing may be fetched.",
    )
    HELD_BACK = "held back", "retry", "The host is down, or has asked for a pause that is not over."
    CREDENTIALS_MISSING = (
        "credentials missing",
        "record",
        "The feed's credentials are not set or cannot be read.",
    )

    def error(self, detail: str = "", *, subject: str = "", remedy: str = "") -> SourceError:
        """Return the error that this word stands for, its type naming the reaction."""
        message = f"{self.sentence.rstrip('.')}: {detail}" if detail else self.sentence.rstrip(".")
        kind = SourceRefused if self.reaction == "record" else SourceUnavailable
        return kind(message, outcome=self.value, subject=subject, remedy=remedy or _REMEDIES.get(self.value, ""))


_REMEDIES = {
    RequestOutcome.PRIVATE_ADDRESS.value: "WIRECOPY_ALLOW_PRIVATE names the networks that may be asked: 10.0.0.0/8"
}

WORDS = {outcome.value: outcome for outcome in RequestOutcome}
"""The closed list, by word."""

PASSING = frozenset(
    {
        RequestOutcome.RATE_LIMITED.value,
        RequestOutcome.BUSY.value,
        RequestOutcome.SERVER_ERROR.value,
        RequestOutcome.CONNECTION_LOST.value,
        RequestOutcome.NO_ANSWER.value,
        RequestOutcome.STALLED.value,
    }
)
"""Words for what may be over in a moment, so that asking again at once or soon is worth it."""

NO_WAY = frozenset(
    {
        RequestOutcome.PRIVATE_ADDRESS,
        RequestOutcome.NAME_UNKNOWN,
        RequestOutcome.NAME_FAILED,
        RequestOutcome.CONNECTION_FAILED,
        RequestOutcome.TLS_FAILED,
    }
)
"""Words for a host that no request can reach, whatever it asks for."""

_STATUS = {
    401: RequestOutcome.LOGIN_NEEDED,
    403: RequestOutcome.FORBIDDEN,
    404: RequestOutcome.NOT_FOUND,
    407: RequestOutcome.LOGIN_NEEDED,
    408: RequestOutcome.NO_ANSWER,
    410: RequestOutcome.GONE,
    425: RequestOutcome.BUSY,
    429: RequestOutcome.RATE_LIMITED,
    451: RequestOutcome.FORBIDDEN,
    503: RequestOutcome.BUSY,
}


def outcome_of_status(status: int) -> RequestOutcome:
    """Return the word for a status that is neither a redirect nor a 304; 200 and 203 carry a payload (RFC 9110, 15)."""
    if status in {200, 203}:
        return RequestOutcome.FETCHED
    if 500 <= status < 600:
        return _STATUS.get(status, RequestOutcome.SERVER_ERROR)
    if 400 <= status < 500:
        return _STATUS.get(status, RequestOutcome.REFUSED)
    return RequestOutcome.UNEXPECTED_STATUS
