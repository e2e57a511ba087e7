"""A long XML document -> small ones, each with some of its items and all that stands before and around them.

For files of any length, held only as far as one small document reaches. What is no item comes with the item before which
it stands, where both stand beside the item before. Which elements are items is the caller's to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from wirecopy.errors import MarkupUnreadable
from wirecopy.markup.blocks import Blocks, Piece
from wirecopy.markup.xml import MAX_BYTES

MAX_TAG = 1_000_000
_LONGEST = 256
"""Characters of an element's name."""
# <!-- …   <![CDATA[ …   <?xml …   <!DOCTYPE …   <newsItem …   </newsItem>
_ANY = rb"<(?:!--|!\[CDATA\[|\?|!DOCTYPE\b|/?[A-Za-z_:\x80-\xff][^\s/<>]*)"
_END = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}
_REST = re.compile(rb"""(?:[^<>"']|"[^"]*"|'[^']*')*+>""")
_DOCTYPE = re.compile(rb"""[^\[<>]*(?:\[(?:[^\]"'<]|"[^"]*"|'[^']*'|<!--.*?-->|<)*+\]\s*)?>""", re.DOTALL)


@dataclass(frozen=True, slots=True, eq=False)
class _Open:
    """An element that is open around items: its name, and where its tag begins."""

    name: bytes
    at: int


class _Mark:
    """A piece of markup: what it opens or closes, and where it ends."""

    __slots__ = ("at", "closes", "empty", "end", "kind", "name")

    def __init__(self, kind: bytes, at: int, end: int, text: bytes) -> None:
        self.kind = kind
        self.at = at
        self.end = end
        self.closes = kind.startswith(b"</")
        self.empty = text.endswith(b"/>")
        self.name = kind.lstrip(b"</")


