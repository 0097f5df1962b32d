"""Salvage: of a damaged ledger what can still be trusted, entry by entry.

An entry is trusted when its hash is that of its content and of the hash before it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from kxplan.errors.store import DamagedLedgerError
from kxplan.ledger.appending import COLUMNS, INSERT
from kxplan.ledger.chain import CONTENT_SQL, sealed
from kxplan.ledger.derived import fill
from kxplan.ledger.rows import sound_values
from kxplan.ledger.schema import SCHEMA
from kxplan.store.connection import Connection, memory, read_tx, write_tx
from kxplan.store.schema import apply

_ORIGIN, _CORRECTS, _ABOUT = (COLUMNS.index(name) for name in ("origin", "corrects", "about"))
_ID, _PLACE, _HASH, _NUMBER = (COLUMNS.index(name) for name in ("id", "place", "hash", "number"))
_SELECT = f"SELECT {', '.join(COLUMNS)}, CAST({CONTENT_SQL} AS BLOB) FROM entries"  # noqa: S608 -- the names are ours

_LEAST_BYTES = 100
"""No entry takes less: its id, its hash and its instant alone take more."""


class Salvaged(NamedTuple):
    """What could be saved."""

    connection: Connection
    """A ledger in memory that holds the trusted entries, all else derived anew."""
    lost: tuple[int, ...]
    """The numbers that cannot be trusted, in order."""


def salvaged(connection: Connection) -> Salvaged:
    """Return the trusted entries of a damaged ledger as a ledger of its own, and the numbers of the others.

    Raises:
        DamagedLedgerError: nothing in it can be read at all.
    """
    with sound_values(connection), read_tx(connection):
        rows, lost = _parted(connection)
    saved = memory()
    apply(saved, (SCHEMA,))
    # A trusted fix may correct an entry that is lost.
    saved.execute("PRAGMA foreign_keys = OFF")
    with sound_values(connection), write_tx(saved):
        saved.executemany(INSERT, rows)
        saved.execute("INSERT INTO ledger VALUES ('origin', ?)", (rows[-1][_ORIGIN] if rows else "",))
        fill(saved)
    return Salvaged(saved, lost)


def lost_entries(connection: Connection) -> tuple[int, ...]:
    """Return the numbers of the entries that cannot be trusted, in order.

    Raises:
        DamagedLedgerError: nothing in it can be read at all.
    """
    with sound_values(connection), read_tx(connection):
        return _parted(connection)[1]


def _parted(connection: Connection) -> tuple[list[tuple[Any, ...]], tuple[int, ...]]:
    rows: list[tuple[Any, ...]] = []
    lost: list[int] = []
    last: dict[str, bytes] = {}
    places: dict[str, int] = {}
    after_gap = False
    newest = 0
    for number, row in _numbered(connection):
        if row != ():
            newest = number
        if not row or row[_NUMBER] != number:
            lost.append(number)
            # Which hash came before the next one of any origin is not known any more.
            after_gap = True
            last.clear()
            continue
        *values, content = row
        origin = values[_ORIGIN]
        previous = last.get(origin, None if after_gap else b"")
        last[origin] = str(values[_HASH]).encode()
        if previous is None or sealed(previous, content) != last[origin]:
            lost.append(number)
            continue
        # The place is not part of what the hash covers: it follows from what is.
        values[_PLACE] = places.get(values[_CORRECTS] or values[_ABOUT] or "", number)
        places[values[_ID]] = values[_PLACE]
        rows.append(tuple(values))
    # A newest number changed by hand leaves numbers behind it that nobody ever gave.
    return rows, tuple(number for number in lost if number <= newest)


def _numbered(connection: Connection) -> Iterator[tuple[int, tuple[Any, ...] | None]]:
    """Yield every number with its row: empty where there is none, None where it cannot be read."""
    kept = connection.text_factory
    connection.text_factory = lambda value: value.decode(errors="replace")
    try:
        for number in range(1, _most_numbers(connection) + 1):
            try:
                row = connection.execute(f"{_SELECT} WHERE rowid = ?", (number,)).fetchone() or ()
            except sqlite3.DatabaseError:
                row = None
            yield number, row
    finally:
        connection.text_factory = kept


def _most_numbers(connection: Connection) -> int:
    """Return the newest number, but no more than the file has room for: a damaged one may say anything.

    Raises:
        DamagedLedgerError: what is called `entries` is no table any more.
    """
    (tables,) = connection.execute(
        "SELECT count(*) FROM sqlite_schema WHERE type = 'table' AND name = 'entries' AND sql NOT LIKE '%VIRTUAL%'"
    ).fetchone()
    if not tables:
        raise DamagedLedgerError(path=connection.path)
    (newest,) = connection.execute("SELECT coalesce(max(rowid), 0) FROM entries").fetchone()
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()
    return min(int(newest), int(pages * page_bytes // _LEAST_BYTES))
