"""Rows: exact numbers, days, instants and ids as the table `entries` holds them, and back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any, overload

from kxplan.errors.store import DamagedEntryError, DamagedLedgerError
from kxplan.model.entry import Entry, EntryState
from kxplan.record import Record
from kxplan.store.connection import Connection

MILLION = 10**6
_LIMIT = 10**18
_LAST_PART = 2**48
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


class Row(Record):
    """One event as the table holds it, all but its hash."""

    number: int
    id: str
    origin: str
    act: str
    plan: str
    goal: str | None
    target: str | None
    day: str | None
    amount: int | None
    """In millionths; so is the denominator."""
    denominator: int | None
    note: str | None
    who: str
    recorded_at: str
    corrects: str | None
    """The id of what a fix or void replaces."""
    about: str | None
    """The id of the entry that evidence belongs to."""
    reason: str | None
    key: str | None
    batch: str | None
    """The same for all entries of one call; None where it made a single one."""
    digest: str | None
    """SHA-256, in hex, of a plan's text or of a piece of evidence."""
    data: str | None
    """A JSON object with sorted keys and no blanks; None where it would be empty."""
    place: int
    """The number of the entry whose place in the order it has: its own, or of what it corrects."""


@overload
def millionths(value: Decimal) -> int: ...
@overload
def millionths(value: None) -> None: ...
@overload
def millionths(value: Decimal | None) -> int | None: ...
def millionths(value: Decimal | None) -> int | None:
    """Return `value` in millionths; None stays None.

    Raises:
        ArithmeticError: it has more than 6 places, or is 10^12 or more.
    """
    if value is None:
        return None
    scaled = value * MILLION
    whole = int(scaled)
    if whole != scaled or abs(whole) >= _LIMIT:
        raise ArithmeticError(value)
    return whole


def exact(whole: int, rest: int = 0) -> Decimal:
    """Return `whole` units and `rest` millionths as one number."""
    return Decimal(whole) + Decimal(rest) / MILLION if rest else Decimal(whole)


def units(amount: int | None) -> Decimal | None:
    """Return millionths as a number; None stays None."""
    return None if amount is None else exact(*divmod(amount, MILLION))


def instant_text(instant: datetime) -> str:
    """Return `instant` in UTC with microseconds, in a form that sorts by time."""
    return instant.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def new_ids(instant: datetime) -> Iterator[str]:
    """Yield rising UUIDv7 for `instant`, its microseconds included. Source: RFC 9562, 5.7 and 6.2, methods 2 and 3."""
    thousandths, micro = divmod((instant - _EPOCH) // timedelta(microseconds=1), 1000)
    begin = (thousandths % 2**48) << 80 | 7 << 76 | (micro * 4096 // 1000) << 64 | 2 << 62
    high, low = divmod(begin | int.from_bytes(os.urandom(8)) >> 3, _LAST_PART)
    for value in count(high):
        text = f"{value:020x}"
        head = f"{text[:8]}-{text[8:12]}-{text[12:16]}-{text[16:]}-"
        for last in range(low, _LAST_PART):
            yield f"{head}{last:012x}"
        low = 0


def packed(data: Mapping[str, Any]) -> str | None:
    """Return `data` as canonical JSON without its empty values; None where nothing is left."""
    kept = {key: value for key, value in data.items() if value not in (None, (), [], {})}
    if not kept:
        return None
    return json.dumps(kept, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def unpacked(data: str | None) -> dict[str, Any]:
    """Return what `packed` was given.

    Raises:
        ValueError: it is nothing that `packed` returns.
    """
    try:
        found = json.loads(data) if data else {}
    except RecursionError as error:
        raise ValueError(data) from error
    if not isinstance(found, dict):
        raise ValueError(data)  # noqa: TRY004 -- the text has the wrong value
    return found


def steps_of(data: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the steps that an entry with these unpacked data completes. Raises ValueError where they are none."""
    steps = data.get("steps", [])
    if not isinstance(steps, list) or not all(isinstance(step, str) for step in steps):
        raise ValueError(steps)
    return tuple(steps)


def breakdown_of(data: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """Return the breakdown values in these unpacked data, by key. Raises ValueError where they are none."""
    values = data.get("breakdown", {})
    if not isinstance(values, dict) or not all(isinstance(value, str) for value in values.values()):
        raise ValueError(values)
    return tuple(sorted(values.items()))


def instant(text: str) -> datetime:
    """Return the instant that `instant_text` wrote. Raises ValueError where it is none."""
    found = datetime.fromisoformat(text)
    if found.tzinfo is None:
        raise ValueError(text)
    return found


@contextmanager
def sound_values(connection: Connection) -> Iterator[None]:
    """Run the block; a value in it that no ledger ever holds is damage.

    Raises:
        DamagedLedgerError: there is one.
    """
    try:
        yield
    except (ValueError, TypeError, KeyError, OverflowError) as error:
        raise DamagedLedgerError(path=connection.path) from error


ENTRY_SQL = """
    SELECT
        e.number, e.id, e.act, e.plan, e.goal, e.target, e.day, e.amount, e.denominator, e.data, e.note, e.who,
        e.recorded_at, r.number, e.reason, b.act, c.corrected_by,
        (SELECT count(*) FROM entries v WHERE v.place = e.place AND v.place <> v.number AND v.act = 'evidence'),
        e.origin
    FROM entries e
    LEFT JOIN corrected c ON c.number = e.number
    LEFT JOIN entries b ON b.number = c.corrected_by
    LEFT JOIN entries r ON r.id = e.corrects
    WHERE e.act IN ('log', 'done', 'fix', 'void')
"""
"""Selects what `entry` reads; more conditions on `e` may follow."""


def entry(row: tuple[Any, ...], path: str) -> Entry:
    """Return the entry of a row that `ENTRY_SQL` selected from the file `path`.

    Raises:
        DamagedEntryError: a value is none that was ever written.
    """
    number, id, act, plan, goal, target, day, amount, denominator, data, note, who, recorded_at, *rest = row
    corrects, reason, corrector_act, corrected_by, evidence, origin = rest
    state: EntryState = "counted" if corrected_by is None else "void" if corrector_act == "void" else "corrected"
    try:
        if goal is None or target is None:
            raise ValueError(row)  # noqa: TRY301 -- told below with the others
        more = unpacked(data)
        return Entry(
            number, id, act, plan, goal, target, date.fromisoformat(day), units(amount), units(denominator),
            steps_of(more), breakdown_of(more), note, who, instant(recorded_at), corrects, reason, state,
            corrected_by, evidence, origin,
        )  # fmt: skip
    except (ValueError, TypeError) as error:
        raise DamagedEntryError(path=path, number=number) from error
