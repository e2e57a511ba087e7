"""When a feed is polled next, and what is remembered of it: pure decisions over the answer of a poll.

A feed is polled by its own rhythm: about twice for each item that it brings, and at least three times before its
window of items could have scrolled by. Its own wishes (ttl, skipHours, Cache-Control) may slow that down, as long as
nothing is lost. Failures slow it down by their weight, once its window has scrolled by; only 410 ends it.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from wirecopy.errors import SourceError
from wirecopy.fetch.http import Fetched, FetchRequest
from wirecopy.fetch.moves import moved
from wirecopy.fetch.outcomes import RequestOutcome
from wirecopy.model import Feed, FeedContent, FeedState
from wirecopy.settings import Settings

WINDOW = 1000
"""Entries whose ids are remembered."""
FIRST_INTERVAL = 900
"""Seconds until the second poll of a feed of unknown rhythm."""
UNKNOWN_SCROLL = 3 * 3600.0
"""Seconds in which the window of a feed of unknown rhythm is taken to scroll by."""
READS_A_WINDOW = 3
"""Polls in the time in which a feed's window scrolls by."""
READS_AN_ITEM = 2
PINNED = 0.1
"""Share of a window that may be pinned to its top, however many others scroll by beneath it."""
HALF_LIFE = timedelta(days=1)
"""After which an observed rate counts half."""
JITTER = 0.1
VERIFY_MOST = timedelta(days=1)
VERIFY_LEAST = timedelta(hours=1)
DISTRUSTED = 5
"""Suspicion from which on a feed's "not modified" is not asked for any more."""
LONG_SILENCE = 3
"""Answers "not modified" in a row after which a change found without conditions is suspicious."""

_DAY = 86_400.0

WEIGHTS = {
    RequestOutcome.NAME_FAILED: 0.25,
    RequestOutcome.HELD_BACK: 0.0,
    RequestOutcome.RATE_LIMITED: 0.5,
    RequestOutcome.BUSY: 0.5,
    RequestOutcome.SERVER_ERROR: 0.5,
    RequestOutcome.NO_ANSWER: 0.5,
    RequestOutcome.STALLED: 0.5,
    RequestOutcome.TOO_SLOW: 0.5,
    RequestOutcome.CONNECTION_FAILED: 0.5,
    RequestOutcome.CONNECTION_LOST: 0.5,
    RequestOutcome.WRONG_LENGTH: 0.5,
    RequestOutcome.BAD_CODING: 0.5,
    RequestOutcome.EMPTY: 0.5,
    RequestOutcome.NAME_UNKNOWN: 1.0,
    RequestOutcome.NOT_FOUND: 1.0,
    RequestOutcome.PRIVATE_ADDRESS: 2.0,
    RequestOutcome.BAD_ADDRESS: 2.0,
    RequestOutcome.CREDENTIALS_MISSING: 2.0,
}
"""How much a failure slows a feed down: each whole one doubles the interval; unnamed ones weigh 1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PollResult:
    """What a poll of a feed came to, as far as its schedule is concerned."""

    outcome: str
    reason: str = ""
    """Why it failed, in words; empty if it did not."""
    conditional: bool = False
    etag: str | None = None
    last_modified: str | None = None
    content_hash: str = ""
    fresh_until: datetime | None = None
    retry_after: datetime | None = None
    permanent_url: str | None = None
    entry_ids: tuple[str, ...] | None = None
    """Ids of the entries in the feed, in its order; None if it was not read, because nothing changed."""
    new: int = 0
    """How many of them were never seen before."""
    ttl_minutes: int | None = None
    skip_hours: tuple[int, ...] = ()
    skip_days: tuple[int, ...] = ()

    @classmethod
    def of_error(cls, error: SourceError) -> Self:
        """Return the result of a request that failed."""
        record = error.record
        named = not error.subject or (record is not None and error.subject == record.url)
        reason = error.message if named else f"{error.message} ({error.subject})"
        reason += f" ({error.remedy})" if error.remedy else ""
        return cls(outcome=error.outcome, reason=reason, retry_after=record.retry_after if record else None)

    @classmethod
    def of_unreadable(cls, fetched: Fetched, reason: str) -> Self:
        """Return the result of an answer that holds no feed; its validators are not worth keeping."""
        return cls(outcome=fetched.record.outcome, reason=reason)

    @classmethod
    def of_fetched(
        cls, fetched: Fetched, content: FeedContent | None = None, ids: tuple[str, ...] = (), *, new: int = 0
    ) -> Self:
        """Return the result of an answer: with the feed and its entries' ids, or without where nothing changed."""
        return cls(
            outcome=fetched.record.outcome,
            conditional=fetched.conditional,
            etag=fetched.etag,
            last_modified=fetched.last_modified,
            content_hash=fetched.content_hash,
            fresh_until=fetched.fresh_until,
            permanent_url=fetched.permanent_url,
            entry_ids=None if content is None else ids,
            new=new,
            ttl_minutes=content.ttl_minutes if content else None,
            skip_hours=content.skip_hours if content else (),
            skip_days=content.skip_days if content else (),
        )


