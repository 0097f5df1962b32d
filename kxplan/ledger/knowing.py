"""Knowing: what the ledger said at an earlier instant, worked out from the events recorded before it.

This is the slow road: one pass over the plan's entries. Nothing derived is used, for it knows the present only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from kxplan.ledger.accounts import Key, present_key
from kxplan.ledger.corrections import Correction, Replay
from kxplan.ledger.rows import instant_text, units, unpacked
from kxplan.model.entry import Entry, EntryState
from kxplan.model.tally import NOTHING, Account, Newest, Tally
from kxplan.store.connection import Connection


def corrected_before(connection: Connection, instant: datetime) -> Replay:
    """Return the corrections recorded before `instant`, replayed."""
    rows = connection.execute(
        """
        SELECT e.number, e.act, r.number FROM entries e JOIN entries r ON r.id = e.corrects
        WHERE e.act IN ('fix', 'void') AND e.recorded_at < ? ORDER BY e.number
        """,
        (instant_text(instant),),
    )
    return Replay(Correction(number, "fix" if act == "fix" else "void", corrects) for number, act, corrects in rows)


def accounts_before(
    connection: Connection,
    plan: str,
    on: date,
    instant: datetime,
    *,
    window_start: date,
    due: Mapping[Key, date],
    formerly: Mapping[str, str],
) -> dict[Key, Account]:
    """Return what `accounts` would have said to somebody who asked at `instant`."""
    before = window_start - timedelta(days=1)
    building: dict[Key, _Building] = {}
    for key, day, place, amount, denominator, steps in _standing(connection, plan, on, instant):
        now = present_key(key, formerly)
        if now not in building:
            building[now] = _Building(on, before, min(due.get(now, on), on))
        building[now].add(day, place, amount, denominator, [present_key((key[0], step), formerly)[1] for step in steps])
    return {key: built.account() for key, built in building.items()}


def breakdown_before(
    connection: Connection, plan: str, key: Key, breakdown: str, on: date, instant: datetime
) -> dict[str | None, Decimal]:
    """Return what `breakdown_sums` would have said at `instant`."""
    corrected = corrected_before(connection, instant).by
    found: dict[str | None, Decimal] = {None: Decimal(0)}
    for number, amount, data in connection.execute(
        """
        SELECT number, amount, data FROM entries WHERE plan = ? AND goal = ? AND target = ? AND day <= ?
            AND act IN ('log', 'fix') AND recorded_at < ?
        """,
        (plan, *key, on.isoformat(), instant_text(instant)),
    ):
        if number not in corrected:
            value = unpacked(data).get("breakdown", {}).get(breakdown)
            found[value] = found.get(value, Decimal(0)) + (units(amount) or 0)
    return found


def as_known(entries: tuple[Entry, ...], connection: Connection, instant: datetime) -> tuple[Entry, ...]:
    """Return the entries recorded before `instant`, in the state that they had then."""
    replay = corrected_before(connection, instant)
    known = []
    for entry in entries:
        if entry.recorded_at >= instant:
            continue
        by = replay.by.get(entry.number)
        correction = replay.correction(by) if by is not None else None
        state: EntryState = "counted"
        if correction is not None:
            state = "void" if correction.act == "void" else "corrected"
        known.append(entry._replace(state=state, corrected_by=by))
    return tuple(known)


class _Building:
    """One target's tallies at three days, while the entries pass by in any order."""

    def __init__(self, on: date, before: date, due: date) -> None:
        self._days = (on, before, due)
        self._tallies = [NOTHING, NOTHING, NOTHING]
        self._places = [-1, -1, -1]

    def add(self, day: date, place: int, amount: Decimal | None, denominator: Decimal | None, steps: list[str]) -> None:
        for index, end in enumerate(self._days):
            if day <= end:
                self._add(index, day, place, amount, denominator, steps)

    def account(self) -> Account:
        return Account(*self._tallies)

    def _add(
        self, index: int, day: date, place: int, amount: Decimal | None, denominator: Decimal | None, steps: list[str]
    ) -> None:
        tally: Tally = self._tallies[index]
        newest = tally.newest
        if amount is not None and (newest is None or (day, place) > (newest.day, self._places[index])):
            newest = Newest(day, amount, denominator)
            self._places[index] = place
        self._tallies[index] = Tally(
            total=tally.total + (amount or 0),
            denominators=tally.denominators + (denominator or 0),
            newest=newest,
            entries=tally.entries + 1,
            first=day if tally.first is None else min(day, tally.first),
            last=day if tally.last is None else max(day, tally.last),
            steps=tally.steps.union(steps),
        )


def _standing(
    connection: Connection, plan: str, on: date, instant: datetime
) -> Iterator[tuple[Key, date, int, Decimal | None, Decimal | None, list[Any]]]:
    corrected = corrected_before(connection, instant).by
    for number, goal, target, day, place, amount, denominator, data in connection.execute(
        """
        SELECT number, goal, target, day, place, amount, denominator, data FROM entries
        WHERE plan = ? AND day <= ? AND act IN ('log', 'done', 'fix') AND recorded_at < ?
        """,
        (plan, on.isoformat(), instant_text(instant)),
    ):
        if number not in corrected:
            steps = unpacked(data).get("steps", []) if data else []
            yield (goal, target), date.fromisoformat(day), place, units(amount), units(denominator), steps
