"""Tallies: sums and newest values of one target at the end of a day."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

from kxplan.record import Record


class Newest(Record):
    """The value of the entry with the latest work day, then the latest number."""

    day: date
    amount: Decimal
    denominator: Decimal | None = None


class Tally(Record):
    """What the entries that stand say about one target through the end of one day."""

    total: Decimal = Decimal(0)
    """Sum of the amounts (numerators of a ratio)."""
    denominators: Decimal = Decimal(0)
    """Sum of the denominators of a ratio."""
    newest: Newest | None = None
    """None before the first entry with an amount."""
    entries: int = 0
    """Entries of any kind: notes, zeros and `done` included."""
    first: date | None = None
    """The work day of the first of them."""
    last: date | None = None
    """The work day of the last of them."""
    steps: frozenset[str] = frozenset()
    """The steps of a milestone that are done."""


NOTHING = Tally()


class Account(Record):
    """The tallies of one target that its standing on a day is computed from."""

    now: Tally = NOTHING
    """Through the day `on`."""
    before: Tally = NOTHING
    """Through the last day before the window of the forecast; only its total and newest are set."""
    at_due: Tally = NOTHING
    """Through the target's `by`; the same as `now` where that is not before `on`."""


class Look(Record):
    """A moment to look back to: a day, as it was known at an instant."""

    on: date
    known_by: datetime
    """What was recorded at it or later does not count."""
    window_start: date
    """The first day of the forecast's window."""
    due: Mapping[tuple[str, str], date]
    """The `by` of each target (goal id, target id) where that is before `on`."""
    formerly: Mapping[str, str]
    """Ids that goals had, with their present ones."""
