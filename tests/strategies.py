"""Strategies: plans of every kind.

A plan is the dict that `naive_plan` reads; `plan_yaml` spells it as a file.
"""

from datetime import date, timedelta
from fractions import Fraction
from functools import cache

import chinese_calendar
import naive
import naive_plan
from hypothesis import strategies as st

DAY = timedelta(days=1)
PACES = ["even", "workdays", "monthly", "quarterly", "half-yearly", "none"]
REPORTING = ["none", "weekly", "monthly", "quarterly"]
WHOLE_UNITS = [None, "册", "场", "人次", "个", "支"]
MEASURED_UNITS = ["公里", "元", "%", "公斤", "学时", "平方米"]
WEIGHTS = [Fraction(0), Fraction(1, 2), Fraction(1), Fraction(2), Fraction(7, 4), Fraction(10)]


@st.composite
def plans(draw):
    period = draw(periods())
    plan = {"plan": "drawn", "period": period, "defaults": {}, "calendar": draw(calendars(period))}
    plan["workdays"] = working_days(period, plan["calendar"])
    plan["lights"] = draw(lights())
    if draw(rarely()):
        plan["defaults"] = draw(spans(period))
    maybe(draw, plan["defaults"], "pace", st.sampled_from(PACES))
    maybe(draw, plan["defaults"], "reporting", st.sampled_from(REPORTING))
    maybe(draw, plan["defaults"], "weight", st.sampled_from(WEIGHTS))
    plan["goals"] = [draw(goals(plan, f"goal-{number}")) for number in range(draw(st.integers(1, 3)))]
    return plan


@st.composite
def periods(draw):
    if draw(st.booleans()):
        year = draw(st.integers(2021, 2024))
        return {"start": date(year, 1, 1), "end": date(year, 12, 31)}
    start = draw(st.dates(date(2020, 1, 1), date(2024, 6, 30)))
    return {"start": start, "end": start + draw(st.integers(0, 500)) * DAY}


@st.composite
def calendars(draw, period):
    chosen = draw(st.lists(days(period["start"], period["end"]), max_size=4, unique=True)) if draw(rarely()) else []
    cut = draw(st.integers(0, len(chosen)))
    return {"off": sorted(chosen[:cut]), "work": sorted(chosen[cut:])}


class WorkingDays(frozenset):
    def __repr__(self):
        return "working_days(period, calendar)"


def working_days(period, calendar):
    within = naive.days_between(period["start"], period["end"])
    tabled = {day for day in within if day in tabled_working_days(day.year)}
    return WorkingDays((tabled | set(calendar["work"])) - set(calendar["off"]))


@cache
def tabled_working_days(year):
    return set(chinese_calendar.get_workdays(date(year, 1, 1), date(year, 12, 31)))


@st.composite
def lights(draw):
    drawn = {}
    maybe(draw, drawn, "mode", st.sampled_from(["points", "percent"]))
    if draw(st.booleans()):
        drawn["yellow"], drawn["red"] = sorted(draw(st.tuples(thresholds(), thresholds())))
    maybe(draw, drawn, "due_soon", st.integers(0, 40))
    maybe(draw, drawn, "grace", st.integers(0, 40))
    return drawn


def thresholds():
    return st.one_of(
        st.sampled_from([Fraction(0), Fraction(10), Fraction(30)]), st.integers(0, 1000).map(lambda n: Fraction(n, 10))
    )


@st.composite
def goals(draw, plan, id):
    shape = draw(st.sampled_from(["single", "single", "single", "several", "due", "steps", "ongoing"]))
    goal = {"id": id, **(draw(spans(plan["period"])) if draw(rarely()) else {})}
    fit_by(draw, plan, goal, {})
    maybe(draw, goal, "reporting", st.sampled_from(REPORTING))
    maybe(draw, goal, "weight", st.sampled_from(WEIGHTS))
    if draw(st.sampled_from([False] * 9 + [True])):
        goal["cancelled"] = {"from": draw(days_of(plan["period"]))}
    if shape in ("due", "steps"):
        return draw(milestones(plan, goal, shape))
    if shape in ("single", "several"):
        maybe(draw, goal, "pace", st.sampled_from(PACES))
        ids = [id] if shape == "single" else [f"target-{n}" for n in range(draw(st.integers(1, 3)))]
        goal["targets"] = {target: draw(targets(plan, goal, number)) for number, target in enumerate(ids)}
        if draw(rarely()):
            revise_together(draw, plan, goal)
    return goal


