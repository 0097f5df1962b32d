"""The curve of a promise: which share of the way is to be gone by the end of a day."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache

from kxplan.dates import Period, Span, spanning
from kxplan.model.plan import Calendar, Terms
from kxplan.record import Record

_SPANS: dict[str, Span] = {"monthly": "month", "quarterly": "quarter", "half-yearly": "half"}
_NOTHING = Fraction(0)
_WHOLE = Fraction(1)


class Share(Record):
    """A share of the way, and what it was counted from."""

    value: Fraction
    """Between 0 and 1."""
    gone: int | None = None
    """Days, working days or steps gone; None where the curve does not count."""
    whole: int | None = None
    """Days, working days or steps in all."""


def share(terms: Terms, calendar: Calendar, on: date) -> Share:
    """Return the share of the way from baseline to amount that is due by the end of `on`.

    The first day and the last day of the curve both count.
    Source: "planned value", ISO 21508; 序时进度.
    """
    match terms.pace:
        case "even":
            return _even(terms, on)
        case "workdays":
            return _workdays(terms, calendar, on)
        case "monthly" | "quarterly" | "half-yearly":
            return _steps(terms, _SPANS[terms.pace], on)
        case "checkpoints":
            return Share(_WHOLE if on >= terms.by else _along(terms, on))
        case "none":
            return Share(_WHOLE if on >= terms.by else _NOTHING)


def working_days(calendar: Calendar, period: Period) -> int:
    """Return how many Chinese working days `period` holds, 调休 included."""
    if period.days <= 0:
        return 0
    weeks, rest = divmod(period.days, 7)
    first = period.start.weekday()
    days = weeks * 5 + sum((first + extra) % 7 < 5 for extra in range(rest))
    days -= sum(period.start <= day <= period.end for day in calendar.off)
    return days + sum(period.start <= day <= period.end for day in calendar.work)


def _even(terms: Terms, on: date) -> Share:
    whole = Period(terms.start, terms.by).days
    gone = min(max(Period(terms.start, on).days, 0), whole)
    return Share(Fraction(gone, whole), gone, whole)


def _workdays(terms: Terms, calendar: Calendar, on: date) -> Share:
    whole = working_days(calendar, Period(terms.start, terms.by))
    if not whole:
        return _even(terms, on)
    gone = working_days(calendar, Period(terms.start, min(on, terms.by)))
    return Share(Fraction(gone, whole), gone, whole)


def _steps(terms: Terms, span: Span, on: date) -> Share:
    ends = _ends(span, terms.start, terms.by)
    gone = sum(end <= on for end in ends)
    return Share(Fraction(gone, len(ends)), gone, len(ends))


@lru_cache
def _ends(span: Span, start: date, by: date) -> tuple[date, ...]:
    """Return the last day of each part of a curve; most targets of a plan have the same."""
    return tuple(min(part.end, by) for part in spanning(span, Period(start, by)))


def _along(terms: Terms, on: date) -> Fraction:
    day, reached = terms.start - timedelta(days=1), _NOTHING
    for checkpoint in terms.checkpoints:
        if on < checkpoint.by:
            if terms.interpolate == "step" or on <= day:
                return reached
            return reached + (checkpoint.share - reached) * Fraction((on - day).days, (checkpoint.by - day).days)
        day, reached = checkpoint.by, checkpoint.share
    return reached
