"""The errors of Wirecopy: the type of an error names the reaction to it.

    WirecopyError
      SourceError       the other side of a wire
        SourceUnavailable   try again later
        SourceRefused       record it, do not try again
      ContentError      input that cannot be used: set aside with its reason code
        FeedUnreadable, ArticleMissing, FormatUnsupported, MarkupUnreadable
      WarehouseError
        WarehouseBusy       try again, or spool
          LeaseHeld           leave it to who does it
        MigrationRefused    stop
      SettingsError     stop

Nobody matches message text. Doubt is not an error (see `model.Doubt`).
"""

from __future__ import annotations

from wirecopy.model import RequestRecord


class WirecopyError(Exception):
    """Base of all errors: one readable sentence, the subject it is about, and the remedy if there is one."""

    def __init__(self, message: str, *, subject: str = "", remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.subject = subject
        self.remedy = remedy

    def __str__(self) -> str:
        """Render as one line: subject, message, remedy."""
        line = f"{self.subject}: {self.message}" if self.subject else self.message
        return f"{line} ({self.remedy})" if self.remedy else line


class SourceError(WirecopyError):
    """A wire did not give what was asked for; `outcome` is its word in raw.request, `record` the row itself."""

    def __init__(
        self,
        message: str,
        *,
        outcome: str = "failed",
        subject: str = "",
        remedy: str = "",
        record: RequestRecord | None = None,
    ) -> None:
        super().__init__(message, subject=subject, remedy=remedy)
        self.outcome = outcome
        self.record = record


class SourceUnavailable(SourceError):
    """The source may answer later: retry."""


class SourceRefused(SourceError):
    """The source will not give this: record it, no retry."""


class ContentError(WirecopyError):
    """Input that cannot be used; `reason` is a stable code for raw.set_aside."""

    default_reason = "unreadable"

    def __init__(self, message: str, *, reason: str = "", subject: str = "", remedy: str = "") -> None:
        super().__init__(message, subject=subject, remedy=remedy)
        self.reason = reason or self.default_reason


class FeedUnreadable(ContentError):
    """The bytes are no feed that anyone could read."""

    default_reason = "feed unreadable"


class ArticleMissing(ContentError):
    """The page holds no article."""

    default_reason = "no article"


class FormatUnsupported(ContentError):
    """The bytes are of no wire format that Wirecopy reads, or of one that holds no news."""

    default_reason = "format unsupported"


class MarkupUnreadable(ContentError):
    """XML, HTML or JSON that is broken or hostile."""

    default_reason = "markup unreadable"


class WarehouseError(WirecopyError):
    """The warehouse cannot serve."""


class WarehouseBusy(WarehouseError):
    """Another process holds the warehouse file: try again, or spool."""


class LeaseHeld(WarehouseBusy):
    """Another process does this very job: there is nothing to do here."""


class MigrationRefused(WarehouseError):
    """The warehouse's schema is not one that this version may touch: stop."""


class SettingsError(WirecopyError):
    """A setting is wrong: stop."""
