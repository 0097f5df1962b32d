"""Accounts: the tallies of every target of a plan, each a look-up in the sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from kxplan.ledger.rows import exact, units
from kxplan.model.tally import NOTHING, Account, Newest, Tally
from kxplan.record import Record
from kxplan.store.connection import Connection

Key = tuple[str, str]
"""Goal id and target id."""


_ROWS = """
    SELECT total, total_rest, denominators, denominators_rest, entries,
        newest_day, newest_place, newest_amount, newest_denominator, day
    FROM sums WHERE plan = ? AND goal = ? AND target = ? AND day <= ?
"""


class Mark(Record):
    """What the entries of one target come to at the end of a day, as a row of `sums` has it, and their first day."""

    total: int
    total_rest: int
    denominators: int
    denominators_rest: int
    entries: int
    newest_day: str | None
    newest_place: int | None
    newest_amount: int | None
    newest_denominator: int | None
    last: str
    first: str


def accounts(
    connection: Connection,
    plan: str,
    on: date,
    *,
    window_start: date,
    due: Mapping[Key, date],
    formerly: Mapping[str, str],
    goals: Sequence[str] | None = None,
) -> dict[Key, Account]:
    """Return the accounts of all targets of `plan`, or of `goals` (ids as recorded), that have entries through `on`.

    `before` ends with the day before `window_start`. `at_due` ends with the target's day in `due`
    and is `now` for targets that are not in it. `formerly` maps ids that goals had to their present ones.
    """
    firsts = dict(_keys(connection, plan) if goals is None else _keys_of(connection, plan, goals))

    def at(key: Key, day: str) -> Mark | None:
        row = _row(connection, plan, key, day)
        return None if row is None else Mark._make((*row, firsts[key]))

    steps = first_done(_steps(connection, plan), formerly)
    return accounts_from(firsts, at, steps, on=on, window_start=window_start, due=due, formerly=formerly)


def accounts_from(
    keys: Iterable[Key],
    at: Callable[[Key, str], Mark | None],
    steps: Mapping[Key, Mapping[str, date]],
    *,
    on: date,
    window_start: date,
    due: Mapping[Key, date],
    formerly: Mapping[str, str],
) -> dict[Key, Account]:
    """Return the accounts that `at` has the sums of, by the key they were recorded with and the day.

    `steps` holds the day on which each was first done.
    """
    before = window_start - timedelta(days=1)
    found: dict[Key, list[Key]] = {}
    for key in keys:
        found.setdefault(present_key(key, formerly), []).append(key)
    result = {}
    for key, old in found.items():
        ends = (on, before, due.get(key, on))
        through = {end: _through(old, at, end) for end in dict.fromkeys(ends)}
        if through[on] is NOTHING:
            continue
        done = steps.get(key, {})
        result[key] = Account(
            *(through[end]._replace(steps=frozenset(step for step, day in done.items() if day <= end)) for end in ends)
        )
    return result


def course(
    connection: Connection, plan: str, key: Key, on: date, formerly: Sequence[str]
) -> tuple[tuple[date, Tally], ...]:
    """Return the tally of one target at the end of each day through `on` that has entries, in order of days.

    `formerly` are the ids that its goal had.
    """
    goal, _ = key
    rows = sorted(
        (row[9], index, row)
        for index, id in enumerate(recorded_keys(key, formerly))
        for row in _rows(connection, plan, id, on.isoformat())
    )
    done = first_done(_steps(connection, plan), dict.fromkeys(formerly, goal)).get(key, {})
    marks: dict[int, Mark] = {}
    days: dict[str, Tally] = {}
    for day, index, row in rows:
        marks[index] = Mark._make((*row, rows[0][0]))
        days[day] = _merged(list(marks.values()))
    return tuple(
        (on, tally._replace(steps=frozenset(step for step, first in done.items() if first <= on)))
        for on, tally in ((date.fromisoformat(day), tally) for day, tally in days.items())
    )


def entry_counts(connection: Connection, plan: str) -> dict[Key, int]:
    """Return how many entries stand for each goal and target that has any, under the ids they were recorded with."""
    counts = {}
    for key, _ in _keys(connection, plan):
        row = _row(connection, plan, key, "9999-12-31")
        if row is not None:
            counts[key] = row[4]
    return counts


def recorded_keys(key: Key, formerly: Sequence[str]) -> list[Key]:
    """Return every key that a target's entries may be recorded with: its own, and those under its goal's former ids."""
    goal, target = key
    return [(id, id if target == goal else target) for id in (goal, *formerly)]


def present_key(key: Key, formerly: Mapping[str, str]) -> Key:
    """Return the ids that a target has now; one that bore its goal's id still does."""
    goal, target = key
    now = formerly.get(goal, goal)
    return (now, now if target == goal else target)


