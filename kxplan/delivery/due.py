"""What is due: which ended periods a recipient still has to hear of, and from which day on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from kxplan.dates import Period, Span, containing, previous

MOST_AT_ONCE = 4
"""How many missed periods are caught up."""


def last_ended(span: Span, today: date) -> Period:
    """Return the last calendar period of this span that is over on `today`."""
    return previous(span, containing(span, today))


def due_periods(span: Span, today: date, newest: Period | None, plan: Period) -> tuple[Period, ...]:
    """Return the ended periods that a recipient of a plan has not heard of, oldest first, at most four.

    `newest` is the latest one in the outbox; None: only the last ended one is due. Periods that have
    no day in common with the plan are none of its own.
    """
    due: list[Period] = []
    period = last_ended(span, today)
    while len(due) < (1 if newest is None else MOST_AT_ONCE):
        if not period.meets(plan) or (newest is not None and period.start <= newest.start):
            break
        due.append(period)
        period = previous(span, period)
    return tuple(reversed(due))


def is_time(today: date, is_working: Callable[[date], bool]) -> bool:
    """Tell whether this week's first working day has come; in a week without one it never does."""
    monday = containing("week", today).start
    days = (monday + timedelta(days=offset) for offset in range((today - monday).days + 1))
    return any(is_working(day) for day in days)
