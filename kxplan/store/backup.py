"""Backup: a copy of the database at one moment, checked before it gets its name."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from kxplan.errors.store import DamagedLedgerError, not_written
from kxplan.store.connection import Connection, read_tx
from kxplan.store.failures import told
from kxplan.store.files import replacing


def snapshot(connection: Connection, target: str | os.PathLike[str]) -> Path:
    """Copy the database as it is at one moment to `target`; writers go on before and after.

    Whatever `target` was before stays until the copy is complete, checked and on the disk.

    Raises:
        DamagedLedgerError: the database does not pass SQLite's own check.
        CannotWriteError: the folder or the disk does not take it.
    """
    path = Path(target)
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        with replacing(path) as draft:
            _copy(connection, draft)
    except OSError as error:
        raise not_written(path, error) from error
    return path


def integrity_faults(connection: sqlite3.Connection) -> tuple[str, ...]:
    """Return what SQLite's own check says is wrong; empty where nothing is."""
    rows = connection.execute("PRAGMA integrity_check(20)").fetchall()
    return tuple(text for (text,) in rows if text != "ok")


def _copy(connection: Connection, draft: Path) -> None:
    try:
        with told(str(draft)), closing(sqlite3.connect(draft, isolation_level=None)) as copy:
            # The lock is held from before: the copying itself would wait for it without end.
            with read_tx(connection):
                connection.backup(copy)
            is_sound = not integrity_faults(copy)
    except DamagedLedgerError as error:
        # A new file is not damaged by itself.
        raise DamagedLedgerError(path=connection.path) from error
    if not is_sound:
        raise DamagedLedgerError(path=connection.path)
