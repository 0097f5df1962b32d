"""The figures that the contract prints, through the naive arithmetic and through the program."""

import json
from datetime import date
from fractions import Fraction

import naive
import program
import pytest
import recordings
import strategies

YEAR = {"start": date(2023, 1, 1), "end": date(2023, 12, 31)}
JUNE_30 = date(2023, 6, 30)
HALF = [(date(2023, 2, 10), 12000), (date(2023, 6, 18), 8000)]
BOOKLETS = {"unit": "册", "amount": Fraction(30000)}
QUARTERS = [date(2023, 3, 31), JUNE_30, date(2023, 9, 30), date(2023, 12, 31)]


def by_the_naive_arithmetic(plan, acts, on):
    return naive.status(plan, recordings.that_stand(acts), on)


@pytest.fixture(params=[by_the_naive_arithmetic, program.status], ids=["naive", "program"])
def look(request):
    """The figures of one target on a day: `look(target, [(day, amount), …], on)`; `goal` and `lights` beside it."""

    def look(target, entries=(), on=JUNE_30, *, lights=None, **goal):
        kept = {"id": "booklets", **goal} | ({"targets": {"booklets": {"kind": "sum", **target}}} if target else {})
        plan = {"plan": "kexie-2023", "period": YEAR, "lights": lights or {}, "goals": [kept]}
        plan["workdays"] = strategies.working_days(YEAR, {"off": [], "work": []})
        acts = [("booklets", "booklets", day, *some(amount), ()) for day, amount in entries]
        records, summary = request.param(plan, acts, on)
        return {**records[0], "summary": summary}

    return look


def some(amount):
    """Return numerator and denominator; None: a note."""
    if isinstance(amount, tuple):
        return Fraction(amount[0]), Fraction(amount[1])
    return None if amount is None else Fraction(amount), None


def test_the_booklets_stand_as_section_6_prints_them(look):
    found = look(BOOKLETS, HALF)
    printed = json.loads("""{
        "kind": "sum", "direction": "up", "unit": "册", "baseline": "0", "amount": "30000", "actual": "20000",
        "expected": "14876", "attained": "0.6667", "gap": "17.1", "state": "on-track", "light": "green",
        "from": "2023-01-01", "by": "2023-12-31", "due_soon": false, "need_per_week": "381",
        "forecast": {"final": "46285", "reaches_on": "2023-09-08"}, "entries": 2, "last_entry": "2023-06-18",
        "summary": {"green": 1, "yellow": 0, "red": 0, "blue": 0, "grey": 0, "none": 0, "done": 0, "score": "66.7"}
    }""")
    assert {key: found[key] for key in printed} == printed


def test_30_june_2023_is_181_of_365_days(look):
    assert look({"amount": Fraction(365)})["expected"] == "181"


def test_what_is_not_whole_is_not_rounded(look):
    found = look({**BOOKLETS, "whole": False}, HALF)
    assert found["expected"] == "14876.712329"
    assert found["need_per_week"] == "380.434783"
    assert found["forecast"]["final"] == "46285.714286"


def test_checkpoints_at_the_quarter_ends_expect_15000(look):
    shares = [Fraction(20, 100), Fraction(50, 100), Fraction(75, 100), Fraction(1)]
    points = [{"by": by, "share": share} for by, share in zip(QUARTERS, shares, strict=True)]
    assert look({**BOOKLETS, "checkpoints": points}, HALF)["expected"] == "15000"


@pytest.mark.parametrize(("on", "expected"), [(date(2023, 6, 29), "1"), (JUNE_30, "2")])
def test_four_quarterly_issues_expect_the_second_on_30_june(look, on, expected):
    assert look({"unit": "期", "amount": Fraction(4), "pace": "quarterly"}, on=on)["expected"] == expected


def test_a_level_from_50_down_to_20_now_35_is_half_way(look):
    falling = {"kind": "latest", "direction": "down", "unit": "个", "baseline": Fraction(50), "amount": Fraction(20)}
    assert look(falling, [(date(2023, 5, 4), 35)])["attained"] == "0.5000"


def test_one_of_four_issues_by_30_june_is_on_track(look):
    found = look({"unit": "期", "amount": Fraction(4)}, [(date(2023, 3, 1), 1)])
    assert (found["expected"], found["gap"], found["state"]) == ("1", "0.0", "on-track")


def test_a_falling_whole_level_expects_the_ceiling(look):
    falling = {"kind": "latest", "direction": "down", "unit": "个", "baseline": Fraction(50), "amount": Fraction(20)}
    assert look(falling)["expected"] == "36"


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2023, 5, 30), "0"), (date(2023, 5, 31), "100"), (date(2023, 10, 30), "100"), (date(2023, 10, 31), "200")],
)
def test_boards_in_two_lots_hold_until_each_day(look, on, expected):
    points = [{"by": date(2023, 5, 31), "reach": Fraction(100)}, {"by": date(2023, 10, 31), "reach": Fraction(200)}]
    boards = {"unit": "块", "amount": Fraction(200), "interpolate": "step", "checkpoints": points}
    found = look(boards, on=on)
    assert (found["expected"], found["by"]) == (expected, "2023-10-31")


def test_a_rate_without_a_baseline_awaits_its_day(look):
    rate = {"kind": "latest", "unit": "%", "amount": Fraction(10)}
    found = look(rate)
    assert (found["state"], found["light"], found["expected"], found["gap"]) == ("awaiting", "none", None, None)


