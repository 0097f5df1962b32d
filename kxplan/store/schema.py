"""Schemas: each room's migrations by name, applied once, and never backwards.

Whether a file is current is one cheap read of the names; the migrations themselves, and
sqlite-utils with them, are imported only when one has to be applied.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module

from kxplan.errors.store import ForeignLedgerError, NewerSchemaError
from kxplan.record import Record
from kxplan.store.connection import Connection, read_tx, write_tx

APPLICATION_ID = 0x6B78706C
"""Marks the file as one of this program ("kxpl"). Source: PRAGMA application_id."""


class Schema(Record):
    """A room's tables in the database."""

    name: str
    """The name of the migration set."""
    migrations: tuple[str, ...]
    """The names of all its migrations, in order."""
    module: str
    """The module whose `MIGRATIONS` applies them."""


def pending(connection: Connection, schema: Schema) -> tuple[str, ...]:
    """Return the names of the migrations that the file still lacks, in order.

    Raises:
        ForeignLedgerError: the file was not made by this program.
        NewerSchemaError: it has migrations that this version does not know.
    """
    with read_tx(connection):
        (mark,) = connection.execute("PRAGMA application_id").fetchone()
        if mark != APPLICATION_ID:
            raise ForeignLedgerError(path=connection.path)
        rows = connection.execute("SELECT name FROM _sqlite_migrations WHERE migration_set = ?", (schema.name,))
        applied = {name for (name,) in rows}
    unknown = applied.difference(schema.migrations)
    if unknown:
        raise NewerSchemaError(path=connection.path, names=tuple(sorted(unknown)))
    return tuple(name for name in schema.migrations if name not in applied)


def migrate(connection: Connection, schema: Schema, *, keep_in: str | os.PathLike[str]) -> None:
    """Apply the pending migrations of `schema`, all or none, after a snapshot into the folder `keep_in`."""
    names = pending(connection, schema)
    if not names:
        return
    from kxplan.store.backup import snapshot  # noqa: PLC0415 -- a current file never needs it

    snapshot(connection, os.path.join(keep_in, f"before-{schema.name}-{names[0]}.db"))  # noqa: PTH118
    apply(connection, (schema,))


def apply(connection: Connection, schemas: Sequence[Schema]) -> None:
    """Apply every migration of `schemas` that is missing, in one transaction."""
    from sqlite_utils import Database  # noqa: PLC0415 -- 60 ms that a current file never pays

    with write_tx(connection):
        database = Database(connection, execute_plugins=False)
        for schema in schemas:
            import_module(schema.module).MIGRATIONS.apply(database)
        connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
