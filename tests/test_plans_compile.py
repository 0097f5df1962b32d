"""Compiling: every default resolved, every revision applied, every value where the plan's words put it."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from hashlib import sha256

import pytest

from kxplan.dates import Period
from kxplan.model.plan import Checkpoint, Declaration, Lights, Plan, Revision, Step, Target
from kxplan.plans.reader import read_plan

JAN_1, DEC_31 = date(2023, 1, 1), date(2023, 12, 31)


def plan(goals: str, head: str = "defaults: {lead: 办公室}") -> Plan:
    text = f"plan: p\ntitle: 计划\nperiod: 2023\n{head}\nsections: [{{id: s, title: 板块, goals: [{goals}]}}]\n"
    return read_plan(text.encode(), "p.yaml")


def target(keys: str, goal: str = "", head: str = "defaults: {lead: 办公室}") -> Target:
    return plan(f"{{id: g, title: 任务, target: {keys}{goal}}}", head).goals[0].targets[0]


def milestone(keys: str) -> Target:
    return plan(f"{{id: g, title: 任务, {keys}}}").goals[0].targets[0]


def test_a_target_in_one_text_is_a_sum_over_the_whole_period():
    found = target("3万册")
    terms = found.terms[0]
    assert (found.id, found.kind, found.direction, found.unit, found.whole) == ("g", "sum", "up", "册", True)
    assert (found.baseline, found.weight, found.reporting, found.pool) == (0, 1, "none", False)
    assert (terms.since, terms.amount, terms.start, terms.by) == (date.min, 30000, JAN_1, DEC_31)
    assert (terms.pace, terms.checkpoints, terms.revision) == ("even", (), None)


def test_texts_that_yaml_would_change_keep_their_meaning():
    found = plan('{id: "010", title: no, aliases: [12:30, 1e3, ~], target: 010册, note: 2023-01-01}').goals[0]
    assert (found.id, found.title, found.aliases, found.note) == ("010", "no", ("12:30", "1e3", "~"), "2023-01-01")
    assert found.targets[0].terms[0].amount == 10


def test_a_period_may_be_two_days():
    text = b"plan: p\ntitle: x\nperiod: {start: 2023-04-01, end: 2024-03-31}\nsections: []\n"
    assert read_plan(text, "p").period == Period(date(2023, 4, 1), date(2024, 3, 31))


def test_the_lights_have_their_usual_limits():
    assert plan("").lights == Lights("points", Decimal(10), Decimal(30), 7, 5, None)


def test_a_named_limit_takes_the_place_of_the_usual_one():
    head = "defaults: {lead: a}\nlights: {mode: percent, yellow: 2.5, escalate: 2}"
    assert plan("", head).lights == Lights("percent", Decimal("2.5"), Decimal(30), 7, 5, 2)


def test_breakdowns_keep_the_order_of_the_file():
    assert plan("", "breakdowns: {乙: [b, a], 甲: [c]}").breakdowns == (("乙", ("b", "a")), ("甲", ("c",)))


def test_sections_nest_and_goals_know_the_sections_around_them():
    text = (
        "plan: p\ntitle: x\nperiod: 2023\nsections:\n"
        "- {id: a, title: 甲, goals: [{id: g, title: x, lead: l}], "
        "sections: [{id: b, title: 乙, goals: [{id: h, title: x, lead: l}]}]}\n"
    )
    read = read_plan(text.encode(), "p")
    assert [section.path for section in read.sections] == [("a",), ("a", "b")]
    assert [(goal.id, goal.sections) for goal in read.goals] == [("g", ("a",)), ("h", ("a", "b"))]


def test_the_digest_is_that_of_the_files_bytes():
    text = b"plan: p\ntitle: x\nperiod: 2023\nsections: []\n"
    assert read_plan(text, "p").digest == sha256(text).hexdigest()


def test_a_goal_takes_lead_and_assist_from_the_defaults():
    goal = plan("{id: g, title: x}", "defaults: {lead: 甲, assist: [甲, 乙], evidence: true}").goals[0]
    assert (goal.lead, goal.assist, goal.evidence) == ("甲", ("乙",), True)


def test_a_goals_own_words_come_before_the_defaults():
    head = "defaults: {lead: 甲, assist: [乙], evidence: true, reporting: weekly}"
    goal = plan("{id: g, title: x, lead: 丙, assist: [], evidence: false, reporting: none}", head).goals[0]
    assert (goal.lead, goal.assist, goal.evidence, goal.targets[0].reporting) == ("丙", (), False, "none")


@pytest.mark.parametrize(
    ("keys", "goal", "defaults", "by"),
    [
        ("{amount: 3, by: 2023-02-01}", ", by: 2023-03-01", ", by: 2023-04-01", date(2023, 2, 1)),
        ("{amount: 3}", ", by: 2023-03-01", ", by: 2023-04-01", date(2023, 3, 1)),
        ("{amount: 3}", ", due: 2023-03-01", ", by: 2023-04-01", date(2023, 3, 1)),
        ("{amount: 3}", "", ", by: 2023-04-01", date(2023, 4, 1)),
        ("{amount: 3, checkpoints: [{by: 2023-05-01, reach: 3}]}", "", "", date(2023, 5, 1)),
        ("{amount: 3}", "", "", DEC_31),
    ],
)
def test_by_is_the_first_that_is_given(keys, goal, defaults, by):
    assert target(keys, goal, f"defaults: {{lead: a{defaults}}}").terms[0].by == by


@pytest.mark.parametrize(
    ("keys", "goal", "defaults", "pace"),
    [
        ("{amount: 3, pace: monthly}", ", pace: quarterly", ", pace: none", "monthly"),
        ("{amount: 3}", ", pace: quarterly", ", pace: none", "quarterly"),
        ("{amount: 3}", "", ", pace: workdays", "workdays"),
        ("{amount: 3}", "", "", "even"),
        ("{amount: 3, checkpoints: [{by: 2023-05-01, reach: 3}]}", ", pace: quarterly", "", "checkpoints"),
        ("{amount: 3, kind: running}", "", ", pace: monthly", "monthly"),
        ("{amount: 3, kind: latest}", "", ", pace: monthly", "none"),
        ("{amount: 3%, kind: ratio}", "", ", pace: monthly", "none"),
        ("{amount: 3, kind: latest}", ", pace: monthly", "", "monthly"),
        ("{amount: 3, kind: latest, pace: even}", "", "", "even"),
        ("{amount: 3, kind: latest, baseline: 1}", "", ", pace: monthly", "monthly"),
        ("{amount: 3, kind: latest, baseline: 1}", "", "", "even"),
    ],
)
def test_pace_is_the_first_that_is_given_and_levels_without_a_baseline_have_none(keys, goal, defaults, pace):
    assert target(keys, goal, f"defaults: {{lead: a{defaults}}}").terms[0].pace == pace


def test_the_unit_may_stand_by_itself():
    assert target("{amount: 3万, unit: 册}").unit == "册"


def test_money_may_be_counted_in_ten_thousands():
    found = target(
        "{amount: 120万元, unit: 万元, checkpoints: [{by: 2023-06-30, reach: 60万元}, {by: 2023-12-31, reach: 120}]}"
    )
    assert (found.unit, found.whole, found.terms[0].amount) == ("万元", False, 120)
    assert [point.share for point in found.terms[0].checkpoints] == [Fraction(1, 2), 1]


@pytest.mark.parametrize(
    ("keys", "whole"),
    [
        ("3册", True),
        ("3", True),
        ("3%", False),
        ("3学时", False),
        ("2.5册", False),
        ("{amount: 3册, baseline: 0.5}", False),
        ("{amount: 3册, checkpoints: [{by: 2023-06-30, reach: 1.5}, {by: 2023-07-30, reach: 3}]}", False),
        ("{amount: 3册, checkpoints: [{by: 2023-06-30, reach: 33.3%}, {by: 2023-07-30, reach: 3}]}", True),
        ("{amount: 3册, revisions: [{from: 2023-06-30, reason: x, amount: 3.5}]}", False),
        ("{amount: 3元, whole: true}", True),
        ("{amount: 3册, whole: false}", False),
    ],
)
def test_things_are_counted_whole_unless_their_unit_or_a_fraction_says_otherwise(keys, whole):
    assert target(keys).whole is whole


@pytest.mark.parametrize(
    ("keys", "wholes"),
    [
        ("{amount: 3册, revisions: [{from: 2023-06-30, reason: x, amount: 3.5}]}", [True, False]),
        ("{amount: 3.5册, revisions: [{from: 2023-06-30, reason: x, amount: 3}]}", [False, True]),
        ("{amount: 3册, baseline: 0.5, revisions: [{from: 2023-06-30, reason: x, amount: 4}]}", [False, False]),
        (
            "{amount: 3册, checkpoints: [{by: 2023-03-30, reach: 1.5}, {by: 2023-12-30, reach: 3}], revisions: [{from: 2023-06-30, reason: x, amount: 6}, {from: 2023-07-30, reason: y, pace: even}]}",
            [False, False, True],
        ),
        (
            "{amount: 3册, revisions: [{from: 2023-06-30, reason: x, checkpoints: [{by: 2023-07-30, reach: 1.5}, {by: 2023-12-30, reach: 3}]}]}",
            [True, False],
        ),
    ],
)
def test_a_later_fraction_does_not_change_how_earlier_values_are_counted(keys, wholes):
    assert [terms.whole for terms in target(keys).terms] == wholes


def test_a_reach_is_a_level_or_a_share_of_the_way():
    points = "[{by: 2023-03-31, reach: 20册, title: 一}, {by: 2023-06-30, reach: 50%}, {by: 2023-12-31, reach: {share: 100%}}]"
    assert target(f"{{amount: 50册, baseline: 10, checkpoints: {points}}}").terms[0].checkpoints == (
        Checkpoint(date(2023, 3, 31), Fraction(1, 4), "一"),
        Checkpoint(date(2023, 6, 30), Fraction(1, 2)),
        Checkpoint(date(2023, 12, 31), Fraction(1)),
    )


def test_percent_is_a_level_where_the_target_is_in_percent():
    points = "[{by: 2023-03-31, reach: 6%}, {by: 2023-06-30, reach: {share: 50%}}, {by: 2023-12-31, reach: 10%}]"
    found = target(f"{{amount: 10%, kind: latest, baseline: 5, checkpoints: {points}}}")
    assert [point.share for point in found.terms[0].checkpoints] == [Fraction(1, 5), Fraction(1, 2), 1]


def test_the_levels_of_a_falling_target_fall():
    points = "[{by: 2023-06-30, reach: 35}, {by: 2023-12-31, reach: 20}]"
    found = target(f"{{amount: 20, kind: latest, direction: down, baseline: 50, checkpoints: {points}}}")
    assert [point.share for point in found.terms[0].checkpoints] == [Fraction(1, 2), 1]


def test_a_level_may_be_below_zero():
    assert target("{amount: -5, kind: latest, baseline: -9}").terms[0].amount == -5


def test_a_ceiling_may_be_zero():
    found = target("{amount: 0起, direction: down}")
    assert found.is_ceiling
    assert found.terms[0].amount == 0


def test_the_weight_of_a_goal_is_shared_by_its_targets_without_one():
    goal = plan("{id: g, title: x, weight: 3, targets: {a: 1, b: 2, c: {amount: 3, weight: 5}}}").goals[0]
    assert [one.weight for one in goal.targets] == [Fraction(3, 2), Fraction(3, 2), 5]


def test_a_default_weight_is_that_of_the_goal():
    goal = plan("{id: g, title: x, targets: {a: 1, b: 2}}", "defaults: {lead: a, weight: 3}").goals[0]
    assert [one.weight for one in goal.targets] == [Fraction(3, 2), Fraction(3, 2)]


def test_a_goal_without_target_and_due_day_is_ongoing():
    found = milestone("reporting: monthly")
    assert (found.kind, found.id, found.reporting) == ("ongoing", "g", "monthly")
    assert (found.terms[0].amount, found.terms[0].pace, found.terms[0].by) == (None, "none", DEC_31)


def test_a_milestone_without_steps_has_one_made_of_itself():
    found = milestone("due: 2023-05-01")
    assert found.kind == "milestone"
    assert found.terms[0].steps == (Step("g", "任务", date(2023, 5, 1)),)
    assert found.terms[0].amount == 1


def test_a_step_without_a_due_day_takes_the_goals_or_the_periods_last():
    steps = "steps: [{id: a, title: 甲, due: 2023-03-01, weight: 2}, {id: b, title: 乙}]"
    assert [step.due for step in milestone(f"due: 2023-05-01, {steps}").terms[0].steps] == [
        date(2023, 3, 1),
        date(2023, 5, 1),
    ]
    assert [step.due for step in milestone(steps).terms[0].steps] == [date(2023, 3, 1), DEC_31]
    assert milestone(steps).terms[0].amount == 3


def test_default_pace_does_not_reach_a_milestone():
    assert (
        plan("{id: g, title: x, due: 2023-05-01}", "defaults: {lead: a, pace: monthly}")
        .goals[0]
        .targets[0]
        .terms[0]
        .pace
        == "none"
    )


def test_a_revision_changes_only_what_it_names():
    found = target("{amount: 10, revisions: [{from: 2023-07-01, reason: 调整, document: 1号, amount: 8}]}")
    first, second = found.terms
    assert second == first._replace(
        since=date(2023, 7, 1),
        amount=Decimal(8),
        revision=Revision(date(2023, 7, 1), "调整", "1号", ("amount",)),
    )


def test_revisions_apply_in_the_order_of_their_days():
    found = target(
        "{amount: 10, revisions: [{from: 2023-09-01, reason: b, amount: 6}, {from: 2023-07-01, reason: a, by: 2023-11-30}]}"
    )
    assert [(terms.since, terms.amount, terms.by) for terms in found.terms] == [
        (date.min, 10, DEC_31),
        (date(2023, 7, 1), 10, date(2023, 11, 30)),
        (date(2023, 9, 1), 6, date(2023, 11, 30)),
    ]


def test_a_revised_amount_keeps_the_shares():
    found = target(
        "{amount: 10, checkpoints: [{by: 2023-06-30, reach: 5}, {by: 2023-12-31, reach: 10}], revisions: [{from: 2023-03-01, reason: a, amount: 8}]}"
    )
    assert found.terms[1].checkpoints == found.terms[0].checkpoints


def test_a_revised_pace_replaces_checkpoints():
    found = target(
        "{amount: 10, checkpoints: [{by: 2023-12-31, reach: 10}], revisions: [{from: 2023-03-01, reason: a, pace: even, by: 2023-11-30}]}"
    )
    assert (found.terms[1].pace, found.terms[1].checkpoints) == ("even", ())


def test_revised_checkpoints_replace_a_pace_and_stand_on_the_revised_amount():
    found = target(
        "{amount: 10, revisions: [{from: 2023-03-01, reason: a, amount: 20, checkpoints: [{by: 2023-06-30, reach: 5}, {by: 2023-12-31, reach: 20}]}]}"
    )
    assert found.terms[1].pace == "checkpoints"
    assert [point.share for point in found.terms[1].checkpoints] == [Fraction(1, 4), 1]


def test_interpolate_stays_with_revised_checkpoints():
    found = target(
        "{amount: 10, interpolate: step, revisions: [{from: 2023-03-01, reason: a, checkpoints: [{by: 2023-12-31, reach: 10}]}]}"
    )
    assert found.terms[1].interpolate == "step"


def test_the_revisions_of_a_goal_are_those_of_its_targets():
    found = target("10册", ", revisions: [{from: 2023-07-01, reason: a, amount: 8册}]")
    assert [terms.amount for terms in found.terms] == [10, 8]


def test_a_moved_milestone_takes_the_steps_without_a_day_along():
    found = milestone(
        "due: 2023-05-01, steps: [{id: a, title: 甲, due: 2023-03-01}, {id: b, title: 乙}], "
        "revisions: [{from: 2023-04-01, reason: x, by: 2023-06-01}, {from: 2023-05-01, reason: y, steps: {a: {due: 2023-05-20}}}]"
    )
    assert [[step.due for step in terms.steps] for terms in found.terms] == [
        [date(2023, 3, 1), date(2023, 5, 1)],
        [date(2023, 3, 1), date(2023, 6, 1)],
        [date(2023, 5, 20), date(2023, 6, 1)],
    ]
    assert [terms.by for terms in found.terms] == [date(2023, 5, 1), date(2023, 6, 1), date(2023, 6, 1)]


def test_an_ongoing_goal_may_end_earlier():
    found = milestone("revisions: [{from: 2023-04-01, reason: x, by: 2023-06-01}]")
    assert [terms.by for terms in found.terms] == [DEC_31, date(2023, 6, 1)]


def test_additions_and_cancellations_are_kept():
    goal = plan(
        "{id: g, title: x, added: {reason: 新增}, cancelled: {from: 2023-06-01, reason: 不办了, document: 2号}}"
    ).goals[0]
    assert goal.added == Declaration(None, "新增")
    assert goal.cancelled == Declaration(date(2023, 6, 1), "不办了", "2号")


def test_titles_and_aliases_have_their_pinyin():
    goal = plan("{id: g, title: 科普影片, aliases: [电影]}").goals[0]
    assert (goal.pinyin, goal.initials) == (("kepuyingpian", "dianying"), ("kpyp", "dy"))


def test_the_offices_own_days_win_over_the_table():
    calendar = plan("", "calendar: {off: [2023-03-08, 2023-05-06..2023-05-07], work: [2023-05-02]}").calendar
    assert date(2023, 3, 8) in calendar.off
    assert date(2023, 5, 2) not in calendar.off
    assert date(2023, 5, 6) not in calendar.work
