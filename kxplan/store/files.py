"""Files: written whole or not at all, and still there after a power loss."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from secrets import token_hex

PRIVATE = 0o600


@contextmanager
def replacing(target: Path, mode: int = PRIVATE) -> Iterator[Path]:
    """Yield a new empty file beside `target` that takes its place when the block ends well.

    Until then, and when the block fails, `target` is as it was.
    """
    with _draft(target, mode) as draft:
        yield draft
        sync_file(draft)
        draft.replace(target)
        sync_folder(target.parent)


@contextmanager
def creating(target: Path, mode: int = PRIVATE) -> Iterator[Path]:
    """Yield a new empty file that becomes `target` when the block ends well.

    Raises:
        FileExistsError: `target` came to be meanwhile; it is as it was.
    """
    with _draft(target, mode) as draft:
        yield draft
        sync_file(draft)
        try:
            os.link(draft, target)
        except OSError as error:
            if target.exists():
                raise FileExistsError(target) from error
            draft.replace(target)  # a file system without hard links
        sync_folder(target.parent)


def sync_file(path: Path) -> None:
    """Make the content of `path` survive a power loss."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in `folder` survive a power loss, where the system can."""
    if os.name == "nt":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


@contextmanager
def _draft(target: Path, mode: int) -> Iterator[Path]:
    draft = target.with_name(f".{target.name}.{token_hex(4)}.new")
    os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, mode))
    try:
        yield draft
    finally:
        draft.unlink(missing_ok=True)
