"""Regular files: opened for reading without following a link, waiting for a pipe or touching a device."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import IO, BinaryIO

from kxplan.errors import UsageError, os_reason
from kxplan.errors.store import CannotReadError

_CHUNK = 1 << 20
_FLAGS = (
    os.O_RDONLY
    | getattr(os, "O_NOFOLLOW", 0)
    | getattr(os, "O_NONBLOCK", 0)
    | getattr(os, "O_CLOEXEC", 0)
    | getattr(os, "O_NOCTTY", 0)
    | getattr(os, "O_BINARY", 0)
)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """Open the regular file `path`; what is read is of the very file that was looked at.

    Raises:
        UsageError: it is a link, a folder, a pipe or a device, or was swapped while it was opened.
        CannotReadError: it is not there or not to be read.
    """
    try:
        seen = path.lstat()
        _refuse_others(path, seen)
        file = open(path, "rb", opener=lambda name, _: os.open(name, _FLAGS))  # noqa: SIM115 -- needs an opener
    except OSError as error:
        if error.errno == errno.ELOOP:
            raise UsageError("evidence.symlink", path=str(path)) from error
        raise CannotReadError(path=str(path), why=os_reason(error)) from error
    with file:
        found = os.fstat(file.fileno())
        if not S_ISREG(found.st_mode) or not os.path.samestat(seen, found):
            raise UsageError("evidence.changing", path=str(path))
        yield file


def followed(path: Path) -> Path:
    """Return where `path` leads, links followed; one that goes in a circle is returned as the link it is."""
    try:
        return Path(os.path.realpath(path))
    except OSError:  # a relative one, where the present folder was deleted
        return path


def digest(file: BinaryIO, most: int | None = None, *, copy: IO[bytes] | None = None) -> tuple[str, int]:
    """Return the SHA-256 (hex) and the size of the rest of `file`; reading stops beyond `most` bytes.

    What is read is written to `copy`, where one is given.

    Raises:
        CannotReadError: the disk does not give it.
        OSError: `copy` does not take it.
    """
    hashing, size = sha256(), 0
    while (most is None or size <= most) and (chunk := _chunk(file)):
        hashing.update(chunk)
        size += len(chunk)
        if copy is not None:
            copy.write(chunk)
    return hashing.hexdigest(), size


def _chunk(file: BinaryIO) -> bytes:
    try:
        return file.read(_CHUNK)
    except OSError as error:
        raise CannotReadError(path=str(file.name), why=os_reason(error)) from error


def _refuse_others(path: Path, seen: os.stat_result) -> None:
    if S_ISLNK(seen.st_mode):
        raise UsageError("evidence.symlink", path=str(path))
    if S_ISDIR(seen.st_mode):
        raise UsageError("evidence.folder", path=str(path))
    if not S_ISREG(seen.st_mode):
        raise UsageError("evidence.not-a-file", path=str(path))
