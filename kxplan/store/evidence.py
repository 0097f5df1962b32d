"""Evidence files: each kept under the hash of its content; the name it came with is only data."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

from kxplan.errors import UsageError
from kxplan.errors.store import CannotReadError, not_written
from kxplan.store.files import replacing
from kxplan.store.regular import digest, opened
from kxplan.text import cleaned

MOST_BYTES = 50 << 20
"""The largest file that is taken."""
_LONGEST_NAME = 200
_DIGEST = re.compile(r"[0-9a-f]{64}")

Condition = Literal["sound", "missing", "changed"]


class Kept(NamedTuple):
    """A file that was copied in."""

    sha256: str
    """In lowercase hex."""
    name: str
    """Its last name, made inert."""
    size: int
    """In bytes."""


def keep(path: Path, folder: Path) -> Kept:
    """Copy the file `path` into `folder` under its hash; one that lies there already is not copied again.

    What is recorded is the hash of the bytes that were copied, whatever happens to `path` meanwhile.

    Raises:
        UsageError: it is no regular file, too large, or changes while it is read.
        CannotReadError: it cannot be read.
        CannotWriteError: the folder or the disk does not take it.
    """
    with opened(path) as file:
        _refuse_giant(path, os.fstat(file.fileno()).st_size)
        found, size = digest(file, MOST_BYTES)
        _refuse_giant(path, size)
        if condition(folder, found) != "sound":
            file.seek(0)
            _store(path, file, folder / found)
    return Kept(found, cleaned(path.name)[:_LONGEST_NAME] or "?", size)


def condition(folder: Path, digest_wanted: str) -> Condition:
    """Return whether the file of this hash lies in `folder` with the content that the hash names."""
    if not _DIGEST.fullmatch(digest_wanted):
        return "missing"
    path = folder / digest_wanted
    if not os.path.lexists(path):
        return "missing"
    try:
        with opened(path) as file:
            return "sound" if digest(file, MOST_BYTES)[0] == digest_wanted else "changed"
    except (UsageError, CannotReadError):
        return "changed"


def unrecorded(folder: Path, recorded: frozenset[str]) -> tuple[str, ...]:
    """Return the names in `folder` that no digest in `recorded` accounts for, in order."""
    try:
        names = [path.name for path in folder.iterdir()]
    except OSError:
        return ()
    return tuple(sorted(name for name in names if name not in recorded and not name.startswith(".")))


def _refuse_giant(path: Path, size: int) -> None:
    if size > MOST_BYTES:
        raise UsageError("evidence.too-large", path=str(path), most=MOST_BYTES >> 20)


def _store(path: Path, file: BinaryIO, target: Path) -> None:
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(target) as draft, draft.open("wb") as copy:
            if digest(file, MOST_BYTES, copy=copy)[0] != target.name:
                raise UsageError("evidence.changing", path=str(path))
    except OSError as error:
        raise not_written(target, error) from error