def request_for(feed: Feed, state: FeedState, *, now: datetime) -> FetchRequest:
    """Return what to ask a feed: with its validators, unless it is time to see for ourselves."""
    trusted = state.suspicion < DISTRUSTED and not _verify_due(state, now)
    return FetchRequest(
        url=state.url,
        kind="feed",
        etag=state.etag if trusted else None,
        last_modified=state.last_modified if trusted else None,
        content_hash=state.content_hash,
        auth=feed.auth,
    )


def _verify_due(state: FeedState, now: datetime) -> bool:
    """Tell whether a feed is to be read whole: a lie must be found before its window has scrolled by.

    Only "not modified" can be a lie: while there was none, there is nothing to verify.
    """
    if state.verified_at is None:
        return True
    if not state.unmodified:
        return False
    period = min(VERIFY_MOST.total_seconds(), _scroll_seconds(state) / 2) / 2**state.suspicion
    return now - state.verified_at >= max(timedelta(seconds=period), VERIFY_LEAST)


def plan(state: FeedState, result: PollResult, *, now: datetime, settings: Settings) -> FeedState:
    """Return a feed's next state after a poll: when it is due, what it is asked with, what was wrong.

    `now` is aware. A feed that is gone comes back retired; one that has moved comes back with its new `url`.
    """
    if result.outcome == RequestOutcome.GONE:
        reason = "the server says that the feed is gone for good (410)"
        return state._replace(last_polled_at=now, outcome=result.outcome, retired_at=now, reason=reason)
    if result.reason:
        return _failed(state, result, now, settings)
    state = moved(_learnt(state, result, now), result.permanent_url)
    return _timed(state, _rhythm(state), now, settings)


# --- after a failure ---


def _failed(state: FeedState, result: PollResult, now: datetime, settings: Settings) -> FeedState:
    weight = state.failure_weight + WEIGHTS.get(_word(result.outcome), 1.0)
    base = max(state.interval_seconds, settings.min_interval_seconds)
    seconds = min(base * 2 ** min(weight, 20.0), settings.max_interval_seconds)
    scroll = _scroll_seconds(state)
    if state.last_success_at and state.observed_seconds and (now - state.last_success_at).total_seconds() < scroll:
        # What stood in the feed may still stand there: that is no time for long pauses.
        seconds = min(seconds, max(scroll / READS_A_WINDOW, settings.min_interval_seconds))
    due = now + timedelta(seconds=seconds * _jitter(state.url, now))
    return state._replace(
        last_polled_at=now,
        outcome=result.outcome,
        failures=state.failures + 1,
        failure_weight=weight,
        reason=result.reason,
        due_at=max(due, result.retry_after) if result.retry_after else due,
    )


def _word(outcome: str) -> RequestOutcome:
    return next((word for word in RequestOutcome if word == outcome), RequestOutcome.UNEXPECTED_STATUS)


# --- after a success ---


Changes = dict[str, Any]
"""Fields of a state and their new values: a state has many, and is made anew once a poll."""


def _learnt(state: FeedState, result: PollResult, now: datetime) -> FeedState:
    """Return the state with what the answer taught: validators, trust, wishes, rate, window."""
    changes: Changes = {
        "last_polled_at": now,
        "outcome": result.outcome,
        "etag": result.etag,
        "last_modified": result.last_modified,
        "content_hash": result.content_hash or state.content_hash,
        "fresh_until": result.fresh_until,
        "last_success_at": now,
        "failures": 0,
        "failure_weight": 0.0,
        "reason": "",
    }
    if result.entry_ids is not None:
        changes |= {
            "ttl_minutes": result.ttl_minutes,
            "skip_hours": result.skip_hours,
            "skip_days": result.skip_days,
        }
    return state._replace(**changes, **_trust(state, result, now), **_counted(state, result, now))


def _trust(state: FeedState, result: PollResult, now: datetime) -> Changes:
    """Return what the answer says about the feed's honesty.

    Changed bytes under the same validators are a lie; a change found at once without conditions, after a long row of
    "not modified", very likely is one. An honest "modified" clears the feed of everything.
    """
    if result.outcome == RequestOutcome.NOT_MODIFIED:
        return {"unmodified": state.unmodified + 1}
    changed = bool(state.content_hash) and result.content_hash != state.content_hash
    if result.conditional:
        return {"unmodified": 0, "suspicion": 0 if changed else state.suspicion}
    validators = (state.etag, state.last_modified)
    same = any(validators) and (result.etag, result.last_modified) == validators
    lied = changed and (same or state.unmodified >= LONG_SILENCE)
    suspicion = DISTRUSTED if changed and same else state.suspicion + lied
    return {"unmodified": 0, "suspicion": suspicion, "verified_at": now}


