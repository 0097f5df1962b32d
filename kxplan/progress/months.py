"""Months: the light of each past month at its end, and how long a light has been yellow or red."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from kxplan.dates import Period, containing, previous, spanning
from kxplan.progress.standing import Light, State
from kxplan.record import Record

_TROUBLED: tuple[Light, ...] = ("yellow", "red")


class MonthLight(Record):
    """The light of a target at the end of a month, as known by then."""

    month: Period
    light: Light | None
    """None where the target was not in the plan then."""
    state: State | None = None


def past_months(period: Period, on: date) -> tuple[Period, ...]:
    """Return the calendar months that hold a day of `period` and ended by the end of `on`, in order."""
    return tuple(month for month in spanning("month", period) if month.end <= on)


def months_before(on: date, n: int) -> tuple[Period, ...]:
    """Return the `n` calendar months before the one that holds `on`, the latest first."""
    months = []
    month = containing("month", on)
    for _ in range(n):
        month = previous("month", month)
        months.append(month)
    return tuple(months)


def months_in_trouble(now: Light, then: Sequence[Light | None]) -> int:
    """Return how many months in a row, this one included, a target has been yellow or red.

    `then` holds the lights at the ends of the months before, the latest first. 0 where it is neither now.
    """
    if now not in _TROUBLED:
        return 0
    months = 1
    for light in then:
        if light not in _TROUBLED:
            break
        months += 1
    return months
