"""What a poll works with, opened once and handed down."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from wirecopy.fetch.capture import CaptureWriter
from wirecopy.model import Needs
from wirecopy.pipeline.landing import Lander
from wirecopy.pipeline.pool import Calls
from wirecopy.settings import Settings
from wirecopy.store.state import ANY, FROM_FEED, State


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """The clock, the settings and the open parts of one poll."""

    settings: Settings
    clock: Callable[[], datetime]
    state: State
    workers: Calls
    captures: CaptureWriter
    lander: Lander
    pages: bool = True
    """Whether article pages are fetched; without them what feeds hold in full lands, and the rest waits."""

    @property
    def needs(self) -> tuple[Needs, ...]:
        """Return what entries may still need, to be settled by this poll."""
        return ANY if self.pages else FROM_FEED
