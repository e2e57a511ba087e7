"""A feed that redirects for good -> whether its address is rewritten: a pure decision over what its polls saw."""

from __future__ import annotations

from urllib.parse import urlsplit

from wirecopy.model import FeedState

MOVES_BELIEVED = 3
"""Polls in a row that a permanent redirect must have led to the same address."""


def moved(state: FeedState, target: str | None) -> FeedState:
    """Return the state with its address rewritten, once a permanent redirect is believed; `target` is None where none came."""
    if target is None or target == state.url:
        return state._replace(moved_url=None, moved_seen=0) if state.moved_seen else state
    seen = state.moved_seen + 1 if target == state.moved_url else 1
    if seen < MOVES_BELIEVED or not _safe_move(state.url, target):
        return state._replace(moved_url=target, moved_seen=seen)
    return state._replace(url=target, moved_url=None, moved_seen=0, former_urls=(*state.former_urls, state.url))


def _safe_move(old: str, new: str) -> bool:
    """Tell whether an address may replace another by itself: the same host or one above or below it, never to http."""
    hosts = [(urlsplit(url).hostname or "").removeprefix("www.") for url in (old, new)]
    related = hosts[0] == hosts[1] or any(one.endswith(f".{other}") for one, other in (hosts, reversed(hosts)))
    return related and not (old.startswith("https:") and new.startswith("http:"))
