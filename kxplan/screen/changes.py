"""Changes: whether the ledger, a plan or the settings are other than a moment ago, without opening them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

Stamp = tuple[tuple[str, int, int, int], ...]


def stamp(files: Iterable[Path], folders: Iterable[Path] = ()) -> Stamp:
    """Return what tells one state of files, and of those in folders, from another; missing ones count too."""
    listed = [*files, *(path for folder in folders for path in _within(folder))]
    return tuple(_stamp(path) for path in listed)


def _within(folder: Path) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except OSError:
        return []


def _stamp(path: Path) -> tuple[str, int, int, int]:
    try:
        found = path.stat()
    except OSError:
        return str(path), 0, 0, 0
    return str(path), found.st_mtime_ns, found.st_size, found.st_ino
