"""A ledger opened or made: its tables of the present schema, changed by nobody."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path

from kxplan.errors.store import ChangedSchemaError
from kxplan.ledger.schema import SCHEMA
from kxplan.ledger.sqlite import SqliteLedger
from kxplan.ledger.structure import changed
from kxplan.store.connection import Connection, connect, keep_rollback_journal, memory, write_tx
from kxplan.store.schema import Schema, apply, migrate, pending


def open_ledger(
    path: Path,
    *,
    read_only: bool = False,
    on_wait: Callable[[], None] | None = None,
    keep_in: Path | None = None,
    as_it_is: bool = False,
) -> SqliteLedger:
    """Open the ledger at `path`; a writing one is brought to the present schema, after a snapshot into `keep_in`.

    `as_it_is` opens one, for reading, whose tables somebody changed: only `verify` and what salvages can take it.

    Raises:
        LedgerTroubleError: missing, empty, damaged, foreign, locked or unwritable.
        NewerSchemaError: a newer version of the program wrote it.
    """
    connection = connect(path, read_only=read_only or as_it_is, on_wait=on_wait)
    try:
        lacks = pending(connection, SCHEMA)
        if not read_only and not as_it_is:
            keep_rollback_journal(connection)
            if lacks:
                migrate(connection, SCHEMA, keep_in=keep_in or path.parent / "backups")
                lacks = ()
        if not lacks and not as_it_is:
            _refuse_changed(connection, triggers=not read_only)
    except BaseException:
        connection.close()
        raise
    return SqliteLedger(connection)


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
    connection = memory()
    apply(connection, (SCHEMA,))
    with write_tx(connection):
        _give_origin(connection)
    return SqliteLedger(connection)


def _give_origin(connection: Connection) -> None:
    connection.execute("INSERT OR IGNORE INTO ledger VALUES ('origin', ?)", (os.urandom(8).hex(),))
