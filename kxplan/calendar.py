"""Working days: where China departs from Monday to Friday, with the office's own days over it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from holidays.countries.china import China

from kxplan.dates import Period
from kxplan.model.plan import Calendar

_SATURDAY = 5


def working_calendar(period: Period, off: Iterable[date] = (), work: Iterable[date] = ()) -> Calendar:
    """Return the calendar of the days of `period`; `off` and `work` win over the table.

    A year counts as estimated when the table knows no worked weekend (调休) in it: the State Council
    has ordered some for every year since 2001, so there are none only before its order is known.
    """
    years = range(period.start.year, period.end.year + 1)
    # The order for a year may make a weekend at the end of the year before it a working day.
    table = China(years=range(years[0], years[-1] + 2), expand=False)  # type: ignore[no-untyped-call]
    worked = set(table.weekend_workdays)
    own_off, own_work = set(off), set(work)
    free = {day for day in table if day.weekday() < _SATURDAY} - own_work
    free |= {day for day in own_off if day.weekday() < _SATURDAY}
    busy = (worked - own_off) | {day for day in own_work if day.weekday() >= _SATURDAY}
    return Calendar(
        off=frozenset(day for day in free if day in period),
        work=frozenset(day for day in busy if day in period),
        estimated=tuple(year for year in years if not any(day.year == year for day in worked)),
    )


def days_in(period: Period) -> Iterable[date]:
    """Yield each day of `period`, in order."""
    return (period.start + timedelta(days=offset) for offset in range(period.days))
