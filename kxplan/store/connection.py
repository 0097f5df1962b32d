"""The connection: durable settings, one way to write, one way to read, patience with others.

The live file is never opened, hashed or copied by other means inside the process: closing any
descriptor of it would drop the locks that SQLite holds.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic

from kxplan.errors.store import EmptyLedgerError, LockedError, MissingLedgerError
from kxplan.record import Record
from kxplan.store.failures import is_busy, told

# EXTRA is FULL that also syncs the folder once the journal is gone: without it a power loss right
# after a commit can bring the journal back and take an answered entry away.
_SETTINGS = """
    PRAGMA synchronous = EXTRA;
    PRAGMA fullfsync = ON;
    PRAGMA foreign_keys = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA temp_store = MEMORY;
    PRAGMA cache_size = -32000;
"""


MEMORY = ":memory:"
"""The path of a database that is no file."""


_ROUND_S = 0.1
"""SQLite looks less and less often, so that who waits longest would come last; after this long it begins anew."""


class Patience(Record):
    """How long to wait for others."""

    notice_after_s: float = 1
    give_up_after_s: float = 30


class Connection(sqlite3.Connection):
    """A plain connection that knows its file and whom to tell when it has to wait."""

    path: str = MEMORY
    on_wait: Callable[[], None] | None = None
    patience: Patience = Patience()


def connect(
    path: str | os.PathLike[str],
    *,
    is_new: bool = False,
    read_only: bool = False,
    on_wait: Callable[[], None] | None = None,
    patience: Patience = Patience(),  # noqa: B008 -- it cannot change
) -> Connection:
    """Open the database `path`, which must exist, and must not be empty unless it `is_new`.

    `read_only` promises that nothing will be written; the remains of an interrupted write are
    still undone. `on_wait` is called once when a lock does not come at once.

    Raises:
        MissingLedgerError: no such file.
        EmptyLedgerError: the file has no bytes.
        LedgerTroubleError: it cannot be opened.
    """
    name = os.fspath(path)
    if not is_new:
        _refuse_nothing(name)
    with told(name):
        connection = sqlite3.connect(_uri(name), uri=True, isolation_level=None, factory=Connection)
        connection.path = name
        connection.on_wait = on_wait
        connection.patience = patience
        try:
            _settle(connection)
            if read_only:
                connection.execute("PRAGMA query_only = ON")
        except BaseException:
            connection.close()
            raise
    return connection


def memory() -> Connection:
    """Return an empty database in memory, for tests."""
    connection = sqlite3.connect(MEMORY, isolation_level=None, factory=Connection)
    _settle(connection)
    return connection


def keep_rollback_journal(connection: Connection) -> None:
    """Bring a file that another program switched to WAL back to the rollback journal.

    WAL before SQLite 3.51.3 can corrupt, and a WAL file cannot be read on a read-only disk.
    """
    with told(connection.path):
        (mode,) = patiently(connection, "PRAGMA journal_mode").fetchone()
        if mode == "wal":
            patiently(connection, "PRAGMA journal_mode = DELETE")


@contextmanager
def write_tx(connection: Connection) -> Iterator[None]:
    """Run the block as one transaction that has the write lock from its start. The only way to write.

    What was read inside it is still true when it commits. Everything or nothing is kept.

    Raises:
        LedgerTroubleError: locked for too long, or the disk does not take it; nothing was kept
            unless the disk itself is failing.
    """
    with told(connection.path):
        patiently(connection, "BEGIN IMMEDIATE")
        try:
            yield
            patiently(connection, "COMMIT")
        except BaseException:
            _roll_back(connection)
            raise


@contextmanager
def read_tx(connection: Connection) -> Iterator[None]:
    """Run the block on one unchanging state of the database; inside a transaction, on that one.

    Raises:
        LedgerTroubleError: locked for too long, or damaged.
    """
    if connection.in_transaction:
        yield
        return
    with told(connection.path):
        connection.execute("BEGIN")
        try:
            # Takes the shared lock, so that no later statement has to wait.
            patiently(connection, "SELECT 1 FROM sqlite_schema LIMIT 1").fetchone()
            yield
        finally:
            _roll_back(connection)


def patiently(connection: Connection, statement: str) -> sqlite3.Cursor:
    """Execute `statement`, waiting for others' locks; say so when it takes a while.

    Raises:
        LockedError: the lock did not come.
    """
    try:
        return connection.execute(statement)
    except sqlite3.OperationalError as error:
        if not is_busy(error):
            raise
    if connection.on_wait:
        connection.on_wait()
    give_up_at = monotonic() + connection.patience.give_up_after_s - connection.patience.notice_after_s
    _wait_for(connection, _ROUND_S)
    try:
        while True:
            try:
                return connection.execute(statement)
            except sqlite3.OperationalError as error:
                if not is_busy(error):
                    raise
                if monotonic() >= give_up_at:
                    raise LockedError(path=connection.path) from error
    finally:
        _wait_for(connection, connection.patience.notice_after_s)


def _wait_for(connection: Connection, seconds: float) -> None:
    connection.execute(f"PRAGMA busy_timeout = {round(seconds * 1000)}")


def _refuse_nothing(name: str) -> None:
    try:
        size = os.stat(name).st_size  # noqa: PTH116 -- pathlib costs the hot path an import
    except FileNotFoundError as error:
        raise MissingLedgerError(path=name) from error
    except OSError:
        return
    if size == 0:
        raise EmptyLedgerError(path=name)


def _uri(name: str) -> str:
    full = os.path.abspath(name)  # noqa: PTH100 -- as above
    if os.name == "nt":
        full = full.replace("\\", "/")
    for character, escape in (("%", "%25"), ("?", "%3f"), ("#", "%23")):
        full = full.replace(character, escape)
    return f"file:{full if full.startswith('/') else '/' + full}?mode=rw"


def _settle(connection: Connection) -> None:
    _wait_for(connection, connection.patience.notice_after_s)
    for statement in _SETTINGS.split(";"):
        patiently(connection, statement)  # some of them look into the file


def _roll_back(connection: Connection) -> None:
    try:
        connection.execute("ROLLBACK")
    except sqlite3.OperationalError:
        # A full disk or an I/O error has already ended the transaction.
        if connection.in_transaction:
            raise
