"""Replacement: a file takes the place of another, and the other is kept."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from kxplan.errors.store import DamagedLedgerError, LockedError
from kxplan.store.connection import connect, keep_rollback_journal, patiently
from kxplan.store.failures import told
from kxplan.store.files import PRIVATE, sync_file, sync_folder

_BESIDE = ("-journal", "-wal", "-shm")
"""What SQLite may have left beside a database; it belongs to that one and no other."""


def replace_file(live: Path, staged: Path, kept: Path) -> bool:
    """Let `staged` take the place of `live`; what that was goes to `kept`. Tell whether there was something."""
    was_there = os.path.lexists(live)
    if was_there:
        _keep(live, kept)
    _take_place(live, staged)
    return was_there


def replace_database(live: Path, staged: Path, kept: Path, *, on_wait: Callable[[], None]) -> bool:
    """Let the database `staged` take the place of `live`; what that was goes to `kept`, to the byte.

    A program that still has the old one open is refused by SQLite when it writes, so that nothing is
    written where nobody looks. `on_wait` is called where somebody else holds it. Tells whether there was something.

    Raises:
        LockedError: somebody else is writing for too long.
    """
    if not os.path.lexists(live):
        _take_place(live, staged)
        return False
    with _alone(live, on_wait):
        _keep(live, kept)
        for ending in _BESIDE:
            beside = live.with_name(live.name + ending)
            if os.path.lexists(beside):
                beside.replace(kept.with_name(kept.name + ending))
        _take_place(live, staged)
    return True


@contextmanager
def _alone(live: Path, on_wait: Callable[[], None]) -> Iterator[None]:
    """Run the block while nobody else writes to `live`, which may be too damaged to be locked, or no file at all."""
    if not live.is_file():
        yield
        return
    try:
        connection = connect(live, on_wait=on_wait)
    except DamagedLedgerError:
        yield
        return
    with closing(connection):
        try:
            keep_rollback_journal(connection)
            with told(connection.path):
                patiently(connection, "BEGIN EXCLUSIVE")
        except LockedError:
            raise
        except DamagedLedgerError:
            connection.close()
        if os.name == "nt":
            connection.close()  # an open file is not renamed there
        yield


def _keep(live: Path, kept: Path) -> None:
    kept.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        os.link(live, kept, follow_symlinks=False)
    except OSError:
        live.rename(kept)  # a folder, or a file system without hard links
    sync_folder(kept.parent)


def _take_place(live: Path, staged: Path) -> None:
    staged.chmod(PRIVATE)
    sync_file(staged)
    staged.replace(live)
    sync_folder(live.parent)
