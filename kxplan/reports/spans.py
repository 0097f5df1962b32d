"""Spans: the periods that reports are written for, cut at the plan's ends and the year's, and their names."""

from __future__ import annotations

from datetime import date, timedelta

from kxplan.dates import Period, Span, containing
from kxplan.message import Message, message

SPANS: tuple[Span, ...] = ("week", "month", "quarter", "half", "year")


def covered(span: Span, on: date, within: Period) -> Period:
    """Return the calendar period that holds `on`, which lies in `within`, cut to `within` and to the year of `on`."""
    whole = containing(span, on)
    return Period(
        max(whole.start, within.start, date(on.year, 1, 1)), min(whole.end, within.end, date(on.year, 12, 31))
    )


def following(span: Span, period: Period, within: Period) -> Period | None:
    """Return the next period to report on; None where the plan is over."""
    after = period.end + timedelta(days=1)
    return covered(span, after, within) if after in within else None


def period_name(span: Span, period: Period, within: Period) -> Message:
    """Return the name of a period: 第47周（11.16–11.22）, 2023年6月, 2023年第二季度, 2023年上半年, 2023年.

    A week's number is the ISO one, with its year where that is not told by the plan's own.
    """
    start = period.start
    if span != "week":
        part = {"month": start.month, "quarter": (start.month + 2) // 3, "half": _half(period), "year": 0}
        return message(f"report.name.{span}.{part[span]}", year=start.year)
    year, week, _ = start.isocalendar()
    days = _short(start) if period.days == 1 else message("report.days", start=_short(start), end=_short(period.end))
    if year == start.year and within.start.year == within.end.year:
        return message("report.name.week", week=week, days=days)
    return message("report.name.week-of", year=year, week=week, days=days)


def this(span: Span, period: Period) -> Message:
    """Return what a period is called from inside: 本周, 上半年."""
    return message(f"report.this.half.{_half(period)}" if span == "half" else f"report.this.{span}")


def _half(period: Period) -> int:
    return 1 + (period.start.month > 6)


def _short(day: date) -> Message:
    return message(f"report.short-day.{day.month}", day=day.day)
