"""The outlook of a target: what is needed a week, and where the present speed leads."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction
from math import ceil

from kxplan.record import Record

WINDOW_DAYS = 56
"""The speed is measured over this many days ending with the day asked, both ends counted."""
SHORTEST_DAYS = 14
"""Fewer days than this are no measure of a speed."""
_LONGEST_DAYS = 366 * 100


class Forecast(Record):
    """Where the present speed leads."""

    final: Fraction
    """The actual on the last day of the curve, in the target's unit."""
    reaches_on: date | None
    """The day on which the amount is reached; None where it is done, not led to, or out of sight."""
    speed: Fraction
    """In the target's unit per day."""
    days: int
    """How many days the speed was measured over."""


def window_start(on: date) -> date:
    """Return the first day of the window that ends with `on`."""
    return on - timedelta(days=WINDOW_DAYS - 1)


def need_per_week(rest: Fraction, by: date, on: date, *, whole: bool) -> Fraction | None:
    """Return what each week to come must bring, in the target's unit; None on or after `by`.

    `rest` is amount − actual, and is never exceeded. Whole units are rounded away from zero.
    """
    days = (by - on).days
    if days <= 0:
        return None
    need = rest * 7 / days
    if whole:
        need = Fraction(ceil(need) if need > 0 else -ceil(-need))
    return min(need, rest) if rest > 0 else max(need, rest)


def forecast(now: Fraction, before: Fraction, amount: Fraction | None, *, first: date, by: date, on: date) -> Forecast:
    """Return where the speed of the last days leads.

    `now` and `before` are the actuals at the end of `on` and at the end of the day before the window;
    `first` is the work day of the first entry. `amount` is None where reaching it has no meaning.
    """
    since_first = (on - first).days + 1
    days = max(min(WINDOW_DAYS, since_first), SHORTEST_DAYS)
    speed = (now - before) / days
    left = max((by - on).days, 0)
    return Forecast(now + speed * left, _reached(now, amount, speed, by, on), speed, days)


def _reached(now: Fraction, amount: Fraction | None, speed: Fraction, by: date, on: date) -> date | None:
    if amount is None or not speed:
        return None
    left = (amount - now) / speed
    if not 0 <= left <= _LONGEST_DAYS:
        return None
    reached = on + timedelta(days=ceil(left))
    return reached if reached <= _two_years_after(by) else None


def _two_years_after(day: date) -> date:
    try:
        return day.replace(year=day.year + 2)
    except ValueError:
        return day.replace(year=day.year + 2, day=28)