@st.composite
def milestones(draw, plan, goal, shape):
    start = naive_plan.first_given("from", (goal, plan["defaults"]), plan["period"]["start"])
    by = goal.pop("by", None)
    if shape == "due" or draw(st.booleans()):
        goal["due"] = by or draw(days(start, plan["period"]["end"]))
    elif by:
        goal["by"] = by
    by = naive_plan.targets_of(plan, goal | {"steps": []})[0]["by"]
    if shape == "steps":
        goal["steps"] = [{"id": f"step-{number}"} for number in range(draw(st.integers(1, 4)))]
        for step in goal["steps"]:
            maybe(draw, step, "due", days(start, by))
            maybe(draw, step, "weight", st.sampled_from(WEIGHTS[1:]))
        if len(goal["steps"]) > 1 and draw(rarely()):
            goal["steps"][0]["weight"] = Fraction(0)
    if draw(rarely()) and (revised := draw(milestone_revisions(plan, goal, start))):
        goal["revisions"] = revised
    return goal


@st.composite
def milestone_revisions(draw, plan, goal, start):
    revisions, dues = [], {step["id"]: step.get("due") for step in goal.get("steps", [])}
    by = naive_plan.targets_of(plan, goal)[0]["by"]
    for since in sorted(draw(st.lists(days_of(plan["period"]), min_size=1, max_size=2, unique=True))):
        revision = {"from": since}
        earliest = max([start, since, *(due for due in dues.values() if due)])
        if draw(st.booleans()):
            revision["by"] = by = draw(days(earliest, plan["period"]["end"]))
        if dues and draw(st.booleans()):
            moved = {draw(st.sampled_from(sorted(dues))): draw(days(start, by))}
            revision["steps"] = {id: {"due": due} for id, due in moved.items()}
            dues |= moved
        if len(revision) > 1:
            revisions.append(revision)
    return revisions


@st.composite
def targets(draw, plan, goal, number):
    target = draw(ways(number))
    maybe(draw, target, "reporting", st.sampled_from(REPORTING))
    maybe(draw, target, "weight", st.sampled_from(WEIGHTS))
    if draw(rarely()):
        target |= draw(spans(plan["period"]))
    fit_by(draw, plan, goal, target)
    has_by = any("by" in level for level in (target, goal, plan["defaults"]))
    start, by = resolved(plan, goal, target)
    match draw(st.sampled_from(["inherits", "pace", "checkpoints", "checkpoints"])):
        case "pace":
            target["pace"] = draw(st.sampled_from(PACES))
        case "checkpoints":
            target["checkpoints"] = draw(checkpoints(target, target["amount"], start, by))
            maybe(draw, target, "interpolate", st.sampled_from(["step", "line"]))
            by = by if has_by else target["checkpoints"][-1]["by"]
    if draw(rarely()) and (revised := draw(revisions(plan, target, start, by, "checkpoints" in target))):
        target["revisions"] = revised
    return target


@st.composite
def ways(draw, number):
    """Draw kind, direction, unit, baseline and amount of a target."""
    kind = draw(st.sampled_from(["sum", "sum", "running", "latest", "ratio"]))
    target = {"kind": kind}
    if draw(st.booleans()):
        target["direction"] = draw(st.sampled_from(["up", "down"]))
    falls = target.get("direction") == "down"
    measured = kind == "ratio" or draw(rarely())
    unit = "%" if kind == "ratio" else draw(st.sampled_from(MEASURED_UNITS if measured else WHOLE_UNITS))
    target |= {"unit": unit} if unit else {}
    fine = draw(st.integers(0, 9)) < (8 if measured else 3)
    if fine and draw(rarely()):
        target["whole"] = False
    elif not fine and draw(rarely()):
        target["whole"] = True
    lowest = draw(st.sampled_from([0, -30])) if kind == "latest" else 0
    amounts = amounts_above(lowest, fine=fine)
    if kind == "sum" and falls:
        target["amount"] = draw(st.one_of(amounts, st.just(Fraction(0))))
        return target
    low, high = sorted(draw(st.lists(amounts, min_size=2, max_size=2, unique=True)))
    if falls:
        target |= {"baseline": high, "amount": low}
    elif lowest < 0 or draw(rarely()):
        target |= {"baseline": low, "amount": high}
    else:
        target["amount"] = high
    if kind == "ratio":
        maybe(draw, target, "pool", st.booleans())
    return target


def amounts_above(lowest, *, fine):
    whole = st.one_of(
        st.integers(lowest + 1, 12), st.integers(lowest + 1, 300), st.sampled_from([10000, 30000, 999_999_999])
    )
    if not fine:
        return whole.map(Fraction)
    return st.one_of(
        whole.map(Fraction),
        st.integers(lowest * 1000 + 1, 500_000).map(lambda n: Fraction(n, 1000)),
        st.just(Fraction(1, 10**6)),
    )


