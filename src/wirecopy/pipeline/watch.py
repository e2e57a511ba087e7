"""A drop folder: files that others put there are read once they are whole, and stay where they are."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from wirecopy.archive import Unit, folder_files, unit_of
from wirecopy.errors import SettingsError
from wirecopy.model import Outcome
from wirecopy.pipeline.backfill import Backfilling, backfilling
from wirecopy.pipeline.choice import AS_IT_IS, Reading
from wirecopy.pipeline.report import RunReport, SourceLine, joined
from wirecopy.pipeline.sources import is_own
from wirecopy.settings import Settings

TEMPORARY = (
    ".tmp",
    ".temp",
    ".part",
    ".partial",
    ".filepart",
    ".crdownload",
    ".download",
    ".upload",
    ".swp",
    ".lock",
    "~",
)
"""Endings of names that programs give to files which they still write."""
Look = tuple[int, int]


@dataclass(slots=True)
class DropFolder:
    """Folders in which files arrive; each look finds those that have not changed since the look before."""

    folders: Sequence[Path]
    _seen: dict[Path, Look] = field(default_factory=dict)
    _given: dict[Path, Look] = field(default_factory=dict)

    def steady(self) -> list[Path]:
        """Return the files that are as they were at the last look, in sorted order; each state of a file once."""
        now = dict(self._look())
        whole = [path for path, look in now.items() if self._seen.get(path) == look != self._given.get(path)]
        self._seen = now
        self._given = {path: look for path, look in self._given.items() if path in now}
        self._given |= {path: now[path] for path in whole}
        return whole

    def _look(self) -> Iterator[tuple[Path, Look]]:
        for folder in self.folders:
            for path in folder_files(folder):
                if not path.name.lower().endswith(TEMPORARY):
                    try:
                        status = path.stat()
                    except OSError:  # it has just been taken away, or is a link that leads nowhere yet
                        continue
                    yield path, (status.st_size, status.st_mtime_ns)


def watch(
    settings: Settings,
    folders: Sequence[str],
    *,
    seconds: float = 5.0,
    stop: threading.Event,
    reading: Reading = AS_IT_IS,
    tell: Callable[[RunReport], None] | None = None,
) -> RunReport:
    """Land what is dropped into folders until `stop` is set; look every so many seconds, and tell what each look brought.

    A file is read when it has not changed from one look to the next; the ledger knows it by its content from then on. It is
    never moved or deleted, and kept among the captures: whoever owns the folder may clear it. Raises `SettingsError` for what is no folder.
    """
    drops = DropFolder([_folder(name) for name in folders])
    total: Counter[Outcome] = Counter()
    with backfilling(settings, (), reading=reading, capture=True) as filling:
        total.update(filling.before().outcomes)
        while True:
            units = _fresh(filling, drops.steady())
            if units:
                report = filling.account([filling.run(units), filling.after()])
                total.update(report.outcomes)
                if tell:
                    tell(report)
            if stop.wait(seconds):
                break
        line = SourceLine(subject=", ".join(map(str, drops.folders)), outcomes=total)
        return joined("backfill", [RunReport(kind="backfill", lines=(line,))], seconds=filling.seconds())


def _folder(name: str) -> Path:
    path = Path(name).expanduser()
    if not path.is_dir():
        raise SettingsError("no such folder", subject=name, remedy="name a folder to watch")
    return path


def _fresh(filling: Backfilling, paths: Sequence[Path]) -> list[Unit]:
    """Return the units of files whose content was not read before, each content once."""
    done = filling.turns.ledger.done()
    units: dict[str, Unit] = {}
    for path in paths:
        unit = unit_of(path)
        mark = filling.reading.mark_of(unit)
        if mark not in done and path.exists() and not is_own(unit, filling.settings):
            units.setdefault(mark, unit)
    return list(units.values())
