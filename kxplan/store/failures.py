"""Failures of SQLite: each becomes the sentence that a person can act on."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from kxplan.errors import KxplanError
from kxplan.errors.store import (
    CannotWriteError,
    DamagedLedgerError,
    DiskFailingError,
    DiskFullError,
    ForeignLedgerError,
    HotJournalError,
    LockedError,
)

_PRIMARY = 0xFF
_SHORT_READ = 522
_READONLY_ROLLBACK = 776
_CANNOT_OPEN = 14

_BY_CODE: dict[int, type[KxplanError]] = {
    1: DamagedLedgerError,  # SQLITE_ERROR: our statements fit our schema, so the schema is not ours any more
    19: DamagedLedgerError,  # SQLITE_CONSTRAINT: what we derive keeps to our own constraints
    3: CannotWriteError,  # SQLITE_PERM
    5: LockedError,  # SQLITE_BUSY
    6: LockedError,  # SQLITE_LOCKED
    8: CannotWriteError,  # SQLITE_READONLY
    10: DiskFailingError,  # SQLITE_IOERR
    11: DamagedLedgerError,  # SQLITE_CORRUPT
    13: DiskFullError,  # SQLITE_FULL
    14: CannotWriteError,  # SQLITE_CANTOPEN
    15: LockedError,  # SQLITE_PROTOCOL
    24: DamagedLedgerError,  # SQLITE_FORMAT
    26: ForeignLedgerError,  # SQLITE_NOTADB
}


@contextmanager
def told(path: str) -> Iterator[None]:
    """Turn what SQLite raises inside the block into a failure that names `path`.

    Raises:
        LedgerTroubleError: locked, unwritable or damaged.
    """
    try:
        yield
    except sqlite3.Error as error:
        raise failure(error, path) from error
    except UnicodeDecodeError as error:  # SQLite quotes damaged text in what it says
        raise DamagedLedgerError(path=path) from error


def failure(error: sqlite3.Error, path: str) -> KxplanError:
    """Return the failure that `error` means for the file `path`."""
    # Text that is no UTF-8 any more is raised without a code.
    code = getattr(error, "sqlite_errorcode", 1)
    if code == _READONLY_ROLLBACK or (code & _PRIMARY == _CANNOT_OPEN and _has_journal(path)):
        return HotJournalError(path=path)
    if code == _SHORT_READ:
        return DamagedLedgerError(path=path)
    return _BY_CODE.get(code & _PRIMARY, DamagedLedgerError)(path=path)


def is_busy(error: sqlite3.Error) -> bool:
    """Tell whether somebody else holds the lock that was asked for."""
    return getattr(error, "sqlite_errorcode", 0) & _PRIMARY == 5


def _has_journal(path: str) -> bool:
    return os.path.exists(path + "-journal")  # noqa: PTH110 -- pathlib costs the hot path an import
