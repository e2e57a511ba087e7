"""Reading a JSON object by names in any case: agencies mix the spellings of ninjs 1, 2 and 3 in one item."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Record:
    """An object whose keys are asked for in lower case; a question it cannot answer is answered with nothing."""

    values: Mapping[str, Any]

    @classmethod
    def of(cls, value: object) -> Record:
        """Return the record of a JSON value; anything but an object is an empty record."""
        return cls({str(key).lower(): held for key, held in value.items()} if isinstance(value, dict) else {})

    def text(self, *names: str) -> str:
        """Return the first of these that is a non-blank string or a number, as stripped text, or an empty string."""
        return next((text for name in names if (text := plain(self.values.get(name)))), "")

    def record(self, *names: str) -> Record:
        """Return the first of these that is an object, or an empty record."""
        return next((Record.of(held) for name in names if isinstance(held := self.values.get(name), dict)), Record({}))

    def many(self, *names: str) -> Iterator[Record]:
        """Yield the objects listed under the first of these names that holds any; a bare string counts as its `name`."""
        for name in names:
            held = _listed(self.values.get(name))
            if held:
                yield from (Record.of(one) if isinstance(one, dict) else Record({"name": one}) for one in held)
                return

    def texts(self, *names: str) -> tuple[str, ...]:
        """Return the strings listed under the first of these names that holds any, without repetition."""
        for name in names:
            found = [
                plain(one) or Record.of(one).text("name", "value", "literal") for one in _listed(self.values.get(name))
            ]
            if any(found):
                return tuple(dict.fromkeys(text for text in found if text))
        return ()


def plain(value: object) -> str:
    """Return a string or number as stripped text, anything else as an empty string."""
    if isinstance(value, str):
        return value.strip()
    numeric = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return str(value) if numeric else ""


def _listed(value: object) -> list[Any]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        inner = list(value.values())
        return inner if inner and all(isinstance(one, dict) for one in inner) else [value]
    return [value] if value not in (None, "") else []
