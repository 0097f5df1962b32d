"""Naive plans: what section 3 of the contract makes of a plan file before anything is computed.

A plan is a plain dict with the keys of a plan file, where days are dates and amounts are Fractions beside their
unit: a checkpoint has either `reach` (a level) or `share` (of the way); `workdays` is the set of worked days.
"""

from datetime import date
from fractions import Fraction

MEASURED = {
    *("%", "‰", "百分点", "元", "角", "分", "米", "公里", "平方米", "亩", "公顷", "克", "公斤", "吨", "升"),
    *("分钟", "小时", "学时", "课时", "天"),
}
COUNTED = ("sum", "running", "latest", "ratio")
LIGHTS = {"mode": "points", "yellow": Fraction(10), "red": Fraction(30), "due_soon": 7, "grace": 5}


def targets_of(plan, goal):
    """Return the targets of one goal with all that section 3 lets them inherit."""
    kind = "milestone" if "due" in goal or "steps" in goal else "ongoing"
    written = goal.get("targets") or {goal["id"]: {"kind": kind}}
    weightless = [own for own in written.values() if "weight" not in own]
    return [inheriting(plan, goal, id, own, len(weightless)) for id, own in written.items()]


def inheriting(plan, goal, id, own, weightless):
    defaults = plan.get("defaults", {})
    target = {"direction": "up", "interpolate": "line", "kind": "sum", **own}
    target |= {"goal": goal["id"], "id": id, "cancelled": goal.get("cancelled")}
    target |= {"period": plan["period"], "workdays": plan.get("workdays", set())}
    target["lights"] = {**LIGHTS, **plan.get("lights", {})}
    target["steps"] = goal.get("steps") or [{"id": goal["id"]}]
    levels = (own, goal, defaults)
    target["from"] = first_given("from", levels, plan["period"]["start"])
    last_checkpoint = own["checkpoints"][-1]["by"] if "checkpoints" in own else plan["period"]["end"]
    target["by"] = first_given(
        "by", (own, goal, {"by": goal["due"]} if "due" in goal else {}, defaults), last_checkpoint
    )
    target["reporting"] = first_given("reporting", levels, "none")
    target["revisions"] = first_given("revisions", (own, goal), [])
    target["pace"] = pace_of(target, own, goal, defaults)
    if "weight" not in own:
        target["weight"] = first_given("weight", (goal, defaults), Fraction(1)) / weightless
    return target


def pace_of(target, own, goal, defaults):
    if target["kind"] not in COUNTED:
        return None
    if "checkpoints" in own:
        return "checkpoints"
    if target["kind"] in ("latest", "ratio") and "baseline" not in own:
        return first_given("pace", (own, goal), "none")
    return first_given("pace", (own, goal, defaults), "even")


def first_given(key, levels, otherwise):
    return next((level[key] for level in levels if key in level), otherwise)


def in_force(target, on):
    """Return amount, by, pace, checkpoints (day, share) and steps (id, due, weight) as they stand on the day."""
    first = {"from": date.min, "amount": target.get("amount"), "by": target["by"], "pace": target["pace"]}
    if target["pace"] == "checkpoints":
        first["checkpoints"] = target["checkpoints"]
    held, dues = {}, {step["id"]: step.get("due") for step in target["steps"]}
    for change in [first, *sorted(target["revisions"], key=lambda revision: revision["from"])]:
        if change["from"] > on:
            break
        for key in ("amount", "by", "pace"):
            if key in change:
                held[key] = change[key]
        if "checkpoints" in change:
            held["pace"] = "checkpoints"
            way = held["amount"] - baseline(target)
            held["checkpoints"] = [
                (point["by"], point["share"] if "share" in point else (point["reach"] - baseline(target)) / way)
                for point in change["checkpoints"]
            ]
        for id, step in change.get("steps", {}).items():
            dues[id] = step["due"]
    if target["kind"] == "milestone":
        held["steps"] = [
            (step["id"], dues[step["id"]] or held["by"], step.get("weight", Fraction(1))) for step in target["steps"]
        ]
        held["amount"] = sum(weight for _, _, weight in held["steps"])
    return held


def baseline(target):
    return target.get("baseline", Fraction(0))


def is_whole(target, on=date.max):
    """Tell whether the values that hold on the day, those that a revision left as they were included, are whole."""
    if "whole" in target:
        return target["whole"]
    amount, reaches = target["amount"], reaches_of(target)
    for revision in sorted(target["revisions"], key=lambda revision: revision["from"]):
        if revision["from"] > on:
            break
        amount = revision.get("amount", amount)
        if "checkpoints" in revision or "pace" in revision:
            reaches = reaches_of(revision)
    return target.get("unit") not in MEASURED and all(
        level.denominator == 1 for level in (amount, baseline(target), *reaches)
    )


def reaches_of(written):
    return [point["reach"] for point in written.get("checkpoints", []) if "reach" in point]
