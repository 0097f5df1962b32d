"""Days and periods: reading what people type, and the calendar's weeks, months, quarters and years."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Literal

from kxplan.errors import BadDayError, NoSuchDayError
from kxplan.record import Record

Span = Literal["week", "month", "quarter", "half", "year"]

FIRST_YEAR = 1950
LAST_YEAR = 2199
"""Days of other years are slips, and their weeks and months may not exist."""

_MONTHS_OF: dict[Span, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
_WORDS = {
    "今天": 0, "今日": 0, "today": 0, "now": 0,
    "昨天": -1, "昨日": -1, "yesterday": -1,
    "前天": -2, "前日": -2,
    "明天": 1, "tomorrow": 1,
}  # fmt: skip
_WEEKDAYS = {
    "一": 0, "二": 1, "三": 2, "四": 3, "五": 4, "六": 5, "日": 6, "天": 6,
    "monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6,
}  # fmt: skip
# Compiled when a day is read: most commands read none.
_FULL = r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
_COMPACT = r"(\d{4})(\d{2})(\d{2})"
_SHORT = r"(\d{1,2})(?:[-/.]|月)(\d{1,2})[日号]?"
_AGO = r"([-+])(\d{1,4})([dw天周]?)"
_WEEKDAY = r"(上上|上|本|这|last |this )?(?:周|星期|礼拜)?([一二三四五六日天]|[a-z]+day)"


class Period(Record):
    """The days from `start` through `end`, both included."""

    start: date
    end: date

    @property
    def days(self) -> int:
        """How many days it has; 0 or less where `end` is before `start`."""
        return (self.end - self.start).days + 1

    def __contains__(self, on: object) -> bool:
        return isinstance(on, date) and self.start <= on <= self.end

    def meets(self, other: Period) -> bool:
        """Tell whether the two have a day in common."""
        return self.start <= other.end and other.start <= self.end


def containing(span: Span, on: date) -> Period:
    """Return the calendar week (Monday first), month, quarter, half or year that holds `on`."""
    if span == "week":
        monday = on - timedelta(days=on.weekday())
        return Period(monday, monday + timedelta(days=6))
    months = _MONTHS_OF[span]
    first = (on.month - 1) // months * months + 1
    last = first + months - 1
    following = date(on.year + last // 12, last % 12 + 1, 1)
    return Period(date(on.year, first, 1), following - timedelta(days=1))


def previous(span: Span, period: Period) -> Period:
    """Return the calendar period of this span right before `period`."""
    return containing(span, period.start - timedelta(days=1))


def spanning(span: Span, period: Period) -> Iterator[Period]:
    """Yield, in order, each whole calendar period that holds a day of `period`."""
    part = containing(span, period.start)
    while part.start <= period.end:
        yield part
        part = containing(span, part.end + timedelta(days=1))


def parse_day(text: str, today: date, within: Period | None = None) -> date:
    """Return the day that `text` names.

    `2023-05-04`, `2023年5月4日`, `20230504`; `5-4`, `5月4日` (the latest such day within `within` and
    not after `today`); 今天, 昨天, 前天, 上周五, 周五 (the latest one); `-3d`, `-2w`.

    Raises:
        BadDayError: no such day, or not a day at all.
    """
    word = unicodedata.normalize("NFKC", text).strip().lower()
    for read in (_named, _written, _ago, _weekday):
        day = read(word, today)
        if day is not None:
            return _sensible(day, text)
    if match := re.fullmatch(_SHORT, word, re.ASCII):
        return _latest(int(match[1]), int(match[2]), today, within, text)
    raise BadDayError(text=text[:40])


def parse_coming_day(text: str, today: date, within: Period | None = None) -> date:
    """Return the day that `text` names, as `parse_day` does, but of `5-4` the next such day from today on.

    Raises:
        BadDayError: no such day, or not a day at all.
    """
    word = unicodedata.normalize("NFKC", text).strip().lower()
    match = re.fullmatch(_SHORT, word, re.ASCII)
    if match is None:
        return parse_day(text, today, within)
    days = (_day_of(year, int(match[1]), int(match[2])) for year in range(today.year, today.year + 9))
    coming = next((found for found in days if found and found >= today), None)
    if coming is None:
        raise NoSuchDayError(text=text[:40])
    return coming


def parse_period_day(text: str) -> date | None:
    """Return the day of a full ISO date `2023-05-04`; None where `text` is not one."""
    try:
        return date.fromisoformat(text) if len(text) == 10 else None
    except ValueError:
        return None


def today(timezone: str) -> date:
    """Return the day it is now in `timezone`, an IANA name. The only reading of the clock for days.

    Raises:
        zoneinfo.ZoneInfoNotFoundError: no such time zone.
    """
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- a demo workspace has its own today and never needs it

    return datetime.now(ZoneInfo(timezone)).date()


def now() -> datetime:
    """Return the present instant, aware, UTC: the time of recording."""
    return datetime.now(UTC)


def end_of(day: date, timezone: str) -> datetime:
    """Return the first instant after `day` in `timezone`, in UTC."""
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- as in `today`

    following = day + timedelta(days=1)
    return datetime(following.year, following.month, following.day, tzinfo=ZoneInfo(timezone)).astimezone(UTC)


def _sensible(day: date, text: str) -> date:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise BadDayError(text=text[:40])
    return day


def _named(word: str, today: date) -> date | None:
    return today + timedelta(days=_WORDS[word]) if word in _WORDS else None


def _written(word: str, _today: date) -> date | None:
    match = re.fullmatch(_FULL, word, re.ASCII) or re.fullmatch(_COMPACT, word, re.ASCII)
    if not match:
        return None
    try:
        return date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError as error:
        raise NoSuchDayError(text=word) from error


def _ago(word: str, today: date) -> date | None:
    match = re.fullmatch(_AGO, word, re.ASCII)
    if not match:
        return None
    days = int(match[2]) * (7 if match[3] in ("w", "周") else 1)
    return today + timedelta(days=days if match[1] == "+" else -days)


def _weekday(word: str, today: date) -> date | None:
    match = re.fullmatch(_WEEKDAY, word)
    if not match or match[2] not in _WEEKDAYS or (len(word) == 1):
        return None
    weekday = _WEEKDAYS[match[2]]
    monday = today - timedelta(days=today.weekday())
    match (match[1] or "").strip():
        case "上上":
            return monday + timedelta(days=weekday - 14)
        case "上":
            return monday + timedelta(days=weekday - 7)
        case "本" | "这" | "this":
            return monday + timedelta(days=weekday)
        case "last":
            return today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1)
    return today - timedelta(days=(today.weekday() - weekday) % 7)


def _latest(month: int, day: int, today: date, within: Period | None, text: str) -> date:
    """Return the latest such day not after `today`; where all of them are still to come, the first."""
    years = range(within.start.year, within.end.year + 1) if within else range(today.year - 8, today.year + 1)
    days = [found for year in years if (found := _day_of(year, month, day)) and (within is None or found in within)]
    past = [found for found in days if found <= today]
    if past:
        return past[-1]
    if within and days:
        return days[0]
    if not any(_day_of(year, month, day) for year in years):
        raise NoSuchDayError(text=text[:40])
    raise BadDayError(text=text[:40])


def _day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
