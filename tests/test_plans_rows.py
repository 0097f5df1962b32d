"""Rows of promises: what changed in silence, and what a revision declares."""

import pytest

from kxplan.locale import translator
from kxplan.plans.reader import read_plan
from kxplan.plans.rows import accepted_after, changed, plain_rows


def plan(*goals: str):
    head = "plan: p\ntitle: x\nperiod: 2023\ndefaults: {lead: a}\n"
    return read_plan(f"{head}sections: [{{id: s, title: x, goals: [{', '.join(goals)}]}}]\n".encode(), "p")


def goal(target: str, more: str = "", id: str = "g") -> str:
    return f"{{id: {id}, title: 任务, target: {target}{more}}}"


def revised(amount: str, *revisions: str) -> str:
    return goal(f"{{amount: {amount}, revisions: [{', '.join(revisions)}]}}")


def revision(since: str, keys: str, reason: str = "调整") -> str:
    return f"{{from: {since}, reason: {reason}, {keys}}}"


def silent(before, now) -> list[tuple[str, str]]:
    return [(change.target, change.key) for change in changed(plain_rows(before), now)]


def test_a_row_says_what_is_promised():
    (row,) = plain_rows(
        plan(goal("{amount: 1.50元, checkpoints: [{by: 2023-06-30, reach: 0.5}, {by: 2023-12-31, reach: 1.5}]}"))
    )
    assert row == {
        "goal": "g",
        "target": "g",
        "title": "任务",
        "lead": "a",
        "kind": "sum",
        "direction": "up",
        "unit": "元",
        "baseline": "0",
        "weight": "1",
        "reporting": "none",
        "amount": "1.5",
        "from": "2023-01-01",
        "by": "2023-12-31",
        "pace": "checkpoints",
        "checkpoints": '[["2023-06-30","1/3"],["2023-12-31","1"]]',
        "interpolate": "line",
        "steps": None,
        "revisions": None,
        "formerly": None,
        "added": None,
        "cancelled": None,
    }


def test_the_same_promise_in_other_words_is_no_change():
    assert silent(plan(goal("30000册")), plan(goal("{amount: 3万, unit: 册, pace: even, by: 2023-12-31}"))) == []


@pytest.mark.parametrize(
    ("before", "now", "key"),
    [
        ("30册", "20册", "amount"),
        ("30册", "30本", "unit"),
        ("30册", "{amount: 30册, by: 2023-11-30}", "by"),
        ("30册", "{amount: 30册, from: 2023-02-01}", "from"),
        ("30册", "{amount: 30册, pace: monthly}", "pace"),
        ("30册", "{amount: 30册, kind: running}", "kind"),
        ("30册", "{amount: 30册, direction: down}", "direction"),
        ("30册", "{amount: 30册, baseline: 1}", "baseline"),
    ],
)
def test_a_changed_value_without_a_revision_is_silent(before, now, key):
    assert silent(plan(goal(before)), plan(goal(now))) == [("g", key)]


def test_moved_steps_are_a_silent_change():
    steps = "{{id: g, title: x, due: 2023-09-01, steps: [{{id: a, title: x, due: {}}}]}}"
    assert silent(plan(steps.format("2023-05-01")), plan(steps.format("2023-06-01"))) == [("g", "steps")]


def test_titles_leads_and_weights_may_be_edited():
    before = plan("{id: g, title: 甲, target: 3册}")
    assert silent(before, plan("{id: g, title: 乙, target: {amount: 3册, weight: 2}, lead: b}")) == []


def test_a_revision_is_no_silent_change():
    assert silent(plan(goal("30册")), plan(revised("30册", revision("2023-07-01", "amount: 20")))) == []


def test_a_slip_of_the_pen_is_covered_by_a_revision_from_the_first_day():
    now = plan(revised("20册", revision("2023-01-01", "amount: 20")))
    assert silent(plan(goal("30册")), now) == []


def test_a_later_revision_does_not_cover_a_rewritten_beginning():
    now = plan(revised("20册", revision("2023-07-01", "amount: 20")))
    assert silent(plan(goal("30册")), now) == [("g", "amount")]


def test_a_revision_of_another_value_does_not_cover():
    now = plan(revised("20册", revision("2023-01-01", "by: 2023-11-30")))
    assert silent(plan(goal("30册")), now) == [("g", "amount")]


def test_an_old_revision_does_not_cover_a_new_change():
    before = plan(revised("30册", revision("2023-01-01", "amount: 25")))
    assert silent(before, plan(revised("20册", revision("2023-01-01", "amount: 25")))) == [("g", "amount")]


def test_a_changed_revision_with_the_same_reason_is_silent():
    before = plan(revised("30册", revision("2023-07-01", "amount: 25")))
    assert silent(before, plan(revised("30册", revision("2023-07-01", "amount: 20")))) == [("g", "revisions")]


def test_a_changed_revision_with_a_reason_of_its_own_is_declared():
    before = plan(revised("30册", revision("2023-07-01", "amount: 25")))
    assert silent(before, plan(revised("30册", revision("2023-07-01", "amount: 20", "再调整")))) == []


