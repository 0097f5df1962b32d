"""Exporting: every event, or every entry of a plan, page by page, as the ledger was when the export began.

Entries are only ever added, so pages up to one number are one state of the ledger: nobody has to
wait while an export goes on, and its memory grows with the corrections, not with the entries.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from kxplan.errors.store import DamagedEntryError
from kxplan.ledger.appending import COLUMNS, origin
from kxplan.ledger.chain import HASHED, content, sealed
from kxplan.ledger.corrections import corrected
from kxplan.ledger.derived import corrections
from kxplan.ledger.rows import ENTRY_SQL, entry, units
from kxplan.model.entry import Entry, EntryState
from kxplan.model.event import Event, Extent
from kxplan.store.connection import Connection, read_tx

_AT_ONCE = 2000
_ROWS = f"SELECT {', '.join(COLUMNS)} FROM entries WHERE number BETWEEN ? AND ? ORDER BY number"  # noqa: S608
_ORIGIN_AT = COLUMNS.index("origin")
_HASHED_AT = tuple(COLUMNS.index(name) for name in HASHED)
_EVENT_AT = tuple(COLUMNS.index(name) for name in Event._fields)
_AMOUNTS_AT = tuple(Event._fields.index(name) for name in ("amount", "denominator"))


def extent(connection: Connection) -> Extent:
    """Return how far the ledger reaches."""
    row = connection.execute("SELECT number, hash FROM entries ORDER BY number DESC LIMIT 1").fetchone()
    return Extent(origin(connection), *(row or (0, None)))


def events(connection: Connection, through: int) -> Iterator[Event]:
    """Yield the events from the first through the number `through`; each is checked against its hash.

    Raises:
        DamagedEntryError: one is not as it was written.
    """
    for row in _sound_rows(connection, through):
        event = [row[at] for at in _EVENT_AT]
        for at in _AMOUNTS_AT:
            event[at] = units(event[at])
        yield Event(*event)


def plans(connection: Connection) -> tuple[str, ...]:
    """Return the ids of the plans that have entries, by jumping from one to the next in the index."""
    rows = connection.execute(
        """
        WITH RECURSIVE found(name) AS (
            SELECT min(plan) FROM entries
            UNION ALL SELECT (SELECT min(plan) FROM entries WHERE plan > name) FROM found WHERE name IS NOT NULL
        )
        SELECT name FROM found
        WHERE EXISTS (SELECT 1 FROM entries WHERE plan = name AND target IS NOT NULL) ORDER BY name
        """
    )
    return tuple(plan for (plan,) in rows)


def breakdown_keys(connection: Connection, plan: str) -> tuple[str, ...]:
    """Return the keys by which standing entries of a plan are broken down."""
    rows = connection.execute("SELECT DISTINCT key FROM shares WHERE plan = ? ORDER BY key", (plan,))
    return tuple(key for (key,) in rows)


class Lives(NamedTuple):
    """Which entries stood at one moment."""

    through: int
    """The number of the newest event then."""
    by: dict[int, int]
    """The number of each entry that did not stand, with the number of what stood against it."""
    voids: frozenset[int]
    """The numbers of the voids."""


def lives_now(connection: Connection) -> Lives:
    """Return which entries stand now."""
    made = corrections(connection)
    voids = frozenset(correction.number for correction in made if correction.act == "void")
    return Lives(extent(connection).events, corrected(made).by, voids)


def lives(connection: Connection, plan: str, at: Lives) -> Iterator[Entry]:
    """Yield the entries of a plan as they stood, each followed by its corrections.

    In this order the standing ones come in the order that decides which is newest on a day.

    Raises:
        DamagedEntryError: an event, of whatever kind, is not as it was written; nothing is yielded.
    """
    for _ in _sound_rows(connection, at.through):
        pass
    for first in range(1, at.through + 1, _AT_ONCE):
        end = first + _AT_ONCE - 1
        found = _fetched(
            connection,
            f"{ENTRY_SQL} AND e.number BETWEEN ? AND ? AND e.place = e.number",
            (first, min(end, at.through)),
        )
        found += _fetched(connection, f"{ENTRY_SQL} AND e.place BETWEEN ? AND ? AND e.place <> e.number", (first, end))
        root: dict[int, int] = {}
        read = sorted((entry(row, connection.path) for row in found), key=lambda each: each.number)
        for each in read:
            root[each.number] = each.number if each.corrects is None else root.get(each.corrects, each.corrects)
        for each in sorted(read, key=lambda each: (root[each.number], each.number)):
            if each.plan == plan and each.number <= at.through:
                yield each._replace(state=_state(each, at), corrected_by=at.by.get(each.number))


def _state(each: Entry, at: Lives) -> EntryState:
    by = at.by.get(each.number)
    return "counted" if by is None else "void" if by in at.voids else "corrected"


def _sound_rows(connection: Connection, through: int) -> Iterator[tuple[Any, ...]]:
    last: dict[str, bytes] = {}
    for first in range(1, through + 1, _AT_ONCE):
        end = min(first + _AT_ONCE - 1, through)
        rows = _fetched(connection, _ROWS, (first, end))
        for number, row in enumerate(rows, first):
            of, kept = str(row[_ORIGIN_AT]), str(row[-1]).encode()
            if row[0] != number or sealed(last.get(of, b""), content([row[at] for at in _HASHED_AT])) != kept:
                raise DamagedEntryError(path=connection.path, number=number)
            last[of] = kept
            yield row
        if len(rows) != end - first + 1:
            raise DamagedEntryError(path=connection.path, number=first + len(rows))


def _fetched(connection: Connection, statement: str, values: tuple[int, int]) -> list[tuple[Any, ...]]:
    with read_tx(connection):
        return connection.execute(statement, values).fetchall()
