"""A long JSON document -> small ones, each with some members of its list of items and all that stands before the list.

For files of any length, held only as far as one small document reaches; values joined end to end are cut between them.
Which list is one of items is the caller's to say, by its first member.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.blocks import Blocks, Piece
from wirecopy.markup.json import parse_json

MAX_MEMBER = 20_000_000
# , "a [list] in a string": 7, {
_BRACKET = re.compile(rb'(?:[^"\[\]{}]|"(?:[^"\\]|\\.)*+")*+[\[\]{}]', re.DOTALL)
_SCALAR = re.compile(rb'(?:[^",\]}]|"(?:[^"\\]|\\.)*+")*+(?=[,\]}])', re.DOTALL)
_BETWEEN = re.compile(rb"[\s,\0]*")
# {"uri": …, "headline": …: an item itself, whatever lists it holds
_ITEM = re.compile(rb'"(?:uri|guid|headlines?|bod(?:y|ies)\w*|versioncreated|altids)"\s*:', re.IGNORECASE)
_CLOSING = {b"[": b"]", b"{": b"}"}
_CUT_OFF = "the JSON is cut off or broken within its list"


class _Cutter:
    def __init__(self, blocks: Iterable[bytes], is_item: Callable[[Any], bool], size: int) -> None:
        self._file = Blocks(blocks)
        self._is_item = is_item
        self._size = size
        self._at = self._start = 0
        self._stack: list[bytes] = []

    def pieces(self) -> Iterator[Piece]:
        """Yield small documents, and the error of a member that is too large in its place."""
        while self._step():
            if self._stack[-1:] == [b"["] and self._is_list():
                yield from self._members(self._file.text(self._start, self._at))
            if not self._stack and self._at - self._start >= self._size:
                yield Piece(self._start, self._file.text(self._start, self._at))
                self._goes_on()
        rest = self._file.text(self._start, self._file.end)
        if rest.strip(b"\0 \t\r\n"):
            yield Piece(self._start, rest)
        self._file.check()

    def _is_list(self) -> bool:
        """Return whether a list that has just opened is one of items."""
        at, around = self._at, list(self._stack)
        before = self._file.text(self._start, at)
        if not before.endswith(b"[") or b"[" in around[:-1] or _ITEM.search(before):
            return False
        found = self._peek() == b"{" and self._ends(self._at)
        member = self._file.text(at, self._at)
        self._at, self._stack = at, around
        return found and self._looks_like_item(member)

    def _looks_like_item(self, member: bytes) -> bool:
        try:
            return self._is_item(parse_json(member))
        except MarkupUnreadable:
            return False

    def _ends(self, begun: int) -> bool:
        """Stand behind the object or list that opens here; False where it does not end, or is too large."""
        depth = len(self._stack)
        while self._step() and self._at - begun <= MAX_MEMBER:
            if len(self._stack) == depth:
                return True
        return False

    def _members(self, head: bytes) -> Iterator[Piece]:
        """Yield documents of the members of the list that has opened, and stand behind all that its document holds."""
        tail = b"".join(_CLOSING[one] for one in reversed(self._stack))
        around = list(self._stack)
        self._goes_on()
        while (first := self._peek()) not in {b"]", b"}", b""}:
            begun = self._at
            if not (self._ends(begun) if first in _CLOSING else self._scalar()):
                yield from self._so_far(head, begun, tail)
                yield Piece(begun, self._passes(begun, len(around)))
            elif self._at - self._start >= self._size:
                yield from self._so_far(head, self._at, tail)
        yield from self._so_far(head, self._at, tail)
        if not first:
            self._file.check()
            raise MarkupUnreadable(_CUT_OFF, reason="cut off")
        while self._stack and self._step():
            self._goes_on()

    def _passes(self, begun: int, depth: int) -> MarkupUnreadable:
        """Stand behind a member that is too large, holding none of it; raises where it is rather cut off."""
        if self._at - begun <= MAX_MEMBER:
            self._file.check()
            raise MarkupUnreadable(_CUT_OFF, reason="cut off")
        while len(self._stack) > depth and self._step():
            self._goes_on()
        self._goes_on()
        size = MAX_MEMBER // 1_000_000
        return MarkupUnreadable(f"a member of the JSON is larger than {size} MB", reason="too large")

    def _so_far(self, head: bytes, at: int, tail: bytes) -> Iterator[Piece]:
        """Yield a document of the members before a place."""
        members = self._file.text(self._start, at).strip(b", \t\r\n\0")
        if members:
            yield Piece(self._start, head + members + tail)
        self._start = at
        self._file.forget(at)

    def _goes_on(self) -> None:
        self._start = self._at
        self._file.forget(self._at)

    def _step(self) -> bool:
        """Go behind the next bracket; False at the end of the file."""
        while not (found := _BRACKET.match(self._file.held, self._at - self._file.base)):
            if not self._more():
                return False
        self._at = self._file.base + found.end()
        bracket = found.group()[-1:]
        if bracket in _CLOSING:
            self._stack.append(bracket)
        elif self._stack:
            self._stack.pop()
        return True

    def _scalar(self) -> bool:
        """Go behind a number, string or word; False at the end of the file."""
        while not (found := _SCALAR.match(self._file.held, self._at - self._file.base)):
            if not self._more():
                return False
        self._at = self._file.base + found.end()
        return True

    def _peek(self) -> bytes:
        """Return the next byte that is no blank or comma, standing before it; nothing at the end of the file."""
        while True:
            found = _BETWEEN.match(self._file.held, self._at - self._file.base)
            self._at = self._file.base + found.end() if found else self._at
            if self._at < self._file.end:
                return self._file.text(self._at, self._at + 1)
            if not self._more():
                return b""

    def _more(self) -> bool:
        if self._file.end - self._start > 3 * MAX_MEMBER:
            size = 3 * MAX_MEMBER // 1_000_000
            raise MarkupUnreadable(
                f"the JSON has no list of items in {size} MB, or one longer value", reason="too large"
            )
        return self._file.more()


def cut_json(blocks: Iterable[bytes], is_item: Callable[[Any], bool], size: int) -> Iterator[Piece]:
    """Yield (offset, document) for a long document: each has some `size` bytes of the members of its list of items.

    `blocks` are in an encoding that keeps ASCII. What goes wrong in `blocks` is raised behind what came before. A member
    larger than `MAX_MEMBER` is a `MarkupUnreadable` in its place; raises it where the list does not end, and where so much
    holds no list of items at all.
    """
    return _Cutter(blocks, is_item, size).pieces()