def _keys(connection: Connection, plan: str) -> Iterator[tuple[Key, str]]:
    """Yield each target with its first day, by jumping from one to the next in the index."""
    goal = target = ""
    while True:
        row = connection.execute(
            """
            SELECT goal, target, day FROM sums WHERE plan = ? AND (goal, target) > (?, ?)
            ORDER BY goal, target, day LIMIT 1
            """,
            (plan, goal, target),
        ).fetchone()
        if row is None:
            return
        goal, target, first = row
        yield (goal, target), first


def _keys_of(connection: Connection, plan: str, goals: Iterable[str]) -> Iterator[tuple[Key, str]]:
    """Yield each target of these goals with its first day."""
    for goal in goals:
        for target, first in connection.execute(
            "SELECT target, min(day) FROM sums WHERE plan = ? AND goal = ? GROUP BY target", (plan, goal)
        ):
            yield (goal, target), first


def _through(keys: Iterable[Key], at: Callable[[Key, str], Mark | None], on: date) -> Tally:
    day = on.isoformat()
    marks = [mark for key in keys if (mark := at(key, day)) is not None]
    return _merged(marks) if marks else NOTHING


def _row(connection: Connection, plan: str, key: Key, day: str) -> tuple[Any, ...] | None:
    row: tuple[Any, ...] | None = connection.execute(_ROWS + "ORDER BY day DESC LIMIT 1", (plan, *key, day)).fetchone()
    return row


def _rows(connection: Connection, plan: str, key: Key, day: str) -> list[tuple[Any, ...]]:
    return connection.execute(_ROWS, (plan, *key, day)).fetchall()


def _merged(marks: list[Mark]) -> Tally:
    newest = max(
        (mark for mark in marks if mark.newest_day is not None),
        key=lambda mark: (mark.newest_day, mark.newest_place),
        default=None,
    )
    return Tally(
        total=sum((exact(mark.total, mark.total_rest) for mark in marks), start=NOTHING.total),
        denominators=sum((exact(mark.denominators, mark.denominators_rest) for mark in marks), start=NOTHING.total),
        newest=_newest(newest) if newest else None,
        entries=sum(mark.entries for mark in marks),
        first=date.fromisoformat(min(mark.first for mark in marks)),
        last=date.fromisoformat(max(mark.last for mark in marks)),
    )


def _newest(mark: Mark) -> Newest:
    amount = units(mark.newest_amount)
    if mark.newest_day is None or amount is None:
        raise ValueError(mark)
    return Newest(date.fromisoformat(mark.newest_day), amount, units(mark.newest_denominator))


def _steps(connection: Connection, plan: str) -> list[tuple[str, str, str]]:
    """Return goal, step and the day on which it was first done."""
    found = connection.execute("SELECT goal, step, min(day) FROM steps WHERE plan = ? GROUP BY goal, step", (plan,))
    return found.fetchall()


def first_done(steps: Iterable[tuple[str, str, str]], formerly: Mapping[str, str]) -> dict[Key, dict[str, date]]:
    """Return the first day of each of `steps` (goal, step, day). A step that bears its goal's id follows it."""
    found: dict[Key, dict[str, date]] = {}
    for goal, step, day in steps:
        now, present = present_key((goal, step), formerly)
        done = found.setdefault((now, now), {})
        on = date.fromisoformat(day)
        done[present] = min(on, done.get(present, on))
    return found
