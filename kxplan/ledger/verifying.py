"""Verification: the chain of every origin is walked, and everything derived is compared with the entries.

One pass in the order of numbers; memory grows with targets, days and corrections, not with entries.
Meanwhile SQLite examines the file itself on a connection and a core of its own.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from hashlib import sha256
from itertools import islice
from typing import Any

from kxplan.errors import KxplanError
from kxplan.ledger.chain import CONTENT_SQL
from kxplan.ledger.corrections import Correction, corrected
from kxplan.ledger.derived import Gathering, corrections, count_on, keyed
from kxplan.ledger.protocol import Fault
from kxplan.ledger.rows import sound_values
from kxplan.ledger.schema import SCHEMA
from kxplan.ledger.structure import changed
from kxplan.message import message
from kxplan.store.backup import integrity_faults
from kxplan.store.connection import MEMORY, Connection, connect, memory, patiently, read_tx
from kxplan.store.schema import apply

_MOST_FAULTS = 100
_WALK = f"""
    SELECT
        number, origin, hash, {CONTENT_SQL},
        iif(act IN ('log', 'done', 'fix'), json_array(plan, goal, target, day), NULL),
        iif(corrects IS NULL AND about IS NULL, place, nullif(place, number)), amount, denominator, data
    FROM entries ORDER BY number
"""  # noqa: S608 -- the names are ours
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
        with _texts_as(_replacing, connection):
            made = corrections(connection)
        gathering = Gathering()
        chain = tuple(islice(_chain_faults(connection, corrected(made).by, gathering), _MOST_FAULTS))
        return chain or tuple(islice(_derived_faults(connection, made, gathering), _MOST_FAULTS))


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


def _chain_faults(connection: Connection, by: Container[int], gathering: Gathering) -> Iterator[Fault]:
    """Yield what is wrong with the chain; where nothing is, `gathering` has taken in all entries but those in `by`."""
    last: dict[bytes, bytes] = {}
    of: bytes | None = None
    before = b""
    number = 0
    cells: dict[bytes, list[Any]] = {}
    with _texts_as(bytes, connection):
        for found, origin, kept, content, key, place, amount, denominator, data in connection.execute(_WALK):
            number += 1
            if found != number:
                yield Fault(message("ledger.number-missing", number=number))
                number = found
            if origin != of:
                of, before = origin, last.get(origin, b"")
            # As `chain.sealed` does, without a call for each event.
            if sha256(b"%b\n%b" % (before, content)).hexdigest().encode() != kept or place is None:
                yield Fault(message("ledger.entry-changed", number=number), number)
            elif key is not None and number not in by:
                count_on(cells, key, place, amount, denominator)
                if data is not None:
                    plan, goal, target, day = _unjoined(key)
                    gathering.add_parts(number, (plan, goal, target), day, amount or 0, str(data, "utf-8"))
            last[origin] = before = kept
    for key, of_day in cells.items():
        gathering.take(*_unjoined(key), of_day)
    own = connection.execute("SELECT CAST(value AS BLOB) FROM ledger WHERE name = 'origin'").fetchone()
    if own is None or (last and own[0] not in last):
        yield Fault(message("ledger.origin-changed"))
    for (number,) in connection.execute(
        """
        SELECT e.number FROM entries e LEFT JOIN entries r ON r.id = coalesce(e.corrects, e.about)
        WHERE e.place <> e.number AND e.place <> coalesce(r.place, e.number)
        """
    ):
        yield Fault(message("ledger.entry-changed", number=number), number)


def _derived_faults(connection: Connection, made: Sequence[Correction], gathering: Gathering) -> Iterator[Fault]:
    by, clashes = corrected(made)
    for clash in clashes:
        yield Fault(message("ledger.correction-impossible", number=clash.later), clash.later)
    expected: tuple[tuple[str, int, Iterable[tuple[Any, ...]]], ...] = (
        ("corrected", 1, by.items()),
        ("sums", 4, gathering.sums()),
        ("shares", 6, gathering.shares()),
        ("steps", 4, gathering.steps()),
    )
    for table, width, rows in expected:
        yield from _differences(connection, table, width, rows)
    if not _are_keys_derived(connection):
        yield from _differences(connection, "keys", 1, keyed(connection))


def _are_keys_derived(connection: Connection) -> bool:
    """Tell whether the table of keys has the rows that the entries have, without holding a million of them."""
    with _texts_as(bytes, connection):
        kept = connection.execute("SELECT * FROM keys")
        # Different rows have the same sum once in 2^64.
        return sum(map(hash, kept)) == sum(map(hash, keyed(connection)))


def _differences(connection: Connection, table: str, width: int, rows: Iterable[tuple[Any, ...]]) -> Iterator[Fault]:
    """Yield a fault for each row of a table that is not among `rows`, and the other way round, by its first columns."""
    kept = {row[:width]: row for row in _as_they_are(connection, f"SELECT * FROM {table}")}  # noqa: S608
    for row in rows:
        if kept.pop(row[:width], None) != row:
            yield _derived_fault(table, row[:width])
    for key in kept:
        yield _derived_fault(table, key)


def _unjoined(key: bytes) -> tuple[str, str, str, str]:
    """Return the plan, goal, target and day that `_WALK` joined."""
    plan, goal, target, day = json.loads(key)
    return plan, goal, target, day


def _derived_fault(table: str, key: tuple[Any, ...]) -> Fault:
    return Fault(message("ledger.derived-wrong", table=message(f"ledger.table-{table}"), key=" ".join(map(str, key))))


def _as_they_are(connection: Connection, statement: str) -> list[tuple[Any, ...]]:
    """Return all rows; text that is no UTF-8 any more is compared rather than raised about."""
    with _texts_as(_replacing, connection):
        return connection.execute(statement).fetchall()


def _replacing(text: bytes) -> str:
    return text.decode(errors="replace")


@contextmanager
def _texts_as(kind: Callable[[bytes], Any], connection: Connection) -> Iterator[None]:
    """Let the block read texts as this kind makes them of their bytes, which may be no UTF-8 any more."""
    connection.text_factory = kind
    try:
        yield
    finally:
        connection.text_factory = str
