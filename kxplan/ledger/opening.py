"""A ledger opened or made: its tables of the present schema, changed by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kxplan.errors.store import ChangedSchemaError
from kxplan.ledger.schema import SCHEMA
from kxplan.ledger.sqlite_reader import SqliteReader
from kxplan.ledger.structure import changed
from kxplan.store.connection import Connection, connect, keep_rollback_journal, memory, write_tx
from kxplan.store.schema import Schema, apply, migrate, pending

if TYPE_CHECKING:
    from kxplan.ledger.sqlite import SqliteLedger


def open_ledger(path: Path, *, on_wait: Callable[[], None] | None = None, keep_in: Path | None = None) -> SqliteLedger:
    """Open the ledger at `path` for writing; it is brought to the present schema, after a snapshot into `keep_in`.

    Raises:
        LedgerTroubleError: missing, empty, damaged, foreign, locked or unwritable.
        NewerSchemaError: a newer version of the program wrote it.
    """
    from kxplan.ledger.sqlite import SqliteLedger  # noqa: PLC0415 -- who only reads pays for nothing that writes

    connection = connect(path, on_wait=on_wait)
    with _closed_on_failure(connection):
        lacks = pending(connection, SCHEMA)
        keep_rollback_journal(connection)
        if lacks:
            migrate(connection, SCHEMA, keep_in=keep_in or path.parent / "backups")
        _refuse_changed(connection, triggers=True)
    return SqliteLedger(connection)


def read_ledger(path: Path, *, on_wait: Callable[[], None] | None = None, as_it_is: bool = False) -> SqliteReader:
    """Open the ledger at `path` for reading: works on a read-only disk, and changes nothing.

    `as_it_is` opens one whose tables somebody changed: only `verify` and what salvages can take it.

    Raises:
        LedgerTroubleError: missing, empty, damaged, foreign or locked.
        NewerSchemaError: a newer version of the program wrote it.
    """
    connection = connect(path, read_only=True, on_wait=on_wait)
    with _closed_on_failure(connection):
        if not pending(connection, SCHEMA) and not as_it_is:
            _refuse_changed(connection, triggers=False)
    return SqliteReader(connection)


@contextmanager
def _closed_on_failure(connection: Connection) -> Iterator[None]:
    try:
        yield
    except BaseException:
        connection.close()
        raise


def _refuse_changed(connection: Connection, *, triggers: bool) -> None:
    names = changed(connection, triggers=triggers)
    if names:
        raise ChangedSchemaError(path=connection.path, names=names)


def create_ledger(path: Path, schemas: Sequence[Schema] = (SCHEMA,)) -> bool:
    """Make an empty ledger at `path` with an origin of its own; tell whether it was made: one that exists stays."""
    from kxplan.store.creation import create  # noqa: PLC0415 -- only `init` needs it

    return create(path, schemas, _give_origin)


def memory_ledger() -> SqliteLedger:
    """Return an empty ledger in memory, for tests."""
    from kxplan.ledger.sqlite import SqliteLedger  # noqa: PLC0415 -- as above

    connection = memory()
    apply(connection, (SCHEMA,))
    with write_tx(connection):
        _give_origin(connection)
    return SqliteLedger(connection)


def _give_origin(connection: Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO ledger VALUES ('origin', ?)", (os.urandom(8).hex(),))
