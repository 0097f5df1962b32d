"""Working days: the official table, the office's own days over it, and years without a table."""

from datetime import date, timedelta

import chinese_calendar
import pytest

from kxplan.calendar import days_in, working_calendar
from kxplan.dates import Period


def year(number: int) -> Period:
    return Period(date(number, 1, 1), date(number, 12, 31))


def is_worked(calendar, day: date) -> bool:
    return day in calendar.work or (day.weekday() < 5 and day not in calendar.off)


@pytest.mark.parametrize("number", range(2015, 2027))
def test_every_day_is_worked_as_chinesecalendar_has_it(number):
    calendar = working_calendar(year(number))
    wrong = [day for day in days_in(year(number)) if is_worked(calendar, day) != chinese_calendar.is_workday(day)]
    assert wrong == []


@pytest.mark.parametrize("number", range(2015, 2027))
def test_a_year_with_its_order_is_not_estimated(number):
    assert working_calendar(year(number)).estimated == ()


def test_a_year_without_its_order_is_estimated():
    assert working_calendar(Period(date(2026, 1, 1), date(2090, 12, 31))).estimated[-1] == 2090


def test_only_the_days_of_the_period_are_kept():
    calendar = working_calendar(Period(date(2023, 5, 1), date(2023, 5, 31)))
    assert calendar.off == {date(2023, 5, 1), date(2023, 5, 2), date(2023, 5, 3)}
    assert calendar.work == {date(2023, 5, 6)}


def test_off_days_are_never_weekends_and_worked_days_always_are():
    calendar = working_calendar(year(2023))
    assert all(day.weekday() < 5 for day in calendar.off)
    assert all(day.weekday() >= 5 for day in calendar.work)


def test_the_office_may_be_free_on_a_worked_weekend():
    assert date(2023, 5, 6) not in working_calendar(year(2023), off=[date(2023, 5, 6)]).work


def test_the_office_may_work_on_a_holiday():
    assert date(2023, 5, 2) not in working_calendar(year(2023), work=[date(2023, 5, 2)]).off


def test_the_office_may_be_free_and_work_on_days_of_its_own():
    calendar = working_calendar(year(2023), off=[date(2023, 3, 8)], work=[date(2023, 3, 11)])
    assert date(2023, 3, 8) in calendar.off
    assert date(2023, 3, 11) in calendar.work


def test_a_weekend_worked_for_next_years_holiday_counts():
    assert date(2018, 12, 29) in working_calendar(year(2018)).work


def test_days_are_counted_with_both_ends():
    days = list(days_in(Period(date(2023, 2, 27), date(2023, 3, 1))))
    assert days == [date(2023, 2, 27) + timedelta(days=n) for n in range(3)]
