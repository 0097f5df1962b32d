"""The work day of an entry: today unless named, never in the future, never outside the plan."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from kxplan.dates import parse_day
from kxplan.errors import UsageError

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def work_day(call: Call, text: str | None) -> date:
    """Return the day that `text` names, or today.

    Raises:
        BadDayError: `text` names no day.
        UsageError: the day is after today or outside the plan's period.
    """
    period = call.plan.period
    day = call.today if text is None else parse_day(text, call.today, period)
    if day > call.today:
        raise UsageError("cli.future-day", day=day, today=call.today)
    if day not in period:
        if text is None:
            raise UsageError("cli.today-outside", today=day, start=period.start, end=period.end)
        raise UsageError("cli.day-outside", day=day, start=period.start, end=period.end)
    return day
