"""Knowing: every reading as it would have been at an earlier instant."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from kxplan.ledger.derived import TABLES, fill
from kxplan.ledger.rows import instant_text
from kxplan.store.connection import Connection, read_tx


@contextmanager
def known_by(connection: Connection, instant: datetime) -> Iterator[None]:
    """Let the block read only what was recorded before `instant`, corrections included.

    Temporary tables stand before the real ones under the same names and go with the transaction.
    Costs one pass over the entries.
    """
    (is_read_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        with read_tx(connection):
            _cover(connection, instant)
            yield
    finally:
        connection.execute(f"PRAGMA query_only = {is_read_only}")


def _cover(connection: Connection, instant: datetime) -> None:
    for table in TABLES:
        (made,) = connection.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)).fetchone()
        connection.execute(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    condition = f"recorded_at < '{instant_text(instant)}'"
    connection.execute(f"CREATE TEMP VIEW entries AS SELECT * FROM main.entries WHERE {condition}")  # noqa: S608
    fill(connection)