def _counted(state: FeedState, result: PollResult, now: datetime) -> Changes:
    """Return the rate of new items, and a gap where all are new but what is pinned: others may have come between.

    "Not modified" counts for nothing: the next reading tells how many items came since the last one.
    """
    if result.entry_ids is None and result.outcome != RequestOutcome.SAME_BYTES:
        return {}
    before = state.window_ids
    window = before if result.entry_ids is None else tuple(map(_short, result.entry_ids[:WINDOW]))
    new = result.new
    changes: Changes = {"window_ids": window, "new_items": new, "read_at": now}
    changes["first_read_at"] = state.first_read_at or now
    if new:
        changes["last_new_at"] = now
    if before:
        changes |= _observed(state, new, now)
    if before and new:
        changes["usual_a_day"] = changes["items_a_day"]
    if before and new and new >= len(result.entry_ids or ()) - _pinned(before, window):
        changes |= {"gaps": state.gaps + 1, "gap_at": now}
    return changes


def _pinned(before: tuple[str, ...], window: tuple[str, ...]) -> int:
    """Return how many entries at the top are pinned there: few, and the same as before in a window that is no longer."""
    if len(window) > len(before):
        return 0
    same = next((at for at, (old, new) in enumerate(zip(before, window, strict=False)) if old != new), len(window))
    return same if same <= round(len(window) * PINNED) else 0


def _observed(state: FeedState, new: int, now: datetime) -> Changes:
    """Return the rate with one more reading; older readings count half after each half-life."""
    elapsed = max((now - (state.read_at or now)).total_seconds(), 1.0)
    kept: float = 0.5 ** (elapsed / HALF_LIFE.total_seconds())
    items, seconds = state.observed_items * kept + new, state.observed_seconds * kept + elapsed
    return {"observed_items": items, "observed_seconds": seconds, "items_a_day": items / seconds * _DAY}


def _short(entry_id: str) -> str:
    return hashlib.blake2b(entry_id.encode("utf-8", "replace"), digest_size=6).hexdigest()


# --- the next time ---


def _item_seconds(state: FeedState) -> float:
    """Return the seconds between two items; half an item is added to those seen, so that silence counts as it lasts."""
    return state.observed_seconds / (state.observed_items + 0.5)


def _scroll_seconds(state: FeedState) -> float:
    """Return how long an item stays in the feed's window, at the rate known."""
    if not state.observed_seconds:
        return UNKNOWN_SCROLL
    return max(len(state.window_ids), 1) * _item_seconds(state)


def _rhythm(state: FeedState) -> float:
    """Return the interval, in seconds, that the feed's own rhythm asks for; shorter after a burst, more so after a gap."""
    if not state.observed_seconds:
        return FIRST_INTERVAL
    seconds = min(_item_seconds(state) / READS_AN_ITEM, _scroll_seconds(state) / READS_A_WINDOW)
    if state.new_items * 2 > len(state.window_ids):
        return seconds / (4 if state.gap_at == state.last_polled_at else 2)
    return seconds


def _timed(state: FeedState, seconds: float, now: datetime, settings: Settings) -> FeedState:
    """Return the state with its due time: the rhythm, slowed by the feed's own wishes, within the bounds."""
    least, most = settings.min_interval_seconds, settings.max_interval_seconds
    bounded = min(max(seconds, least), most)
    jittered = now + timedelta(seconds=bounded * _jitter(state.url, now))
    latest = now + timedelta(seconds=max(min(_scroll_seconds(state) / READS_A_WINDOW, most), least))
    wished = _wished(state, jittered, now)
    return state._replace(interval_seconds=round(bounded), due_at=min(wished, max(latest, jittered)))


def _wished(state: FeedState, due: datetime, now: datetime) -> datetime:
    """Return the due time that a feed would have: not while its answer is fresh, not in hours and days it skips."""
    if state.ttl_minutes:
        due = max(due, now + timedelta(minutes=state.ttl_minutes))
    if state.fresh_until:
        due = max(due, state.fresh_until)
    for _ in range(24 * 8):
        utc = due.astimezone(UTC)
        if utc.hour not in state.skip_hours and utc.weekday() not in state.skip_days:
            break
        due = utc.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return due


def _jitter(url: str, now: datetime) -> float:
    """Return a factor of 1 to 1.1, the same for the same feed and moment."""
    digest = hashlib.blake2b(f"{url} {now.isoformat()}".encode(), digest_size=4).digest()
    return 1.0 + JITTER * int.from_bytes(digest, "big") / 2**32