class _Cutter:
    def __init__(self, blocks: Iterable[bytes], names: frozenset[str], size: int) -> None:
        self._file = Blocks(blocks)
        self._size = size
        items = rb"(?:[\w.-]+:)?(?:" + b"|".join(re.escape(name.encode()) for name in sorted(names)) + rb")"
        self._item = re.compile(items)
        self._outside = re.compile(_ANY)
        self._inside = re.compile(rb"<(?:!--|!\[CDATA\[|\?|/?" + items + rb"(?=[\s/>]))")
        self._at = 0
        self._stack: list[_Open] = []
        self._around: tuple[_Open, ...] | None = None
        self._head, self._places = b"", list[int]()
        self._document = self._start = 0
        self._prefix = b""
        self._count = 0
        self._last_end, self._last_around = 0, tuple[_Open, ...]()

    def pieces(self) -> Iterator[Piece]:
        """Yield small documents, and the error of an item that is too large in its place."""
        while mark := self._next(self._outside):
            if mark.kind == b"<?" and not self._stack and self._file.text(mark.at, mark.at + 6) == b"<?xml ":
                yield from self._document_begins(mark)
            elif self._item.fullmatch(mark.name) and not mark.closes:
                yield from self._item_begins(mark)
            else:
                self._moves(mark)
        rest = self._file.text(self._start, self._file.end)
        if self._count or (not self._prefix and rest.strip()):
            yield Piece(self._start, self._prefix + rest)
        self._file.check()

    def _document_begins(self, mark: _Mark) -> Iterator[Piece]:
        """Another document stands behind the first."""
        if self._count and mark.at - self._start >= self._size:
            yield Piece(self._start, self._prefix + self._file.text(self._start, mark.at))
            self._goes_on(mark.at, b"")
        self._around, self._document = None, mark.at

    def _item_begins(self, mark: _Mark) -> Iterator[Piece]:
        self._look_around(mark.at)
        if self._count and mark.at - self._start >= self._size:
            yield self._cut()
            beside = self._stack and tuple(self._stack) == self._last_around
            self._goes_on(self._last_end if beside else mark.at, self._head)
        yield from self._item_ends(mark)

    def _item_ends(self, first: _Mark) -> Iterator[Piece]:
        """Go to the end of an item; one that is too large is passed over and told."""
        depth = 0 if first.empty else 1
        large = False
        while depth:
            mark = self._look(self._inside)
            if mark and not mark.empty and self._item.fullmatch(mark.name):
                depth += -1 if mark.closes else 1
            if not large and self._at - first.at > MAX_BYTES:
                large = True
                if self._count:
                    yield self._cut()
            if large:
                self._goes_on(self._at, self._head)
            try:
                if not mark and not self._more():
                    break
            except MarkupUnreadable:
                if self._count:  # the items before a text without end are whole
                    yield self._cut()
                raise
        if large:
            size = MAX_BYTES // 1_000_000
            what = f"an item of the XML is larger than {size} MB"
            yield Piece(first.at, MarkupUnreadable(what, reason="too large"))
        else:
            self._count += 1
            self._last_end, self._last_around = self._at, tuple(self._stack)

    def _cut(self) -> Piece:
        """Return the document that ends with the last item."""
        closing = b"".join(b"</" + one.name + b">" for one in reversed(self._last_around))
        return Piece(self._start, self._prefix + self._file.text(self._start, self._last_end) + closing)

    def _goes_on(self, at: int, prefix: bytes) -> None:
        self._start, self._prefix, self._count = at, prefix, 0
        self._file.forget(at)

    def _moves(self, mark: _Mark) -> None:
        """Step into an element or out of one."""
        if mark.closes:
            if self._stack and self._stack[-1].name == mark.name:
                self._stack.pop()
        elif not mark.empty and mark.kind not in _END and not mark.kind.startswith(b"<!"):
            self._stack.append(_Open(mark.name, mark.at))

    def _look_around(self, at: int) -> None:
        """Note what stands before an item, if it is not what stood before the last: it begins each further document."""
        around = tuple(self._stack)
        if self._around is None:
            self._head = self._file.text(self._document, at)
            self._places = [one.at - self._document for one in around]
        elif around != self._around:
            same = sum(1 for _ in _common(around, self._around))
            base = self._head[: self._places[same]] if same < len(self._around) else self._head
            fresh = around[same:]
            self._head = base + self._file.text(fresh[0].at, at) if fresh else base
            self._places = self._places[:same] + [len(base) + one.at - fresh[0].at for one in fresh]
        self._around = around

    def _next(self, pattern: re.Pattern[bytes]) -> _Mark | None:
        """Return the next mark of a pattern, standing behind it; None at the end of the file."""
        while not (mark := self._look(pattern)):
            if not self._more():
                return None
        return mark

    def _look(self, pattern: re.Pattern[bytes]) -> _Mark | None:
        """Return the next mark in what is held, standing behind it; None, standing near its end, where none is whole."""
        found = pattern.search(self._file.held, self._at - self._file.base)
        if not found:
            self._at = max(self._at, self._file.end - _LONGEST)
            return None
        at = self._file.base + found.start()
        end = self._end_of(found)
        if end is None:
            self._at = at
            return None
        self._at = end
        return _Mark(found.group(), at, end, self._file.text(max(at, end - 2), end))

    def _more(self) -> bool:
        if self._file.end - self._start > 2 * MAX_BYTES:
            size = 2 * MAX_BYTES // 1_000_000
            raise MarkupUnreadable(f"the XML has no item in {size} MB, or one longer text", reason="too large")
        return self._file.more()

    def _end_of(self, found: re.Match[bytes]) -> int | None:
        """Return where a mark ends, None where that is not read yet."""
        kind, held = found.group(), self._file.held
        if closing := _END.get(kind):
            at = held.find(closing, found.end())
            return None if at < 0 else self._file.base + at + len(closing)
        rest = (_DOCTYPE if kind == b"<!DOCTYPE" else _REST).match(held, found.end())
        if rest:
            return self._file.base + rest.end()
        if len(held) - found.end() > MAX_TAG:
            raise MarkupUnreadable("a tag of the XML does not end", reason="too large")
        return None if not self._file.ended else self._file.base + found.end()


def _common(one: tuple[_Open, ...], two: tuple[_Open, ...]) -> Iterator[_Open]:
    for mine, other in zip(one, two, strict=False):
        if mine is not other:
            return
        yield mine


def cut_xml(blocks: Iterable[bytes], names: frozenset[str], size: int) -> Iterator[Piece]:
    """Yield (offset, document) for a long document or several joined: each has some `size` bytes of the items of `names`.

    `blocks` are in an encoding that keeps ASCII. What goes wrong in `blocks` is raised behind what came before. An item
    larger than `MAX_BYTES` is a `MarkupUnreadable` in its place; raises it where so much holds no item at all.
    """
    return _Cutter(blocks, names, size).pieces()
