"""Values as bytes between processes.

Frozen values with slots are pickled by `dataclasses` field by field in Python, anew for every object; that costs a tenth
of what a short wire item takes from file to row. Here their fields are taken and put by functions found once a class.
"""

from __future__ import annotations

import io
import pickle
from dataclasses import is_dataclass
from functools import cache
from typing import Any

from wirecopy.model.changed import Take, made_of, putters, taker


def packed(value: Any) -> bytes:
    """Return a value as bytes for `unpacked`, of the same release, to read."""
    out = io.BytesIO()
    _Packer(out, protocol=pickle.HIGHEST_PROTOCOL).dump(value)
    return out.getvalue()


def unpacked(data: bytes) -> Any:
    """Return the value that `packed` was given; only for bytes of our own processes."""
    return pickle.loads(data)  # noqa: S301 - a pipe to a child of ours


class _Packer(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind: Any = type(value)
        take = _taker(kind)
        return NotImplemented if take is None else (made_of, (kind, take(value)))


@cache
def _taker(kind: Any) -> Take | None:
    """Return what takes all fields of a slotted value; None for every other kind."""
    return taker(kind) if _is_slotted(kind) and putters(kind) else None


def _is_slotted(kind: type) -> bool:
    return is_dataclass(kind) and "__slots__" in kind.__dict__
