"""Saving: a document takes its place on the disk whole, or what was there before stays."""

from __future__ import annotations

from errno import EDQUOT, ENOSPC
from pathlib import Path

from kxplan.errors import os_reason
from kxplan.errors.store import CannotWriteError, DiskFullError
from kxplan.store.files import replacing

_AS_THE_UMASK_SAYS = 0o666


def save(path: Path, content: bytes) -> None:
    """Write `content` to `path`; a file that is there is replaced only by the finished one.

    Raises:
        CannotWriteError: the folder or the disk does not take it.
    """
    try:
        with replacing(path, _AS_THE_UMASK_SAYS) as draft:
            draft.write_bytes(content)
    except OSError as error:
        kind = DiskFullError if error.errno in (ENOSPC, EDQUOT) else CannotWriteError
        raise kind(path=str(path), why=os_reason(error)) from error