def test_a_revision_that_is_gone_is_silent():
    before = plan(revised("30册", revision("2023-07-01", "amount: 25")))
    assert silent(before, plan(goal("30册"))) == [("g", "revisions")]


def test_a_goal_that_is_gone_is_silent():
    assert silent(plan(goal("30册")), plan()) == [("g", "goal")]


def test_a_renamed_goal_is_found_by_its_former_id():
    assert silent(plan(goal("30册")), plan(goal("30册", ", formerly: [g]", "h"))) == []


def test_a_renamed_goal_may_not_change_in_silence():
    assert silent(plan(goal("30册")), plan(goal("20册", ", formerly: [g]", "h"))) == [("g", "amount")]


def test_cancelling_a_goal_declares_that_alone():
    assert silent(plan(goal("30册")), plan(goal("30册", ", cancelled: {from: 2023-05-01, reason: x}"))) == []
    hidden = plan(goal("20册", ", cancelled: {from: 2023-05-01, reason: x}"))
    assert silent(plan(goal("30册")), hidden) == [("g", "amount")]


def test_a_cancellation_taken_back_is_silent():
    before = plan(goal("30册", ", cancelled: {from: 2023-05-01, reason: x}"))
    assert silent(before, plan(goal("30册"))) == [("g", "cancelled")]


def test_a_new_goal_is_no_change():
    assert silent(plan(goal("30册")), plan(goal("30册"), goal("5场", id="h"))) == []


def test_a_declared_version_becomes_the_accepted_one():
    old, new = plain_rows(plan(goal("30册"))), plain_rows(plan(revised("30册", revision("2023-07-01", "amount: 20"))))
    assert accepted_after(old, new) == new


def test_a_silent_change_leaves_the_accepted_row():
    old = plain_rows(plan(goal("30册")))
    assert accepted_after(old, plain_rows(plan(goal("20册")))) == old


def test_a_silent_change_stays_told_until_it_is_taken_back():
    old = plain_rows(plan(goal("30册")))
    accepted = accepted_after(old, plain_rows(plan(goal("20册"))))
    assert [change.key for change in changed(accepted, plan(goal("20册")))] == ["amount"]
    assert changed(accepted, plan(goal("30册"))) == ()


def test_a_new_target_is_accepted_as_it_first_appears():
    old, new = plain_rows(plan(goal("30册"))), plain_rows(plan(goal("30册"), goal("5场", id="h")))
    assert accepted_after(old, new) == new


def test_a_renamed_goal_takes_the_place_of_the_old_row():
    old, new = plain_rows(plan(goal("30册"))), plain_rows(plan(goal("30册", ", formerly: [g]", "h")))
    assert accepted_after(old, new) == new


def test_a_goal_that_is_gone_stays_accepted():
    old = plain_rows(plan(goal("30册")))
    assert accepted_after(old, ()) == old


def test_a_silent_change_is_told_in_words():
    (change,) = changed(plain_rows(plan(goal("30册"))), plan(goal("20册")))
    assert translator("zh")(change.message) == (
        "“任务”（g）的目标值由 30 改为 20；请改回去，再用 revisions 写明从哪天起改、为什么"
    )


@pytest.mark.parametrize("target", ["{amount: 30册, kind: running}", "30本", "{amount: 30册, direction: down}"])
def test_what_no_revision_can_change_advises_none(target):
    (change,) = changed(plain_rows(plan(goal("30册"))), plan(goal(target)))
    told = translator("zh")(change.message)
    assert ("不能用 revisions 改" in told, "cancelled" in told, "added" in told) == (True, True, True)


def test_another_unit_is_a_new_goal_beside_the_cancelled_one():
    old = plan(goal("30册"))
    way_out = plan(
        goal("30册", ", cancelled: {from: 2023-07-01, reason: 改按本数}"),
        goal("60本", ", added: {reason: 改按本数}", id="h"),
    )
    assert silent(old, way_out) == []


def test_a_start_that_was_wrong_is_told_by_a_revision_that_repeats_the_amount():
    old, now = plan(goal("30册")), plan(goal("{amount: 30册, baseline: 5册}"))
    (change,) = changed(plain_rows(old), now)
    assert "amount 照抄" in translator("zh")(change.message)
    way_out = goal("{amount: 30册, baseline: 5册, revisions: [{from: 2023-01-01, amount: 30册, reason: 漏写基数}]}")
    assert silent(old, plan(way_out)) == []


def test_a_goal_that_is_gone_is_told_in_words():
    (change,) = changed(plain_rows(plan(goal("30册"))), plan())
    assert translator("zh")(change.message).startswith("“任务”（g.g）不在计划里了")


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(
    "key",
    [
        "kind",
        "direction",
        "unit",
        "baseline",
        "amount",
        "from",
        "by",
        "pace",
        "checkpoints",
        "interpolate",
        "steps",
        "revisions",
        "cancelled",
    ],
)
def test_every_value_that_may_change_has_a_name(language, key):
    assert translator(language)(f"plans.change-{key}")
