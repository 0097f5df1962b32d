"""Doubts about the rows of an import: what `log` would ask, cell by cell, at a price that many rows can pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kxplan.commands.figures import accounts
from kxplan.message import Message, message
from kxplan.model.entry import Keyed, NewEntry
from kxplan.model.plan import Plan, Target
from kxplan.model.tally import Account

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite_reader import SqliteReader


class Row(NamedTuple):
    """A row that can be written."""

    place: str
    """Its first cell, as `填报!A5`."""
    entry: NewEntry
    is_known: bool
    """Whether it was recorded before."""


def doubts_of(
    call: Call, ledger: SqliteReader, rows: Iterable[Row], keys: Iterable[str], *, is_again: bool
) -> list[Message]:
    """Return the doubts about new rows.

    Above the whole target, a repeat of what stands, a row that was changed after it had been recorded, the
    same row on two sheets, a running total that falls. Equal rows of one sheet are no repeats of each other.
    `keys` are those of all rows, `is_again` tells whether some of them were recorded before.
    """
    plan = call.plan
    recorded = ledger.entry_counts(plan.id)
    repeats = lru_cache(_MOST_KNOWN)(ledger.repeats)
    levels, changes = _Levels(call, ledger), _Changes(call, ledger, is_again=is_again)
    found: list[Message] = []
    copies = _Copies()
    for place, entry, _ in rows:
        found += copies.of(place, entry)
        if entry.amount is None:
            continue
        target = target_of(plan, entry)
        amount = target.in_force(entry.day).amount
        said: list[Message] = []
        if target.kind == "sum" and amount is not None and entry.amount > amount:
            said.append(message("cli.doubt-above", amount=entry.amount, target=amount, unit=target.unit or ""))
        if target.kind == "running":
            levels.take(place, entry)
        if (entry.goal, entry.target) in recorded:
            numbers = repeats(plan.id, entry.goal, entry.target, entry.day, entry.amount)
            if numbers:
                said.append(_repeated(numbers, entry))
            if target.kind == "sum":
                changes.take(place, entry)
        found += [message("import.doubt", cell=place, what=what) for what in said]
    return [*found, *changes.doubts(keys), *levels.falling()]


def target_of(plan: Plan, entry: NewEntry) -> Target:
    """Return the target that an entry is meant for."""
    goal = plan.goal(entry.goal)
    if goal is None:
        raise LookupError(entry.goal)
    return next(target for target in goal.targets if target.id == entry.target)


def _repeated(numbers: Sequence[int], entry: NewEntry) -> Message:
    data = {"number": numbers[0], "day": entry.day, "amount": entry.amount}
    return (
        message("import.doubt-repeats", **data, n=len(numbers)) if numbers[1:] else message("cli.doubt-repeat", **data)
    )


_MOST_KNOWN = 20_000


class _Copies:
    """Rows that stand on two sheets of a workbook: one of these often gathers the others."""

    def __init__(self) -> None:
        self._first: dict[str, str] = {}

    def of(self, place: str, entry: NewEntry) -> Iterator[Message]:
        """Yield a doubt where an equal row stands on an earlier sheet."""
        sheet = place.rpartition("!")[0]
        if sheet and entry.key is not None:
            first = self._first.setdefault(entry.key.rpartition("-")[0], place)
            if first.rpartition("!")[0] != sheet:
                yield message("import.doubt", cell=place, what=message("import.doubt-copy", cell=first))


class _Changes:
    """Entries whose row the file does not have any more, while it has another one in their place."""

    def __init__(self, call: Call, ledger: SqliteReader, *, is_again: bool) -> None:
        self._call = call
        self._ledger = ledger
        self._is_again = is_again
        self._new: dict[tuple[str, str, date], list[tuple[str, NewEntry]]] = {}

    def take(self, place: str, entry: NewEntry) -> None:
        """Take in a new row: it may be a recorded one of the same person with another amount.

        Only where the file was imported before, or both rows say the same in words.
        """
        if self._is_again or entry.note:
            self._new.setdefault((entry.goal, entry.target, entry.day), []).append((place, entry))

    def doubts(self, keys: Iterable[str]) -> Iterator[Message]:
        """Yield a doubt for each new row that stands for an entry which is not among `keys`."""
        kept = {where: self._ledger.keyed_on(self._call.plan.id, *where) for where in self._new}
        wanted = {one.key for some in kept.values() for one in some}
        there = {key for key in keys if key in wanted}
        for where, rows in self._new.items():
            gone: dict[tuple[str, str | None], list[Keyed]] = {}
            for one in kept[where]:
                if one.key not in there:
                    gone.setdefault(self._likeness(one.who, one.note), []).append(one)
            for place, entry in rows:
                alike = gone.get(self._likeness(entry.who or self._call.who, entry.note))
                if alike and alike[-1].amount not in (None, entry.amount):
                    yield message("import.doubt", cell=place, what=_changed(alike.pop(), entry))

    def _likeness(self, who: str, note: str | None) -> tuple[str, str | None]:
        return who, None if self._is_again else note


def _changed(one: Keyed, entry: NewEntry) -> Message:
    return message(
        "import.doubt-changed", number=one.number, day=entry.day, recorded=one.amount, amount=entry.amount
    )  # fmt: skip


class _Levels:
    """The last total of each day of the running targets, as the file gives them."""

    def __init__(self, call: Call, ledger: SqliteReader) -> None:
        self._call = call
        self._ledger = ledger
        self._last: dict[tuple[str, str], dict[date, tuple[Decimal, str]]] = {}

    def take(self, place: str, entry: NewEntry) -> None:
        """Take in one row of a running target."""
        if entry.amount is not None:
            self._last.setdefault((entry.goal, entry.target), {})[entry.day] = (entry.amount, place)

    def falling(self) -> Iterator[Message]:
        """Yield a doubt for each total below the newest before it, in the file or in the ledger."""
        for key, days in self._last.items():
            before: tuple[Decimal, date] | None = None
            for day in sorted(days):
                amount, place = days[day]
                newest = accounts(self._ledger, self._call.plan, day).get(key, Account()).now.newest
                if newest is not None and (before is None or newest.day >= before[1]):
                    before = (newest.amount, newest.day)
                if before is not None and amount < before[0]:
                    what = message("cli.doubt-falling", amount=amount, newest=before[0], day=before[1])
                    yield message("import.doubt", cell=place, what=what)
                before = (amount, day)
