"""Saving: a document takes its place on the disk whole, or what was there before stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kxplan.errors.store import not_written
from kxplan.store.files import replacing

AS_THE_UMASK_SAYS = 0o666


@contextmanager
def saving(path: Path) -> Iterator[Path]:
    """Yield an empty file that takes the place of `path` when the block ends well; until then `path` is as it was.

    Raises:
        CannotWriteError: the folder or the disk does not take it.
    """
    try:
        with replacing(path, AS_THE_UMASK_SAYS) as draft:
            yield draft
    except OSError as error:
        raise not_written(path, error) from error


def save(path: Path, content: bytes) -> None:
    """Write `content` to `path`; raises as `saving` does."""
    with saving(path) as draft:
        draft.write_bytes(content)
