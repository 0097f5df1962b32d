from datetime import date, timedelta
from fractions import Fraction

import naive
import program
import pytest
import recordings
import strategies
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

BY_AND_TWO_YEARS = {
    date(2023, 12, 31): date(2025, 12, 31),
    date(2023, 2, 28): date(2025, 2, 28),
    date(2022, 3, 1): date(2024, 3, 1),
    date(2024, 2, 29): date(2026, 2, 28),
}
SHORT, LONG = (
    settings(max_examples=examples, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
    for examples in (100, 5000)
)


def agree(case):
    plan, acts, on = case
    expected, expected_summary = naive.status(plan, recordings.that_stand(acts), on)
    found, found_summary = program.status(plan, acts, on)
    assert [said(record, like) for record, like in zip(found, expected, strict=True)] == expected
    assert found_summary == expected_summary


def said(record, like):
    return {key: record[key] for key in like}


@SHORT
@given(recordings.cases())
def test_the_program_says_what_the_naive_arithmetic_says(case):
    agree(case)


@pytest.mark.slow
@LONG
@given(recordings.cases())
def test_the_program_says_what_the_naive_arithmetic_says_at_length(case):
    agree(case)


@SHORT
@given(st.data())
def test_what_was_known_by_an_instant_is_what_the_acts_before_it_say(data):
    plan, acts, on = data.draw(recordings.cases())
    known = data.draw(st.integers(0, len(acts)))
    expected, expected_summary = naive.status(plan, recordings.that_stand(acts[:known]), on)
    with program.recorded(plan, acts) as status:
        found, found_summary = status(on, known)
    assert [said(record, like) for record, like in zip(found, expected, strict=True)] == expected
    assert found_summary == expected_summary


@SHORT
@given(st.data())
def test_an_expected_figure_never_turns_back_and_stays_between_baseline_and_amount(data):
    plan = data.draw(strategies.plans())
    for goal in plan["goals"]:
        goal.pop("revisions", None)
        for target in goal.get("targets", {}).values():
            target.pop("revisions", None)
    days = sorted(data.draw(st.lists(recordings.days_to_look(plan), min_size=2, max_size=6)))
    with program.recorded(plan, []) as status:
        looks = [status(on)[0] for on in days]
    for views in zip(*looks, strict=True):
        figures = [
            [Fraction(view[key]) for key in ("baseline", "expected", "amount")]
            for view in views
            if view["expected"] is not None
        ]
        for baseline, expected, amount in figures:
            assert min(baseline, amount) <= expected <= max(baseline, amount)
        shares = [abs(expected - baseline) for baseline, expected, _ in figures]
        assert shares == sorted(shares)


@SHORT
@given(recordings.cases())
def test_the_lights_add_up_to_the_targets_and_the_score_lies_between_0_and_100(case):
    records, summary = program.status(*case)
    assert sum(summary[light] for light in ("green", "yellow", "red", "blue", "grey", "none")) == len(records)
    assert summary["score"] is None or 0 <= Fraction(summary["score"]) <= 100


@SHORT
@given(
    by=st.sampled_from(sorted(BY_AND_TWO_YEARS)),
    before=st.integers(0, 50),
    past=st.integers(-1, 1),
    speed=st.integers(1, 5),
    spare=st.integers(0, 4),
)
def test_an_end_is_foretold_up_to_two_years_after_the_due_day(by, before, past, speed, spare):
    on, last = by - timedelta(days=before), BY_AND_TWO_YEARS[by] + timedelta(days=past)
    done = speed * 14
    amount = Fraction(done + speed * (last - on).days - spare % speed)
    plan = {
        "plan": "drawn",
        "period": {"start": by - timedelta(days=100), "end": by},
        "goals": [{"id": "goal", "targets": {"goal": {"kind": "sum", "unit": "册", "amount": amount}}}],
    }
    acts = [
        ("goal", "goal", on - timedelta(days=days), part, None, ())
        for days, part in ((3, Fraction(done)), (0, Fraction(0)))
    ]
    agree((plan, acts, on))
    [record], _ = program.status(plan, acts, on)
    assert record["forecast"]["reaches_on"] == (last.isoformat() if past <= 0 else None)