def test_a_ratio_is_its_newest_share_in_percent(look):
    rate = {"kind": "ratio", "unit": "%", "amount": Fraction(10)}
    asked = [(date(2023, 6, 1), (1032, 10000)), (date(2023, 5, 1), (1, 3))]
    assert look(rate, asked)["actual"] == "10.32"
    assert look(rate, asked[1:])["actual"] == "33.333333"
    assert look({**rate, "pool": True}, asked)["actual"] == "10.326902"


def test_a_ceiling_of_0_is_behind_as_soon_as_something_is_spent(look):
    none = {"direction": "down", "unit": "起", "amount": Fraction(0)}
    assert look(none)["state"] == "on-track"
    assert look(none)["summary"]["score"] == "100.0"
    assert look(none, [(JUNE_30, 1)])["state"] == "behind"
    assert look(none, [(JUNE_30, 1)])["summary"]["score"] == "0.0"


def test_the_gap_of_a_ceiling_is_the_room_left(look):
    found = look({"direction": "down", "unit": "场", "amount": Fraction(365)}, [(date(2023, 5, 1), 145)])
    assert (found["expected"], found["gap"], found["state"]) == ("181", "9.9", "on-track")
    assert (found["attained"], found["need_per_week"], found["forecast"]) == ("0.3973", None, None)


def test_attained_and_score_never_claim_an_end_that_is_not_reached(look):
    nearly = look({"unit": "册", "amount": Fraction(100000)}, [(JUNE_30, 99999)])
    assert (nearly["attained"], nearly["summary"]["score"]) == ("0.9999", "99.9")
    barely = look({"unit": "册", "amount": Fraction(100000)}, [(JUNE_30, 1)])
    assert (barely["attained"], barely["summary"]["score"]) == ("0.0001", "0.1")


def test_a_gap_too_small_to_show_has_no_sign(look):
    found = look({"unit": "册", "amount": Fraction(365000)}, [(JUNE_30, 180999)])
    assert (found["expected"], found["gap"]) == ("181000", "0.0")


def test_what_is_done_after_its_day_is_done_late(look):
    late = [(date(2023, 5, 31), 1), (date(2023, 6, 1), 1)]
    two = {"unit": "批", "amount": Fraction(2), "by": date(2023, 5, 31)}
    assert look(two, late)["state"] == "done-late"
    assert look(two, late, date(2023, 5, 31))["state"] == "behind"
    assert look(two, late[:1])["state"] == "overdue"


def test_a_month_without_a_word_is_unreported_from_the_fifth_day_after_it(look):
    assert look({}, on=date(2023, 2, 4), reporting="monthly")["state"] == "not-started"
    assert look({}, on=date(2023, 2, 5), reporting="monthly")["state"] == "unreported"
    spoken = [(date(2023, 1, 1), None)]
    assert look({}, spoken, date(2023, 3, 4), reporting="monthly")["state"] == "on-track"
    assert look({}, spoken, date(2023, 3, 5), reporting="monthly")["light"] == "grey"


def test_a_milestone_is_blue_a_week_before_its_day_and_red_after_it(look):
    congress = {"due": date(2023, 10, 31)}
    lights = {day: look({}, on=date(2023, 10, day), **congress)["light"] for day in (23, 24, 31)}
    assert lights == {23: "green", 24: "blue", 31: "blue"}
    assert look({}, on=date(2023, 11, 1), **congress)["state"] == "overdue"


@pytest.mark.parametrize(
    ("on", "expected"), [(date(2023, 1, 2), "0"), (date(2023, 1, 3), "1"), (date(2023, 10, 7), "188")]
)
def test_workdays_count_the_days_made_up_for_holidays(look, on, expected):
    days = len(strategies.working_days(YEAR, {"off": [], "work": []}))
    assert look({"amount": Fraction(days), "pace": "workdays"}, on=on)["expected"] == expected


def test_a_week_without_a_working_day_goes_evenly(look):
    spring_festival = {"from": date(2023, 1, 21), "by": date(2023, 1, 27)}
    assert look({"amount": Fraction(7), "pace": "workdays", **spring_festival}, on=date(2023, 1, 23))["expected"] == "3"


def test_a_goal_shares_its_weight_among_the_targets_that_give_none(look):
    targets = {
        "booklets": {"kind": "sum", "amount": Fraction(4), "weight": Fraction(2)},
        "b": {"kind": "sum", "amount": Fraction(2)},
    }
    found = look(None, [(JUNE_30, 4)], targets=targets, weight=Fraction(6))
    assert found["summary"]["score"] == "25.0"


def test_a_later_fraction_changes_no_earlier_figure(look):
    split = {**BOOKLETS, "revisions": [{"from": date(2023, 7, 1), "reason": "调整", "amount": Fraction("30000.5")}]}
    assert (look(split, HALF)["expected"], look(split, HALF)["need_per_week"]) == ("14876", "381")
    assert look(split, HALF, date(2023, 7, 1))["expected"] == "14959.153425"


def test_a_cancelled_milestone_stays_due_soon_and_has_no_light(look):
    cancelled = {"from": date(2023, 10, 1), "reason": "停办"}
    found = look({}, on=date(2023, 10, 24), due=date(2023, 10, 31), cancelled=cancelled)
    assert (found["state"], found["light"], found["due_soon"]) == ("cancelled", "none", True)
