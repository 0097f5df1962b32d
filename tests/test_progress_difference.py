"""Two moments compared: what was recorded, corrected, promised anew, and which lights turned."""

from datetime import UTC, date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from kxplan.model.entry import Entry
from kxplan.model.tally import Account, Newest, Tally
from kxplan.progress.difference import difference
from kxplan.progress.standing import standings
from kxplan.reports.breakdown import broken_down

HEAD = "plan: p\ntitle: t\nperiod: 2023\ndefaults: {lead: 甲}\nsections: [{id: s, title: s, goals: ["
ON = date(2023, 6, 30)


def entry(number, goal, amount, *, act="log", corrects=None, state="counted"):
    return Entry(
        number, str(number), act, "p", goal, goal, ON, Decimal(amount), None, (), (), None, "w",
        datetime(2023, 6, 30, tzinfo=UTC), corrects, "r", state,
    )  # fmt: skip


def tally(total):
    return Tally(total=Decimal(total), newest=Newest(ON, Decimal(total)), entries=1, first=ON, last=ON)


@pytest.fixture
def stand(plan):
    def at(goals, on=ON, **totals):
        accounts = {(goal, goal): Account(tally(total), tally(0), tally(total)) for goal, total in totals.items()}
        return standings(plan(f"{HEAD}{goals}]}}]\n"), accounts, on)

    return at


def test_new_work_and_corrections_are_told_apart(stand):
    goals = "{id: g, title: g, target: 100场}"
    entries = [entry(2, "g", 5), entry(3, "g", 8, act="fix", corrects=1)]
    found = difference(stand(goals, g=10), stand(goals, g=13), entries, {})
    (work,) = found.work
    assert (work.added, work.corrected, [one.number for one in work.entries]) == (5, -2, [2])
    assert [one.number for one in found.corrections] == [3]


def test_new_work_that_was_voided_meanwhile_is_no_work(stand):
    goals = "{id: g, title: g, target: 100场}"
    entries = [entry(2, "g", 5, state="void"), entry(3, "g", 0, act="void", corrects=2)]
    found = difference(stand(goals, g=10), stand(goals, g=10), entries, {})
    assert (found.work, len(found.corrections)) == ((), 1)


def test_a_renamed_goal_is_the_same_goal(stand):
    then = stand("{id: old, title: g, target: 100场}", old=10)
    now = stand("{id: new, formerly: [old], title: g, target: 100场}", new=15)
    found = difference(then, now, [entry(2, "old", 5)], {"old": "new"})
    assert [(work.pair.present.goal.id, work.added, work.corrected) for work in found.work] == [("new", 5, 0)]
    assert found.revised == ()


def test_goals_come_and_go(stand):
    found = difference(stand("{id: a, title: a, target: 1场}"), stand("{id: b, title: b, target: 1场}"), [], {})
    assert [(pair.then is None, pair.now is None) for pair in found.revised] == [(True, False), (False, True)]


def test_a_light_turns_for_the_worse_or_the_better(stand):
    goals = "{id: g, title: g, target: 100场}"
    worse, better = stand(goals, g=49), stand(goals, g=10)
    (pair,) = difference(worse, better, [], {}).turned
    assert (pair.is_worse, pair.is_better) == (True, False)
    (pair,) = difference(better, worse, [], {}).turned
    assert (pair.is_worse, pair.is_better) == (False, True)
    assert difference(worse, worse, [], {}).turned == ()


def test_levels_do_not_add_up(stand):
    goals = "{id: g, title: g, target: {amount: 10%, kind: latest}}"
    (work,) = difference(stand(goals, g=4), stand(goals, g=6), [entry(2, "g", 6)], {}).work
    assert (work.added, work.corrected) == (None, None)


def test_a_revised_day_is_a_changed_promise(stand):
    before = "{id: g, title: g, target: 100场}"
    after = "{id: g, title: g, target: 100场, revisions: [{from: 2023-06-01, by: 2023-11-30, reason: r}]}"
    assert len(difference(stand(before), stand(after), [], {}).revised) == 1


def test_parts_and_rest_are_the_whole(stand):
    (standing,) = stand("{id: g, title: g, target: {amount: 100场, baseline: 10}}", g=20)
    broken = broken_down(standing, ("农民", "居民"), {"农民": Fraction(12), "旧类": Fraction(3), None: Fraction(5)})
    assert broken.parts == (("农民", 12), ("居民", 0), ("旧类", 3))
    assert (broken.rest, broken.whole, broken.foreign, broken.sums_up) == (15, 30, {"旧类"}, True)


def test_parts_that_do_not_add_up_are_told(stand):
    (standing,) = stand("{id: g, title: g, target: 100场}", g=20)
    assert not broken_down(standing, ("农民",), {"农民": Fraction(12), None: Fraction(5)}).sums_up