@st.composite
def checkpoints(draw, target, amount, start, by):
    count = draw(st.integers(1, min(5, (by - start).days + 1)))
    on = sorted(draw(st.lists(days(start, by), min_size=count, max_size=count, unique=True)))
    if draw(rarely()):
        on[-1] = by
    baseline = target.get("baseline", Fraction(0))
    if amount == baseline or draw(st.booleans()):
        shares = [*sorted(draw(st.sets(st.integers(1, 999), min_size=count - 1, max_size=count - 1))), 1000]
        points = [{"by": day, "share": Fraction(share, 1000)} for day, share in zip(on, shares, strict=True)]
        if amount != baseline and draw(st.booleans()):
            points[-1] = {"by": points[-1]["by"], "reach": amount}
        return points
    grain = draw(grain_of(target))
    inside = sorted(
        baseline + sign * grain * n
        for sign in [1 if amount > baseline else -1]
        for n in draw(grains(abs(amount - baseline) / grain, count - 1))
    )
    levels = [*(reversed(inside) if amount < baseline else inside), amount]
    return [{"by": day, "reach": level} for day, level in zip(on[-len(levels) :], levels, strict=True)]


def grains(length, count):
    """Draw up to `count` different whole numbers above 0 and below `length`."""
    highest = naive.ceil(length) - 1
    return st.sets(st.integers(1, highest), max_size=count) if highest > 0 else st.just(set())


@st.composite
def revisions(draw, plan, target, start, by, has_checkpoints):
    drawn, amount = [], target["amount"]
    baseline = target.get("baseline")
    for since in sorted(draw(st.lists(days_of(plan["period"]), min_size=1, max_size=3, unique=True))):
        revision = {"from": since}
        if draw(st.booleans()):
            revision["amount"] = amount = draw(revised_amounts(target, baseline))
        if draw(rarely()):
            revision["by"] = by = draw(days(max(start, since), plan["period"]["end"]))
        curve = draw(st.sampled_from(["keeps", "pace", "checkpoints"]))
        if curve == "checkpoints" or (has_checkpoints and "by" in revision):
            revision["checkpoints"] = draw(checkpoints(target, amount, start, by))
            has_checkpoints = True
        elif curve == "pace":
            revision["pace"] = draw(st.sampled_from(PACES))
            has_checkpoints = False
        if len(revision) > 1:
            drawn.append(revision)
    return drawn


def revise_together(draw, plan, goal):
    """Revise on the goal what its targets inherit, where none of them has checkpoints to move."""
    inheriting = [each for each in naive_plan.targets_of(plan, goal) if not each["revisions"]]
    if any(each["pace"] == "checkpoints" for each in inheriting):
        return
    since = draw(days_of(plan["period"]))
    revision = {
        "from": since,
        "by": draw(days(max([since, *(each["from"] for each in inheriting)]), plan["period"]["end"])),
    }
    maybe(draw, revision, "pace", st.sampled_from(PACES))
    goal["revisions"] = [revision]


@st.composite
def revised_amounts(draw, target, baseline):
    step = draw(st.integers(1, 400)) * draw(grain_of(target))
    if target["kind"] == "sum" and target.get("direction") == "down":
        return draw(st.sampled_from([step, step, Fraction(0)]))
    if baseline is None or target["amount"] > baseline:
        return (baseline or 0) + step
    return baseline - step if target["kind"] == "latest" else max(baseline - step, Fraction(0))


@st.composite
def grain_of(draw, target):
    """Draw how finely the target's amounts may be written; a fraction makes one that says nothing not whole."""
    if target.get("whole") or (target.get("unit") not in naive_plan.MEASURED and not draw(rarely())):
        return Fraction(1)
    return Fraction(1, draw(st.sampled_from([1, 2, 1000])))


@st.composite
def spans(draw, period):
    """Draw `from` and `by`, both, one or none, the first no later than the second."""
    first, last = sorted(draw(st.tuples(days_of(period), days_of(period))))
    both = {"from": first, "by": last}
    return {key: both[key] for key in draw(st.sets(st.sampled_from(["from", "by"])))}


def fit_by(draw, plan, goal, target):
    """Give the innermost level a `by` that is not before `from`."""
    start, by = resolved(plan, goal, target)
    if start > by:
        (target or goal)["by"] = draw(days(start, plan["period"]["end"]))


def resolved(plan, goal, target):
    levels = (target, goal, plan["defaults"])
    start = naive_plan.first_given("from", levels, plan["period"]["start"])
    return start, naive_plan.first_given("by", levels, plan["period"]["end"])


def days_of(period):
    return days(period["start"], period["end"])


def days(first, last):
    ends = [
        day
        for day in (first, last, last.replace(day=1), last.replace(day=1) - DAY, first + (last - first) / 2)
        if first <= day <= last
    ]
    return st.one_of(st.dates(first, last), st.dates(first, last), st.sampled_from(ends))


def rarely():
    return st.sampled_from([False, False, True])


def maybe(draw, mapping, key, values):
    if draw(rarely()):
        mapping[key] = draw(values)
