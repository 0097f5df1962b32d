"""Derived tables: everything beside the entries, worked out from the entries alone in one pass.

What the writing methods keep step by step must equal this at any moment; memory grows with
targets and days, not with entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Any, TypeVar

from kxplan.ledger.corrections import Correction, corrected
from kxplan.ledger.rows import MILLION, breakdown_of, steps_of, unpacked
from kxplan.store.connection import Connection

Where = tuple[str, str, str]
"""Plan, goal and target."""

_Day = TypeVar("_Day", str, bytes)

TABLES = ("corrected", "sums", "shares", "steps", "keys")

_SUMS_COLUMNS = (
    "day, total, total_rest, denominators, denominators_rest, entries, "
    "newest_day, newest_place, newest_amount, newest_denominator"
)
_NOTHING = (0, 0, 0, -1, None, None)


class Gathering:
    """What standing entries add up to, gathered one by one in any order."""

    def __init__(self) -> None:
        # total, denominators, entries, newest place, newest amount, newest denominator of each day
        self._days: dict[Where, dict[str, list[Any]]] = {}
        self._shares: dict[tuple[str, ...], list[int]] = {}
        self._steps: list[tuple[Any, ...]] = []

    def add(
        self,
        number: int,
        where: Where,
        day: str,
        place: int,
        amount: int | None,
        denominator: int | None,
        data: str | None,
    ) -> None:
        """Take in an entry that stands."""
        days = self._days.get(where)
        if days is None:
            days = self._days[where] = {}
        count_on(days, day, place, amount, denominator)
        if data is not None:
            self.add_parts(number, where, day, amount or 0, data)

    def take(self, plan: str, goal: str, target: str, day: str, of_day: list[Any]) -> None:
        """Take in all that stands on a day of which nothing is known yet, as `count_on` has it."""
        self._days.setdefault((plan, goal, target), {})[day] = of_day

    def add_parts(self, number: int, where: Where, day: str, amount: int, data: str) -> None:
        """Take in the breakdown and the steps of an entry that stands."""
        if '"breakdown"' not in data and '"steps"' not in data:
            return
        more = unpacked(data)
        for key, value in breakdown_of(more):
            share = self._shares.setdefault((*where, key, value, day), [0, 0])
            share[0] += amount
            share[1] += 1
        self._steps += [(where[0], where[1], step, number, day) for step in steps_of(more)]

    def load(self, connection: Connection, where: Where) -> None:
        """Begin with what the sums of a target already hold."""
        days = self._days[where] = {}
        total = denominators = entries = 0
        for day, units, rest, d_units, d_rest, so_far, newest_day, *newest in connection.execute(
            f"SELECT {_SUMS_COLUMNS} FROM sums WHERE plan = ? AND goal = ? AND target = ? ORDER BY day",  # noqa: S608
            where,
        ):
            whole, d_whole = units * MILLION + rest, d_units * MILLION + d_rest
            of_day = newest if newest_day == day else _NOTHING[3:]
            days[day] = [whole - total, d_whole - denominators, so_far - entries, *of_day]
            total, denominators, entries = whole, d_whole, so_far

    def has(self, where: Where) -> bool:
        """Tell whether anything is known of a target."""
        return where in self._days

    @property
    def targets(self) -> Iterable[Where]:
        """The targets that something is known of."""
        return self._days.keys()

    def sums(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the table `sums` in the order of its key."""
        for where in sorted(self._days):
            total = denominators = entries = 0
            newest: tuple[Any, ...] = (None, None, None, None)
            for day, of_day in sorted(self._days[where].items()):
                total, denominators, entries = total + of_day[0], denominators + of_day[1], entries + of_day[2]
                if of_day[4] is not None:
                    newest = (day, *of_day[3:])
                yield (*where, day, *divmod(total, MILLION), *divmod(denominators, MILLION), entries, *newest)

    def shares(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the table `shares` in the order of its key."""
        for key, (total, entries) in sorted(self._shares.items()):
            yield (*key, *divmod(total, MILLION), entries)

    def steps(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of the table `steps` in the order of its key."""
        yield from sorted(self._steps)


def count_on(days: dict[_Day, list[Any]], day: _Day, place: int, amount: int | None, denominator: int | None) -> None:
    """Count an entry on its day: total, denominators, entries, then place, amount and denominator of the newest."""
    of_day = days.get(day)
    if of_day is None:
        of_day = days[day] = [*_NOTHING]
    of_day[2] += 1
    if denominator is not None:
        of_day[1] += denominator
    if amount is not None:
        of_day[0] += amount
        if place > of_day[3]:
            of_day[3:] = (place, amount, denominator)


def corrections(connection: Connection) -> list[Correction]:
    """Return all corrections in the order of their numbers."""
    rows = connection.execute(
        """
        SELECT e.number, e.act, r.number FROM entries e JOIN entries r ON r.id = e.corrects
        WHERE e.place <> e.number ORDER BY +e.number
        """
    )
    return [Correction(*row) for row in rows]


def gathered(connection: Connection, by: dict[int, int]) -> Gathering:
    """Return what the entries that stand add up to: all but those in `by`."""
    gathering = Gathering()
    for number, plan, goal, target, day, place, amount, denominator, data in connection.execute(
        """
        SELECT number, plan, goal, target, day, place, amount, denominator, data FROM entries
        WHERE act IN ('log', 'done', 'fix')
        """
    ):
        if number not in by:
            gathering.add(number, (plan, goal, target), day, place, amount, denominator, data)
    return gathering


def keyed(connection: Connection) -> Iterator[tuple[Any, ...]]:
    """Yield the rows of the table `keys` as the entries have them; those of one call follow each other."""
    rows = connection.execute(
        """
        SELECT key, coalesce(json_extract(data, '$.content'), ''), number FROM entries
        WHERE key IS NOT NULL ORDER BY number
        """
    )
    for key, of_key in groupby(rows, itemgetter(0)):
        (_, content, number), *others = of_key
        yield key, content, number, 1 + len(others)


def fill(connection: Connection) -> None:
    """Fill the derived tables, which are empty, from the entries."""
    by = corrected(corrections(connection)).by
    gathering = gathered(connection, by)
    connection.executemany("INSERT INTO corrected VALUES (?, ?)", by.items())
    connection.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", gathering.sums())
    connection.executemany("INSERT INTO shares VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", gathering.shares())
    connection.executemany("INSERT INTO steps VALUES (?, ?, ?, ?, ?)", gathering.steps())
    connection.executemany("INSERT OR IGNORE INTO keys VALUES (?, ?, ?, ?)", keyed(connection))


def rebuild(connection: Connection) -> None:
    """Make the derived tables anew from the entries, inside the present write transaction."""
    for table in TABLES:
        connection.execute(f"DELETE FROM {table}")  # noqa: S608 -- the names are ours
    fill(connection)
