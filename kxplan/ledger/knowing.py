"""Knowing: every reading as it would have been at an earlier instant."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from kxplan.ledger.derived import TABLES, fill
from kxplan.ledger.rows import instant_text
from kxplan.store.connection import Connection, read_tx


@contextmanager
def known_by(connection: Connection, instant: datetime, goals: Sequence[str] | None = None) -> Iterator[None]:
    """Let the block read only what was recorded before `instant`, corrections included.

    With `goals` (ids as recorded) the entries of other goals need not be there; that is faster.
    Temporary tables stand before the real ones under the same names and go with the transaction.
    Costs one pass over the entries.
    """
    (is_read_only,) = connection.execute("PRAGMA query_only").fetchone()
    connection.execute("PRAGMA query_only = OFF")
    try:
        with read_tx(connection):
            _cover(connection, instant, goals)
            yield
    finally:
        connection.execute(f"PRAGMA query_only = {is_read_only}")


def _cover(connection: Connection, instant: datetime, goals: Sequence[str] | None) -> None:
    for table in TABLES:
        (made,) = connection.execute("SELECT sql FROM main.sqlite_schema WHERE name = ?", (table,)).fetchone()
        connection.execute(made.replace("CREATE TABLE", "CREATE TEMP TABLE", 1))
    condition = f"recorded_at < '{instant_text(instant)}'"
    if goals is not None:
        listed = ", ".join("'" + goal.replace("'", "''") + "'" for goal in goals)
        # A correction counts wherever it moved its entry.
        condition += f" AND (goal IN ({listed}) OR target IS NULL OR act IN ('fix', 'void'))"
    connection.execute(f"CREATE TEMP VIEW entries AS SELECT * FROM main.entries WHERE {condition}")  # noqa: S608
    fill(connection)
