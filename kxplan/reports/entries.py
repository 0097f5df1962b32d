"""Entries in words: what was recorded, and where its target stands now."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kxplan.message import Message, message
from kxplan.model.entry import Entry, NewEntry
from kxplan.model.plan import Plan, Target
from kxplan.progress.standing import Standing
from kxplan.reports.page import Amount, Lamp, Points, Share, Value
from kxplan.reports.status import goal_title, progress


def entry_line(entry: Entry, plan: Plan) -> Message:
    """Return one entry as a line: number, goal, amount, day and who."""
    return message(
        f"reports.entry.{entry.act}",
        number=entry.number,
        corrects=entry.corrects or 0,
        goal=title_of(plan, entry.goal),
        amount=entry_amount(entry, plan),
        day=entry.day,
        who=entry.who,
    )


def standing_line(standing: Standing) -> Message:
    """Return where a target stands as one line."""
    lamp = Lamp(standing.light, standing.state)
    if standing.attained is None:
        return message("reports.standing-ongoing", goal=goal_title(standing), lamp=lamp, n=standing.tally.entries)
    return message(
        "reports.standing" if standing.gap is not None else "reports.standing-no-gap",
        goal=goal_title(standing),
        progress=progress(standing),
        attained=Share(standing.attained),
        gap=Points(standing.gap),
        lamp=lamp,
    )


def is_lacking(plan: Plan, entry: Entry) -> bool:
    """Tell whether a standing entry should have evidence and has none (缺佐证)."""
    goal = plan.goal(entry.goal)
    counts = entry.state == "counted" and entry.act != "void"
    return goal is not None and goal.evidence and counts and not entry.evidence


def entry_amount(entry: Entry, plan: Plan) -> Value:
    """Return the amount of an entry with its unit; what was done or noted where it has none."""
    if entry.act == "void":
        return message("reports.entry-void", number=entry.corrects or 0)
    if entry.amount is None:
        return _done(entry, plan) if entry.steps else message("reports.entry-note")
    target = target_of(plan, entry.goal, entry.target)
    unit = target.unit if target else None
    if entry.denominator is not None:
        return message("reports.ratio", numerator=amount(entry.amount), denominator=amount(entry.denominator))
    return amount(entry.amount, unit)


def _done(entry: Entry, plan: Plan) -> Message:
    """Return that an entry completed something: which steps, where its milestone has several."""
    target = target_of(plan, entry.goal, entry.target)
    titles = {step.id: step.title for terms in target.terms for step in terms.steps} if target else {}
    if len(titles) < 2:
        return message("reports.entry-done")
    return message("reports.entry-done-steps", steps=tuple(titles.get(step, step) for step in entry.steps))


def details(entry: Entry | NewEntry) -> str:
    """Return what an entry says beside its figure: its note, then KEY=VALUE for each of its breakdowns."""
    return " · ".join(said for said in (entry.note, *(f"{key}={value}" for key, value in entry.breakdown)) if said)


def amount(value: Decimal | Fraction, unit: str | None = None) -> Amount:
    """Return an exact number as a value of a page."""
    return Amount(Fraction(value), unit)


def title_of(plan: Plan, goal: str) -> str:
    """Return a goal's title; its id where the plan has it no more."""
    found = plan.goal(goal)
    return found.title if found else goal


def key_of(plan: Plan, entry: Entry) -> tuple[str, str]:
    """Return the ids that an entry's goal and target have now; its own where the plan has the goal no more."""
    found = plan.goal(entry.goal)
    if found is None:
        return entry.goal, entry.target
    return found.id, found.id if entry.target == entry.goal else entry.target


def target_of(plan: Plan, goal: str, target: str) -> Target | None:
    """Return a target of the plan, also under a former id of its goal; None where it is gone."""
    found = plan.goal(goal)
    if found is None:
        return None
    wanted = found.id if target == goal else target
    return next((each for each in found.targets if each.id in (target, wanted)), None)
