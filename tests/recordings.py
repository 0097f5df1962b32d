"""Recordings: what a ledger is told about a drawn plan, and a day to look at it."""

from fractions import Fraction

import naive
import naive_plan
import strategies
from hypothesis import strategies as st


@st.composite
def cases(draw):
    """Draw a plan, what was recorded (see `acts_on`), and a day to look at it."""
    plan = draw(strategies.plans())
    acts, on = draw(acts_on(plan)), draw(days_to_look(plan))
    if draw(strategies.rarely()):
        put_threshold_on_shortfall(draw, plan, acts, on)
    return plan, acts, on


@st.composite
def acts_on(draw, plan):
    """Draw entries `(goal, target, day, amount, denominator, steps)`, then a few `("void", number)` and
    `("fix", number, day, amount, denominator)`, where None stays as it was. The first act has number 1.
    """
    entries = draw(entries_of(plan))
    acts = list(entries)
    if not entries or not draw(strategies.rarely()):
        return acts
    for number in draw(st.lists(st.integers(1, len(entries)), max_size=3, unique=True)):
        _, _, day, amount, denominator, _ = entries[number - 1]
        if amount is None or draw(st.booleans()):
            acts.append(("void", number))
        else:
            moved = draw(st.sampled_from([day, None])) and draw(strategies.days_of(plan["period"]))
            right = (None, None) if moved else (draw(st.integers(0, 50)) * amount, denominator)
            acts.append(("fix", number, moved, *right))
    return acts


def that_stand(acts):
    """Return the entries that stand after the acts by (goal, target), as `naive.status` wants them."""
    made = {}
    for own, act in enumerate(acts, start=1):
        if act[0] == "void":
            del made[act[1]]
        elif act[0] == "fix":
            _, number, day, *right = act
            goal, target, before_day, *wrong, steps = made[number]
            made[number] = (goal, target, day or before_day, *(wrong if right[0] is None else right), steps)
        else:
            made[own] = act
    parted = {}
    for number, (goal, target, *rest) in made.items():
        parted.setdefault((goal, target), []).append((number, *rest))
    return parted


def put_threshold_on_shortfall(draw, plan, acts, on):
    """Make a threshold the very shortfall of a target, where a decimal can say it."""
    parted = that_stand(acts)
    for target in (each for goal in plan["goals"] for each in naive_plan.targets_of(plan, goal)):
        now = [entry for entry in parted.get((target["goal"], target["id"]), []) if entry[1] <= on]
        if naive.state_of(target, now, on) in ("at-risk", "behind") and not naive.is_ceiling(target):
            short = naive.shortfall(target, now, on)
            if (short * 10**6).denominator == 1:
                yellow, red = draw(st.sampled_from([(short, short), (Fraction(0), short), (short, short + 1)]))
                plan["lights"] |= {"yellow": yellow, "red": red}
                return


@st.composite
def entries_of(draw, plan):
    entries = []
    for goal in plan["goals"]:
        for target in naive_plan.targets_of(plan, goal):
            if target["kind"] == "milestone":
                made = draw(milestone_entries(plan, target))
            else:
                made = draw(st.lists(counted_entries(plan, target), max_size=8))
            entries += [(target["goal"], target["id"], *each) for each in made]
    return draw(st.permutations(entries)) if draw(strategies.rarely()) else entries


@st.composite
def counted_entries(draw, plan, target):
    day = draw(strategies.days_of(plan["period"]))
    if target["kind"] == "ongoing":
        return day, None, None, ()
    if target["kind"] == "ratio":
        return day, Fraction(draw(st.integers(0, 500))), Fraction(draw(st.integers(1, 400))), ()
    baseline = naive_plan.baseline(target)
    way = target["amount"] - baseline
    grain = Fraction(1) if naive_plan.is_whole(target) else Fraction(1, 10**6)
    parts = draw(st.one_of(st.integers(0, 120), st.integers(-60, 20), st.sampled_from([0, 50, 100])))
    if target["kind"] == "sum":
        amount = way * max(parts, 0) / draw(st.sampled_from([100, 250, 600]))
    else:
        amount = baseline + way * parts / 100
    amount = naive.floor(amount / grain + draw(st.sampled_from([0, 0, 1]))) * grain
    return day, amount if target["kind"] == "latest" else max(amount, Fraction(0)), None, ()


@st.composite
def milestone_entries(draw, plan, target):
    entries, still_open = [], draw(st.permutations([step["id"] for step in target["steps"]]))
    while still_open and draw(st.booleans()):
        count = draw(st.sampled_from([1, len(still_open)]))
        entries.append((draw(strategies.days_of(plan["period"])), None, None, tuple(still_open[:count])))
        still_open = still_open[count:]
    notes = draw(st.lists(strategies.days_of(plan["period"]), max_size=2))
    return draw(st.permutations([*entries, *((day, None, None, ()) for day in notes)]))


def days_to_look(plan):
    start, end = plan["period"]["start"], plan["period"]["end"]
    return st.one_of(
        strategies.days(start, end),
        strategies.days(start, end),
        strategies.days(start - 40 * strategies.DAY, end + 800 * strategies.DAY),
        strategies.days(end, end + 60 * strategies.DAY),
    )
