"""The shipped plans: they compile, and say what the office's plan says."""

from __future__ import annotations

import csv
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, cast

import pytest

from kxplan.model.plan import Goal, Plan, Target
from kxplan.plans.reader import read_plan

PLANS = Path(__file__).parent.parent / "plans"
SAMPLE = PLANS / "kexie-2023.sample.csv"
COLUMNS = ["goal", "target", "day", "amount", "denominator", "steps", "note", "who", "breakdown"]
FIRST, LAST = date(2023, 1, 1), date(2023, 6, 30)


def shipped(name: str) -> Plan:
    path = PLANS / name
    return read_plan(path.read_bytes(), path.name)


@pytest.fixture(scope="module")
def kexie() -> Plan:
    return shipped("kexie-2023.yaml")


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str]]:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def goal(plan: Plan, id: str) -> Goal:
    found = plan.goal(id)
    assert found is not None, id
    return found


def target(plan: Plan, goal_id: str, id: str | None = None) -> Target:
    return next(target for target in goal(plan, goal_id).targets if target.id == (id or goal_id))


@pytest.mark.parametrize("path", sorted(PLANS.glob("*.yaml")), ids=lambda path: path.name)
def test_every_shipped_plan_compiles_without_a_problem(path: Path) -> None:
    assert shipped(path.name).goals


@pytest.mark.parametrize(
    ("goal_id", "target_id", "amount", "unit"),
    [
        ("literacy-rate", None, 10, "%"),
        ("booklets", None, 30000, "册"),
        ("gallery", None, 4, "期"),
        ("boards", "boards", 200, "块"),
        ("boards", "batches", 2, "批"),
        ("lectures", None, 100, "场"),
        ("films", None, 200, "场"),
    ],
)
def test_the_seven_figures_are_the_plans(
    kexie: Plan, goal_id: str, target_id: str | None, amount: int, unit: str
) -> None:
    found = target(kexie, goal_id, target_id)
    assert (found.terms[0].amount, found.unit) == (Decimal(amount), unit)


def test_no_other_goal_has_a_figure(kexie: Plan) -> None:
    counted = {
        goal.id for goal in kexie.goals for target in goal.targets if target.kind not in ("milestone", "ongoing")
    }
    assert counted == {"literacy-rate", "booklets", "gallery", "boards", "lectures", "films"}


def test_the_plan_has_four_parts_and_twelve_items(kexie: Plan) -> None:
    depths = [len(section.path) for section in kexie.sections]
    assert (depths.count(1), depths.count(2), len(depths)) == (4, 12, 16)


def test_every_item_has_goals(kexie: Plan) -> None:
    items = {section.id for section in kexie.sections if len(section.path) == 2}
    assert {goal.sections[-1] for goal in kexie.goals} == items


def test_every_goal_says_where_it_comes_from(kexie: Plan) -> None:
    parts = {
        section.path[0]: part
        for section, part in zip(
            [section for section in kexie.sections if len(section.path) == 1], "一二三四", strict=True
        )
    }
    strays = [goal.id for goal in kexie.goals if not (goal.source or "").startswith(f"({parts[goal.sections[0]]})")]
    assert strays == []


def test_every_goal_says_what_was_chosen_by_the_editor(kexie: Plan) -> None:
    assert [goal.id for goal in kexie.goals if "编者" not in (goal.note or "")] == []


@pytest.mark.parametrize(
    ("goal_id", "damaged", "used"), [("literacy-rate", "2023%", "10%"), ("lectures", "20230场", "100场")]
)
def test_a_damaged_figure_has_a_note_on_what_was_damaged(kexie: Plan, goal_id: str, damaged: str, used: str) -> None:
    note = goal(kexie, goal_id).note or ""
    assert damaged in note
    assert used in note
    assert "无法核实" in note


def test_only_the_damaged_figures_notes_speak_of_damage_to_figures(kexie: Plan) -> None:
    assert {goal.id for goal in kexie.goals if "无法核实" in (goal.note or "")} == {"literacy-rate", "lectures"}


@pytest.mark.parametrize("word", ["效劳", "平安", "到达", "根本", "创立", "〞"])
def test_no_swapped_word_is_left(word: str) -> None:
    assert word not in (PLANS / "kexie-2023.yaml").read_text(encoding="utf-8")


def test_the_key_groups_are_a_breakdown(kexie: Plan) -> None:
    groups = ("未成年人", "农民", "城镇劳动者", "领导干部和公务员", "社区居民")
    assert kexie.breakdowns == (("人群", groups),)


@pytest.mark.parametrize(
    "word", ["书籍", "画廊", "展板", "讲座", "电影", "培训班", "会员日", "科普日", "活动周", "人才月", "三走进"]
)
def test_a_word_of_the_office_names_one_goal(kexie: Plan, word: str) -> None:
    assert len([goal.id for goal in kexie.goals if word in (goal.title, *goal.aliases)]) == 1


