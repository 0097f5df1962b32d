"""Hindsight: the accounts of earlier moments as they were known then, for any number of moments in one pass.

Memory grows with targets and days, not with entries.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from kxplan.ledger.accounts import Key, Mark, accounts_from, first_done
from kxplan.ledger.corrections import Correction, corrected
from kxplan.ledger.derived import count_on
from kxplan.ledger.rows import MILLION, instant_text, steps_of, unpacked
from kxplan.model.tally import Account, Look
from kxplan.record import Record
from kxplan.store.connection import Connection


def accounts_then(
    connection: Connection, plan: str, looks: Sequence[Look], goals: Sequence[str] | None = None
) -> list[dict[Key, Account]]:
    """Return the accounts of each look, in the order of `looks`; see `Ledger.accounts_then`."""
    if not looks:
        return []
    order = sorted(range(len(looks)), key=lambda index: looks[index].known_by)
    limits = [instant_text(looks[index].known_by) for index in order]
    past = _Past(connection, plan, limits, goals)
    found: list[dict[Key, Account]] = [{} for _ in looks]
    for turn, index in enumerate(order):
        found[index] = past.accounts(turn, looks[index])
    return found


class _Event(Record):
    """An entry that may stand or not, by what was known."""

    number: int
    key: Key
    day: str
    place: int
    amount: int | None
    denominator: int | None
    steps: tuple[str, ...]
    turn: int
    """The first look that knows it."""


class _Past:
    """All entries of a plan, told by the first look that knows them. Looks are taken in turn."""

    def __init__(self, connection: Connection, plan: str, limits: Sequence[str], goals: Sequence[str] | None) -> None:
        self._lines: dict[Key, _Line] = {}
        self._loose: list[_Event] = []
        """Entries with corrections in their lives: which of them stand changes from look to look."""
        self._steps: list[_Event] = []
        """Entries without corrections that completed steps."""
        self._corrections = _corrections(connection, plan, limits)
        corrected_places = {place for _, _, place in self._corrections}
        for number, goal, target, day, place, amount, denominator, data, recorded_at in _entries(
            connection, plan, limits[-1], goals
        ):
            turn = bisect_right(limits, recorded_at)
            if place in corrected_places or (data is not None and "steps" in data):
                steps = steps_of(unpacked(data))
                event = _Event(number, (goal, target), day, place, amount, denominator, steps, turn)
                if place in corrected_places:
                    self._loose.append(event)
                    continue
                if steps:
                    self._steps.append(event)
            line = self._lines.get((goal, target))
            if line is None:
                line = self._lines[(goal, target)] = _Line()
            line.add(turn, day, place, amount, denominator)

    def accounts(self, turn: int, look: Look) -> dict[Key, Account]:
        """Return the accounts of the look whose turn it is."""
        for line in self._lines.values():
            line.take(turn)
        by = corrected([correction for correction, known, _ in self._corrections if known <= turn]).by
        standing = [event for event in self._loose if event.turn <= turn and event.number not in by]
        lines = {**self._lines, **self._with(standing)}
        steps = [event for event in (*self._steps, *standing) if event.turn <= turn]
        done = ((event.key[0], step, event.day) for event in steps for step in event.steps)
        return accounts_from(
            lines,
            lambda key, day: lines[key].at(day),
            first_done(done, look.formerly),
            on=look.on,
            window_start=look.window_start,
            due=look.due,
            formerly=look.formerly,
        )

    def _with(self, standing: Iterable[_Event]) -> dict[Key, _Line]:
        """Return the lines that these entries add to, with them."""
        parted: defaultdict[Key, list[_Event]] = defaultdict(list)
        for event in standing:
            parted[event.key].append(event)
        return {key: self._lines.get(key, _Line()).with_more(events) for key, events in parted.items()}


class _Line:
    """What the entries of one target add up to at the end of each day that has any."""

    def __init__(self) -> None:
        self._coming: dict[int, dict[str, list[Any]]] = {}
        # Of each day, as `count_on` has it.
        self._cells: dict[str, list[Any]] = {}
        self._days: list[str] = []
        self._marks: list[Mark] = []

    def add(self, turn: int, day: str, place: int, amount: int | None, denominator: int | None) -> None:
        """Take in an entry that counts from the look `turn` on."""
        count_on(self._coming.setdefault(turn, {}), day, place, amount, denominator)

    def take(self, turn: int) -> None:
        """Let what that look is the first to know count from now on."""
        new = self._coming.pop(turn, None)
        if new is None:
            return
        for day, cell in new.items():
            mine = self._cells.get(day)
            self._cells[day] = cell if mine is None else _united(mine, cell)
        self._sum_from(min(new))

    def with_more(self, events: Iterable[_Event]) -> _Line:
        """Return a line that these entries are added to; this one stays as it is."""
        line = _Line()
        line._cells = {day: [*cell] for day, cell in self._cells.items()}
        for event in events:
            count_on(line._cells, event.day, event.place, event.amount, event.denominator)
        line._sum_from("")
        return line

    def at(self, day: str) -> Mark | None:
        """Return what all through `day` comes to; None before the first entry."""
        index = bisect_right(self._days, day)
        return self._marks[index - 1] if index else None

    def _sum_from(self, first: str) -> None:
        at = bisect_left(self._days, first)
        days = sorted(day for day in self._cells if day >= first)
        self._days[at:] = days
        del self._marks[at:]
        for day in days:
            self._marks.append(_mark(self._marks[-1] if self._marks else None, day, self._cells[day]))


def _united(one: list[Any], other: list[Any]) -> list[Any]:
    newest = max(one, other, key=lambda cell: cell[3])
    return [*(mine + more for mine, more in zip(one[:3], other[:3], strict=True)), *newest[3:]]


def _mark(before: Mark | None, day: str, cell: list[Any]) -> Mark:
    total, denominators, entries, *newest = cell
    newest_day = None if newest[1] is None else day
    if before is not None:
        total += before.total * MILLION + before.total_rest
        denominators += before.denominators * MILLION + before.denominators_rest
        entries += before.entries
        if newest_day is None:
            newest_day = before.newest_day
            newest = [before.newest_place, before.newest_amount, before.newest_denominator]
    first = day if before is None else before.first
    sums = (*divmod(total, MILLION), *divmod(denominators, MILLION), entries)
    return Mark._make((*sums, newest_day, *newest, day, first))


def _entries(connection: Connection, plan: str, before: str, goals: Sequence[str] | None) -> Iterable[tuple[Any, ...]]:
    """Select what counts and was recorded before an instant; of all goals, or of these."""
    statement = """
        SELECT number, goal, target, day, place, amount, denominator, data, recorded_at FROM entries
        WHERE plan = ? AND act IN ('log', 'done', 'fix') AND recorded_at < ?
    """
    if goals is None:
        return connection.execute(statement.replace("plan =", "+plan ="), (plan, before))
    places = ", ".join("?" * len(goals))
    return connection.execute(f"{statement} AND goal IN ({places})", (plan, before, *goals))


def _corrections(connection: Connection, plan: str, limits: Sequence[str]) -> list[tuple[Correction, int, int]]:
    """Return all corrections by number, each with the first look that knows it and the place that it concerns."""
    # Each + keeps SQLite from walking all entries where the index of corrections has these alone.
    rows = connection.execute(
        """
        SELECT e.number, e.act, r.number, max(e.recorded_at, r.recorded_at), e.place
        FROM entries e JOIN entries r ON r.id = e.corrects
        WHERE e.place <> e.number AND +e.plan = ? ORDER BY +e.number
        """,
        (plan,),
    )
    return [(Correction(number, act, wrong), bisect_right(limits, at), place) for number, act, wrong, at, place in rows]
