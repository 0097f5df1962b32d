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
    last = last_ended(span, today)
    if newest is None:
        return (last,) if last.meets(plan) else ()
    due: list[Period] = []
    # A plan that is over still owes its last periods, and nothing after them.
    period = min(last, containing(span, plan.end))
    while period.start > newest.start and period.meets(plan) and len(due) < MOST_AT_ONCE:
        due.append(period)
        period = previous(span, period)
    return tuple(reversed(due))


def first_working_day(today: date, is_working: Callable[[date], bool]) -> date | None:
    """Return the first working day of this week; None where it has not come by `today`."""
    monday = containing("week", today).start
    days = (monday + timedelta(days=offset) for offset in range((today - monday).days + 1))
    return next((day for day in days if is_working(day)), None)
