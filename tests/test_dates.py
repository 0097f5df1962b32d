"""Days as people type them, and the calendar's periods."""

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxplan.dates import Period, containing, end_of, parse_day, previous, spanning
from kxplan.errors import BadDayError

TODAY = date(2023, 6, 30)  # a Friday
YEAR = Period(date(2023, 1, 1), date(2023, 12, 31))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2023-05-04", date(2023, 5, 4)),
        ("2023/5/4", date(2023, 5, 4)),
        ("2023年5月4日", date(2023, 5, 4)),
        ("20230504", date(2023, 5, 4)),
        ("５月４日", date(2023, 5, 4)),
        ("5-4", date(2023, 5, 4)),
        ("5月4日", date(2023, 5, 4)),
        ("5月4号", date(2023, 5, 4)),
        ("今天", TODAY),
        ("昨天", date(2023, 6, 29)),
        ("前天", date(2023, 6, 28)),
        ("yesterday", date(2023, 6, 29)),
        ("上周五", date(2023, 6, 23)),
        ("上上周一", date(2023, 6, 12)),
        ("本周一", date(2023, 6, 26)),
        ("周三", date(2023, 6, 28)),
        ("周五", TODAY),
        ("last friday", date(2023, 6, 23)),
        ("-3d", date(2023, 6, 27)),
        ("-2w", date(2023, 6, 16)),
        ("-3天", date(2023, 6, 27)),
    ],
)
def test_a_day_is_read_as_people_write_it(text, day):
    assert parse_day(text, TODAY, YEAR) == day


@pytest.mark.parametrize(
    "text", ["", "2023-02-30", "13-1", "2月30日", "五", "明年", "1", "nan", "-d", "9" * 5000, "2-29"]
)
def test_what_is_no_day_is_refused(text):
    with pytest.raises(BadDayError):
        parse_day(text, TODAY, YEAR)


def test_a_short_day_is_the_latest_in_the_plan_and_not_after_today():
    assert parse_day("12-31", date(2024, 1, 5), YEAR) == date(2023, 12, 31)
    assert parse_day("1-3", date(2024, 1, 5), YEAR) == date(2023, 1, 3)
    assert parse_day("2-29", date(2024, 3, 1)) == date(2024, 2, 29)


def test_a_short_day_still_to_come_is_meant_in_the_plan():
    assert parse_day("7-1", TODAY, YEAR) == date(2023, 7, 1)


def test_weeks_begin_on_monday():
    assert containing("week", date(2023, 6, 30)) == Period(date(2023, 6, 26), date(2023, 7, 2))


def test_a_half_ends_in_june_or_december():
    assert containing("half", date(2023, 6, 30)) == Period(date(2023, 1, 1), date(2023, 6, 30))
    assert containing("half", date(2023, 7, 1)) == Period(date(2023, 7, 1), date(2023, 12, 31))


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.sampled_from(["week", "month", "quarter", "half", "year"]))
def test_periods_follow_each_other_without_a_gap(on, span):
    period = containing(span, on)
    assert on in period
    assert (period.start - previous(span, period).end).days == 1


def test_spanning_holds_every_part():
    assert len(list(spanning("month", YEAR))) == 12
    assert len(list(spanning("quarter", Period(date(2023, 3, 31), date(2023, 4, 1))))) == 2


def test_a_day_ends_at_midnight_of_its_zone():
    assert end_of(date(2023, 6, 30), "Asia/Shanghai") == datetime(2023, 6, 30, 16, tzinfo=UTC)