def test_the_congress_is_prepared_and_then_held(kexie: Plan) -> None:
    (terms,) = target(kexie, "congress").terms
    assert [(step.id, step.due) for step in terms.steps] == [
        ("prepare", date(2023, 8, 31)),
        ("hold", date(2023, 10, 31)),
    ]


def test_the_sample_has_the_demos_columns() -> None:
    with SAMPLE.open(encoding="utf-8", newline="") as file:
        assert next(csv.reader(file)) == COLUMNS


def test_every_row_names_a_target_of_the_plan(kexie: Plan, rows: list[dict[str, str]]) -> None:
    known = {(goal.id, target.id) for goal in kexie.goals for target in goal.targets}
    assert [row for row in rows if (row["goal"], row["target"]) not in known] == []


def test_every_row_lies_in_the_half_year(rows: list[dict[str, str]]) -> None:
    days = [date.fromisoformat(row["day"]) for row in rows]
    assert min(days) >= FIRST
    assert max(days) <= LAST


def test_the_rows_stand_in_the_order_of_their_days(rows: list[dict[str, str]]) -> None:
    days = [row["day"] for row in rows]
    assert days == sorted(days)


def test_every_row_says_who_and_what(rows: list[dict[str, str]]) -> None:
    assert [row for row in rows if not row["who"] or not row["note"]] == []


def test_a_row_has_an_amount_exactly_where_its_target_counts(kexie: Plan, rows: list[dict[str, str]]) -> None:
    for row in rows:
        counts = target(kexie, row["goal"], row["target"]).kind not in ("milestone", "ongoing")
        assert bool(row["amount"]) == counts, row


def test_a_completed_step_is_one_of_the_goal_and_completed_once(kexie: Plan, rows: list[dict[str, str]]) -> None:
    done = [(row["goal"], row["steps"]) for row in rows if row["steps"]]
    known = {(goal.id, step.id) for goal in kexie.goals for step in goal.targets[0].terms[0].steps}
    assert set(done) <= known
    assert len(done) == len(set(done))


def test_a_breakdown_value_is_one_of_the_plans_and_on_a_sum(kexie: Plan, rows: list[dict[str, str]]) -> None:
    known = {f"{key}={value}" for key, values in kexie.breakdowns for value in values}
    split = [row for row in rows if row["breakdown"]]
    assert {row["breakdown"] for row in split} == known
    assert {target(kexie, row["goal"], row["target"]).kind for row in split} == {"sum"}


def test_the_booklets_are_the_checked_example(rows: list[dict[str, str]]) -> None:
    printed: dict[str, Decimal] = {}
    for row in rows:
        if row["goal"] == "booklets":
            printed[row["day"]] = printed.get(row["day"], Decimal(0)) + Decimal(row["amount"])
    assert printed == {"2023-02-10": Decimal(12000), "2023-06-18": Decimal(8000)}


@pytest.fixture
def shown(run: Callable[..., Any]) -> dict[str, Any]:
    ran = run("demo", "d", "--json")
    assert ran.code == 0, ran.err
    return cast("dict[str, Any]", ran.json)


def test_the_demo_shows_every_light(shown: dict[str, Any]) -> None:
    lights = {light: shown["summary"][light] for light in ("green", "yellow", "red", "blue", "grey", "none")}
    assert lights == {"green": 27, "yellow": 2, "red": 2, "blue": 1, "grey": 3, "none": 5}


def test_the_demo_shows_every_state_but_cancelled(shown: dict[str, Any]) -> None:
    assert {target["state"] for target in shown["targets"]} == {
        "unreported", "overdue", "behind", "at-risk", "on-track", "awaiting", "not-started", "done-late", "done",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("goal_id", "state", "actual", "expected"),
    [
        ("booklets", "on-track", "20000", "14876"),
        ("gallery", "on-track", "2", "2"),
        ("lectures", "at-risk", "38", "50"),
        ("films", "behind", "22", "85"),
        ("literacy-rate", "awaiting", "9.2", None),
        ("liaison", "overdue", "1", "2"),
        ("training-class", "done-late", "1", "1"),
    ],
)
def test_the_demo_tells_this_story(
    shown: dict[str, Any], goal_id: str, state: str, actual: str, expected: str | None
) -> None:
    (row,) = [target for target in shown["targets"] if target["goal"] == goal_id]
    assert (row["state"], row["actual"], row["expected"]) == (state, actual, expected)


def test_the_summer_camp_is_due_soon(shown: dict[str, Any]) -> None:
    assert [target["goal"] for target in shown["targets"] if target["due_soon"]] == ["youth-science"]
