"""The trace: what was reached by which day, and the state of each checkpoint and step."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from kxplan.model.tally import Newest, Tally
from kxplan.progress.months import months_before, months_in_trouble, past_months
from kxplan.progress.trace import checkpoints, days_of, expected_on, level_on, steps, trace

HEAD = "plan: p\ntitle: t\nperiod: 2023\ndefaults: {lead: 甲}\nsections: [{id: s, title: s, goals: ["


def course(*days):
    """Return the tallies at the end of some days: amounts that add up, or the levels."""
    made, total = [], Decimal(0)
    for day, amount in days:
        total += Decimal(amount)
        on = date.fromisoformat(day)
        made.append((on, Tally(total=total, newest=Newest(on, Decimal(amount)), entries=len(made) + 1)))
    return tuple(made)


@pytest.fixture
def target(plan):
    return lambda goal: plan(f"{HEAD}{{id: g, title: g, {goal}}}]}}]\n").goals[0].targets[0]


def test_amounts_are_what_was_reached_by_each_day(target):
    reached = trace(target("target: 10场"), course(("2023-01-05", "2"), ("2023-02-01", "3")))
    assert reached == ((date(2023, 1, 5), 2), (date(2023, 2, 1), 5))


def test_a_day_with_notes_alone_reaches_no_level(target):
    level = target("target: {amount: 50%, kind: latest, baseline: 10}")
    assert trace(level, [(date(2023, 1, 5), Tally(entries=1))]) == ((date(2023, 1, 5), None),)


def test_a_level_is_unknown_before_its_first_report(target):
    level = target("target: {amount: 50%, kind: latest, baseline: 10}")
    reached = trace(level, course(("2023-03-01", "20")))
    assert level_on(level, reached, date(2023, 2, 28)) is None
    assert level_on(level, reached, date(2023, 3, 1)) == 20


def test_a_sum_begins_at_its_baseline(target):
    assert level_on(target("target: {amount: 50场, baseline: 10}"), (), date(2023, 1, 1)) == 10


def test_checkpoints_are_on_time_late_missed_next_and_ahead(target):
    points = "[{by: 2023-01-31, reach: 1场}, {by: 2023-02-28, reach: 3场}, {by: 2023-03-31, reach: 5场}, {by: 2023-06-30, reach: 8场}, {by: 2023-12-31, reach: 10场}]"
    goal = target(f"target: {{amount: 10场, checkpoints: {points}}}")
    reached = trace(goal, course(("2023-01-31", "1"), ("2023-03-01", "2")))
    found = checkpoints(goal, reached, date(2023, 4, 1))
    assert [stage.arrival for stage in found] == ["on-time", "late", "missed", "next", "ahead"]
    assert [stage.level for stage in found] == [1, 3, 5, 8, 10]
    assert found[1].reached_on == date(2023, 3, 1)


def test_a_checkpoint_on_its_day_is_still_next(target):
    goal = target("target: {amount: 10场, checkpoints: [{by: 2023-06-30, reach: 5场}, {by: 2023-12-31, reach: 10场}]}")
    assert [stage.arrival for stage in checkpoints(goal, (), date(2023, 6, 30))] == ["next", "ahead"]


def test_a_ceiling_keeps_below_its_checkpoints(target):
    goal = target(
        "target: {amount: 10场, direction: down, checkpoints: [{by: 2023-03-31, reach: 2场}, {by: 2023-06-30, reach: 5场}, {by: 2023-12-31, reach: 10场}]}"
    )
    reached = trace(goal, course(("2023-02-01", "3"), ("2023-05-01", "1")))
    assert [stage.arrival for stage in checkpoints(goal, reached, date(2023, 7, 1))] == ["missed", "on-time", "next"]


def test_a_falling_level_reaches_from_above(target):
    goal = target(
        "target: {amount: 20%, baseline: 50, kind: latest, direction: down, checkpoints: [{by: 2023-06-30, reach: 30}, {by: 2023-12-31, reach: 20}]}"
    )
    reached = trace(goal, course(("2023-03-01", "35"), ("2023-05-01", "30")))
    assert checkpoints(goal, reached, date(2023, 7, 1))[0].reached_on == date(2023, 5, 1)


def test_steps_are_done_on_the_first_day(target):
    terms = target("due: 2023-06-30, steps: [{id: a, title: a, due: 2023-02-01}, {id: b, title: b}]").in_force(
        date(2023, 5, 1)
    )
    found = steps(terms, [(date(2023, 2, 3), Tally(entries=1, steps=frozenset("a")))], date(2023, 5, 1))
    assert [(stage.arrival, stage.reached_on) for stage in found] == [("late", date(2023, 2, 3)), ("next", None)]


def test_the_expected_follows_the_terms_in_force(plan, target):
    goal = target("target: 365场, revisions: [{from: 2023-07-01, amount: 730场, reason: r}]")
    whole = plan(f"{HEAD}{{id: g, title: g, target: 1场}}]}}]\n")
    assert expected_on(whole, goal, date(2023, 6, 30)) == 181
    assert expected_on(whole, goal, date(2023, 7, 1)) == 364


def test_the_chart_spans_the_plan(plan, target):
    whole = plan(f"{HEAD}{{id: g, title: g, target: 1场}}]}}]\n")
    days = days_of(whole, target("target: {amount: 10场, from: 2023-04-01, by: 2023-06-30}"), date(2023, 5, 1))
    assert (days[0], days[-1], len(days)) == (date(2023, 1, 1), date(2023, 12, 31), 365)


def test_a_month_is_past_on_its_last_day(plan):
    period = plan(f"{HEAD}{{id: g, title: g, target: 1场}}]}}]\n").period
    assert [month.start.month for month in past_months(period, date(2023, 3, 31))] == [1, 2, 3]
    assert [month.start.month for month in past_months(period, date(2023, 3, 30))] == [1, 2]
    assert [month.start.month for month in months_before(date(2023, 3, 31), 2)] == [2, 1]


@pytest.mark.parametrize(
    ("now", "then", "months"),
    [("red", ["yellow", "red", "green"], 3), ("red", [None, "red"], 1), ("green", ["red"], 0), ("grey", ["red"], 0),
     ("yellow", ["grey", "red"], 1)],
)  # fmt: skip
def test_months_in_a_row_end_where_the_light_was_another(now, then, months):
    assert months_in_trouble(now, then) == months


def test_shares_of_the_way_stay_exact(target):
    goal = target("target: {amount: 1米, checkpoints: [{by: 2023-06-30, reach: 30%}, {by: 2023-12-31, reach: 1米}]}")
    assert checkpoints(goal, (), date(2023, 1, 1))[0].level == Fraction(3, 10)
