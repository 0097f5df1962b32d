"""Verification: the chain of every origin is walked, and everything derived is compared with the entries.

Two passes in the order of numbers; memory grows with targets, days and corrections, not with entries.
Meanwhile SQLite examines the file itself on a connection and a core of its own.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from hashlib import sha256
from itertools import islice
from typing import Any

from kxplan.errors import KxplanError
from kxplan.ledger.chain import CONTENT_SQL, sealed
from kxplan.ledger.corrections import corrected
from kxplan.ledger.derived import corrections, gathered, keyed
from kxplan.ledger.protocol import Fault
from kxplan.ledger.rows import sound_values
from kxplan.ledger.schema import SCHEMA
from kxplan.ledger.structure import changed
from kxplan.message import message
from kxplan.store.backup import integrity_faults
from kxplan.store.connection import MEMORY, Connection, connect, memory, patiently, read_tx
from kxplan.store.schema import apply

_MOST_FAULTS = 100
_PAGES = 500
"""Kept in memory by each connection: a walk comes to most pages once."""


def verify(connection: Connection) -> tuple[Fault, ...]:
    """Return what is wrong with the ledger; empty where all is well, at most 100 faults.

    First the file, then the chain, then what is derived: each is told only where those before it are sound.
    """
    if changed(connection, triggers=False):
        # What is called a table may be a view without an end.
        return _file_faults(connection)
    if connection.path == MEMORY:
        return _file_faults(connection) or entry_faults(connection)
    patiently(connection, f"PRAGMA cache_size = {_PAGES}")
    with ThreadPoolExecutor(1) as beside:
        of_file = beside.submit(_examined, connection.path)
        try:
            of_entries = entry_faults(connection)
        except KxplanError:
            # What cannot be read to the end is the file's fault where the file is at fault.
            if faults := of_file.result():
                return faults
            raise
        return of_file.result() or of_entries


def _examined(path: str) -> tuple[Fault, ...]:
    with closing(connect(path, read_only=True)) as connection:
        connection.execute(f"PRAGMA cache_size = {_PAGES}")
        return _file_faults(connection)


def _file_faults(connection: Connection) -> tuple[Fault, ...]:
    with sound_values(connection), read_tx(connection):
        try:
            return tuple(_faults_of_file(connection))
        except (sqlite3.DatabaseError, UnicodeDecodeError):
            return (Fault(message("ledger.file-damaged")),)


def _faults_of_file(connection: Connection) -> Iterator[Fault]:
    if integrity_faults(connection):
        yield Fault(message("ledger.file-damaged"))
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        yield Fault(message("ledger.reference-broken"))
    yield from _schema_faults(connection)


def entry_faults(connection: Connection) -> tuple[Fault, ...]:
    """Return what is wrong with the entries and what is derived from them; inside a write transaction too."""
    with sound_values(connection), read_tx(connection):
        chain = tuple(islice(_chain_faults(connection), _MOST_FAULTS))
        return chain or tuple(islice(_derived_faults(connection), _MOST_FAULTS))


def _schema_faults(connection: Connection) -> Iterator[Fault]:
    statement = "SELECT type, name, tbl_name, sql FROM sqlite_schema"
    with closing(memory()) as fresh:
        apply(fresh, (SCHEMA,))
        expected = set(fresh.execute(statement))
    ours = {table for _, _, table, _ in expected}
    # Other rooms have tables of their own; an index or a trigger more on one of ours is a change of it.
    found = {row for row in _as_they_are(connection, statement) if row[2] in ours}
    for name in sorted({name for _, name, _, _ in expected ^ found}):
        yield Fault(message("ledger.schema-changed", name=name))


def _chain_faults(connection: Connection) -> Iterator[Fault]:
    last: dict[bytes, bytes] = {}
    expected = 1
    for number, origin, kept, content in connection.execute(
        f"""
        SELECT number, CAST(origin AS BLOB), CAST(hash AS BLOB), CAST({CONTENT_SQL} AS BLOB)
        FROM entries ORDER BY number
        """  # noqa: S608 -- the names are ours
    ):
        if number != expected:
            yield Fault(message("ledger.number-missing", number=expected))
        expected = number + 1
        if sealed(last.get(origin, b""), content, sha256) != kept:
            yield Fault(message("ledger.entry-changed", number=number), number)
        last[origin] = kept
    own = connection.execute("SELECT CAST(value AS BLOB) FROM ledger WHERE name = 'origin'").fetchone()
    if own is None or (last and own[0] not in last):
        yield Fault(message("ledger.origin-changed"))
    for (number,) in connection.execute(
        """
        SELECT e.number FROM entries e LEFT JOIN entries r ON r.id = coalesce(e.corrects, e.about)
        WHERE e.place <> coalesce(r.place, e.number)
        """
    ):
        yield Fault(message("ledger.entry-changed", number=number), number)


def _derived_faults(connection: Connection) -> Iterator[Fault]:
    by, clashes = corrected(corrections(connection))
    for clash in clashes:
        yield Fault(message("ledger.correction-impossible", number=clash.later), clash.later)
    gathering = gathered(connection, by)
    expected: tuple[tuple[str, int, Iterable[tuple[Any, ...]]], ...] = (
        ("corrected", 1, by.items()),
        ("sums", 4, gathering.sums()),
        ("shares", 6, gathering.shares()),
        ("steps", 4, gathering.steps()),
        ("keys", 1, keyed(connection)),
    )
    for table, width, rows in expected:
        kept = {row[:width]: row for row in _as_they_are(connection, f"SELECT * FROM {table}")}  # noqa: S608
        for row in rows:
            if kept.pop(row[:width], None) != row:
                yield _derived_fault(table, row[:width])
        for key in kept:
            yield _derived_fault(table, key)


def _derived_fault(table: str, key: tuple[Any, ...]) -> Fault:
    return Fault(message("ledger.derived-wrong", table=message(f"ledger.table-{table}"), key=" ".join(map(str, key))))


def _as_they_are(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    """Return all rows; text that is no UTF-8 any more is compared rather than raised about."""
    connection.text_factory = lambda value: value.decode(errors="replace")
    try:
        return connection.execute(statement).fetchall()
    finally:
        connection.text_factory = str
