"""Replaying: exported events put back as they were, each checked against its hash and the one before it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from hashlib import sha256
from typing import Any

from kxplan.errors.ledger import (
    ChangedEventError,
    IncompleteEventsError,
    LedgerNotEmptyError,
    UnsoundEventsError,
)
from kxplan.ledger.appending import COLUMNS, INSERT
from kxplan.ledger.beside import refuse_strange
from kxplan.ledger.chain import content, sealed
from kxplan.ledger.derived import fill
from kxplan.ledger.exporting import extent
from kxplan.ledger.rows import breakdown_of, instant, instant_text, millionths, packed, steps_of, unpacked
from kxplan.ledger.verifying import entry_faults
from kxplan.model.event import Event, Extent
from kxplan.store.connection import Connection

_ENTRIES = ("log", "done", "fix", "void")
_AMOUNT = Event._fields.index("amount")
_HASH_OF = "SELECT hash FROM entries WHERE number = ?"
_PLACE_OF = "SELECT place FROM entries WHERE id = ?"


def replay(connection: Connection, said: Extent, events: Iterable[Event]) -> int:
    """Put `events` into the ledger inside the present write transaction; see `Ledger.replay`."""
    if extent(connection).events:
        compare(connection, said, events)
        return 0
    at = [0]
    try:
        connection.executemany(INSERT, _rows(connection, said, events, at))
    except sqlite3.IntegrityError as error:
        raise ChangedEventError(number=at[0]) from error
    connection.execute("UPDATE ledger SET value = ? WHERE name = 'origin'", (said.origin,))
    if said.events:
        fill(connection)
        faults = entry_faults(connection)
        if faults:
            raise UnsoundEventsError(what=faults[0].message, n=len(faults))
    return said.events


def compare(connection: Connection, said: Extent, events: Iterable[Event]) -> None:
    """Check `events`, and that a ledger that is not empty holds every one of them.

    Raises:
        ChangedEventError, IncompleteEventsError: the events are not as they were recorded.
        LedgerNotEmptyError: the ledger holds others.
    """
    here = extent(connection).events
    differs = here > 0 and here < said.events
    for event, _ in _chained(said, events):
        if here and not differs:
            differs = connection.execute(_HASH_OF, (event.number,)).fetchone() != (event.hash,)
    if differs:
        raise LedgerNotEmptyError(path=connection.path, n=here)


def _rows(connection: Connection, said: Extent, events: Iterable[Event], at: list[int]) -> Iterator[tuple[Any, ...]]:
    """Yield what `INSERT` takes; `at` holds the number of the event that was yielded last."""
    for event, values in _chained(said, events):
        at[0] = event.number
        place = event.number
        if event.corrects is not None or event.about is not None:
            found = connection.execute(_PLACE_OF, (event.corrects or event.about,)).fetchone()
            if found is None:
                raise ChangedEventError(number=event.number)
            place = found[0]
        yield (event.number, *values, place, event.hash)


def _chained(said: Extent, events: Iterable[Event]) -> Iterator[tuple[Event, list[Any]]]:
    """Yield each event with its hashed values once its link in the chain is found sound.

    Raises:
        ChangedEventError: one is not as it was recorded.
        IncompleteEventsError: they do not end where it was said.
    """
    last: dict[str, bytes] = {}
    number, hash = 0, None
    for number, event in enumerate(events, 1):
        found = _hashed(event, number)
        hash = event.hash
        if found is None or sealed(last.get(event.origin, b""), found[1], sha256).decode() != hash:
            raise ChangedEventError(number=number)
        last[event.origin] = hash.encode()
        yield event, found[0]
    if number != said.events or hash != said.hash or (last and said.origin not in last):
        raise IncompleteEventsError(said=said.events, found=number)


def _hashed(event: Event, number: int) -> tuple[list[Any], bytes] | None:
    """Return the values that the hash covers, and their content; None where they are none that were ever written."""
    try:
        amount, denominator = millionths(event.amount), millionths(event.denominator)
        hashed: list[Any] = [*event[1:_AMOUNT], amount, denominator, *event[_AMOUNT + 2 : -1]]
        covered = content(hashed)
        data = unpacked(event.data)
        is_sound = (
            event.number == number
            and (denominator is None or denominator > 0)
            and (event.day is None or _is_day(event.day))
            and _is_instant(event.recorded_at)
            and packed(data) == event.data
        )
        if event.act in _ENTRIES:
            steps_of(data)
            breakdown_of(data)
            is_sound = is_sound and None not in (event.goal, event.target, event.day)
        else:
            refuse_strange(dict(zip(COLUMNS, (number, *hashed, number, event.hash), strict=True)))
    except (ValueError, TypeError, KeyError, ArithmeticError, RecursionError):
        return None
    return (hashed, covered) if is_sound else None


@lru_cache(1000)
def _is_day(text: str) -> bool:
    return date.fromisoformat(text).isoformat() == text


@lru_cache(1000)
def _is_instant(text: str) -> bool:
    return instant_text(instant(text)) == text
