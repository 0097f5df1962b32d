"""Verification: the chain of every origin is walked, and everything derived is compared with the entries.

One pass in the order of numbers; memory grows with targets and days, not with entries.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any, NamedTuple

from kxplan.ledger.chain import CONTENT_SQL, sealed
from kxplan.ledger.corrections import Correction, Replay
from kxplan.ledger.protocol import Fault
from kxplan.ledger.rows import MILLION, unpacked
from kxplan.message import Message, message
from kxplan.store.connection import Connection, read_tx

_MOST_FAULTS = 100


class _Day(NamedTuple):
    """What one target's standing entries of one day come to."""

    total: int = 0
    denominators: int = 0
    entries: int = 0
    newest_place: int = -1
    newest_amount: int | None = None
    newest_denominator: int | None = None


def verify(connection: Connection) -> tuple[Fault, ...]:
    """Return what is wrong with the ledger, the file itself first; empty where all is well."""
    with read_tx(connection):
        faults = [Fault(fault) for fault in _file_faults(connection)]
        if not faults:
            faults += _chain_faults(connection)
        if not faults:
            faults += _derived_faults(connection)
    return tuple(faults[:_MOST_FAULTS])


def _file_faults(connection: Connection) -> Iterator[Message]:
    try:
        for (told,) in connection.execute("PRAGMA integrity_check(10)"):
            if told != "ok":
                yield message("ledger.file-damaged", told=str(told))
        for _ in connection.execute("PRAGMA foreign_key_check"):
            yield message("ledger.reference-broken")
    except sqlite3.DatabaseError as error:
        yield message("ledger.file-damaged", told=str(error))


def _chain_faults(connection: Connection) -> Iterator[Fault]:
    last: dict[str, str] = {}
    expected = 1
    rows = connection.execute(f"SELECT number, origin, hash, CAST({CONTENT_SQL} AS BLOB) FROM entries ORDER BY number")  # noqa: S608
    for number, origin, kept, content in rows:
        if number != expected:
            yield Fault(message("ledger.number-missing", number=expected))
        expected = number + 1
        if sealed(last.get(origin, ""), content) != kept:
            yield Fault(message("ledger.entry-changed", number=number), number)
        last[origin] = kept


def _derived_faults(connection: Connection) -> Iterator[Fault]:
    replay = Replay(
        Correction(number, "fix" if act == "fix" else "void", corrects)
        for number, act, corrects in connection.execute(
            "SELECT e.number, e.act, r.number FROM entries e JOIN entries r ON r.id = e.corrects ORDER BY e.number"
        )
    )
    for refused in replay.refused:
        yield Fault(message("ledger.correction-impossible", number=refused.number), refused.number)
    if dict(connection.execute("SELECT number, corrected_by FROM corrected")) != replay.by:
        yield Fault(message("ledger.derived-wrong", table="corrected"))
    for table, differs in _compared(connection, replay.by):
        if differs:
            yield Fault(message("ledger.derived-wrong", table=table))


def _compared(connection: Connection, corrected: dict[int, int]) -> Iterator[tuple[str, bool]]:
    days: dict[tuple[str, str, str], dict[str, _Day]] = {}
    shares: dict[tuple[str, ...], tuple[int, int]] = {}
    steps: set[tuple[Any, ...]] = set()
    rows = connection.execute(
        """
        SELECT number, plan, goal, target, day, place, amount, denominator, data FROM entries
        WHERE act IN ('log', 'done', 'fix') ORDER BY number
        """
    )
    for number, plan, goal, target, day, place, amount, denominator, data in rows:
        if number in corrected:
            continue
        of_target = days.setdefault((plan, goal, target), {})
        of_target[day] = _added(of_target.get(day, _Day()), place, amount, denominator)
        more = unpacked(data) if data else {}
        for key, value in more.get("breakdown", {}).items():
            at = (plan, goal, target, key, value, day)
            total, entries = shares.get(at, (0, 0))
            shares[at] = (total + (amount or 0), entries + 1)
        steps |= {(plan, goal, step, number, day) for step in more.get("steps", ())}
    yield "sums", not _same_sums(connection, days)
    yield "shares", not _same_shares(connection, shares)
    yield "steps", set(connection.execute("SELECT plan, goal, step, number, day FROM steps")) != steps


def _added(day: _Day, place: int, amount: int | None, denominator: int | None) -> _Day:
    if amount is None:
        return day._replace(entries=day.entries + 1)
    newest = (place, amount, denominator) if place > day.newest_place else day[3:]
    return _Day(day.total + amount, day.denominators + (denominator or 0), day.entries + 1, *newest)


def _same_sums(connection: Connection, days: dict[tuple[str, str, str], dict[str, _Day]]) -> bool:
    rows = connection.execute(
        """
        SELECT plan, goal, target, day, total, total_rest, denominators, denominators_rest, entries,
            newest_day, newest_place, newest_amount, newest_denominator
        FROM sums ORDER BY plan, goal, target, day
        """
    )
    expected = _running(days)
    return all(row == next(expected, None) for row in rows) and next(expected, None) is None


def _running(days: dict[tuple[str, str, str], dict[str, _Day]]) -> Iterator[tuple[Any, ...]]:
    for where in sorted(days):
        total = denominators = entries = 0
        newest: tuple[Any, ...] = (None, None, None, None)
        for on in sorted(days[where]):
            day = days[where][on]
            total, denominators, entries = total + day.total, denominators + day.denominators, entries + day.entries
            if day.newest_amount is not None:
                newest = (on, day.newest_place, day.newest_amount, day.newest_denominator)
            yield (*where, on, *divmod(total, MILLION), *divmod(denominators, MILLION), entries, *newest)


def _same_shares(connection: Connection, shares: dict[tuple[str, ...], tuple[int, int]]) -> bool:
    rows = connection.execute("SELECT plan, goal, target, key, value, day, total, total_rest, entries FROM shares")
    kept = {row[:6]: (row[6] * MILLION + row[7], row[8]) for row in rows}
    return kept == shares
