"""Doubts about the rows of an import: what `log` would ask, cell by cell, at a price that many rows can pay."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kxplan.commands.figures import accounts
from kxplan.message import Message, message
from kxplan.model.entry import NewEntry
from kxplan.model.plan import Plan, Target
from kxplan.model.tally import Account

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite import SqliteLedger


class Row(NamedTuple):
    """A row that can be written."""

    place: str
    """Its first cell, as `填报!A5`."""
    entry: NewEntry
    is_known: bool
    """Whether it was recorded before."""


def doubts_of(call: Call, ledger: SqliteLedger, rows: Iterable[Row]) -> list[Message]:
    """Return the doubts about new rows: above the whole target, a repeat of what stands, a running total that falls.

    Equal rows of one file are no repeats of each other.
    """
    plan = call.plan
    recorded = ledger.entry_counts(plan.id)
    repeats = lru_cache(_MOST_KNOWN)(ledger.repeats)
    levels = _Levels(call, ledger)
    found: list[Message] = []
    for place, entry, _ in rows:
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
            said += [
                message("cli.doubt-repeat", number=number, day=entry.day, amount=entry.amount)
                for number in repeats(plan.id, entry.goal, entry.target, entry.day, entry.amount)
            ]
        found += [message("import.doubt", cell=place, what=what) for what in said]
    return found + list(levels.falling())


def target_of(plan: Plan, entry: NewEntry) -> Target:
    """Return the target that an entry is meant for."""
    goal = plan.goal(entry.goal)
    if goal is None:
        raise LookupError(entry.goal)
    return next(target for target in goal.targets if target.id == entry.target)


_MOST_KNOWN = 20_000


class _Levels:
    """The last total of each day of the running targets, as the file gives them."""

    def __init__(self, call: Call, ledger: SqliteLedger) -> None:
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
