"""What was done in a period: per goal the new work, what it comes to so far, and how its light changed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kxplan.message import Message, message
from kxplan.model.entry import Entry
from kxplan.model.plan import Plan
from kxplan.progress.standing import Standing
from kxplan.reports.entries import entry_amount
from kxplan.reports.facts import PeriodFacts
from kxplan.reports.page import (
    Absent,
    Amount,
    Before,
    Block,
    Column,
    Dot,
    Entries,
    Paragraph,
    Points,
    Rows,
    Share,
    Steps,
    Table,
    Value,
    Words,
)
from kxplan.reports.status import bar, goal_title, lamp

NOTED = 6
"""How many entries of a target are told in words."""


def work_blocks(facts: PeriodFacts) -> list[Block]:
    """Return what was done in the period; a sentence where nothing was recorded."""
    worked = [one for one in facts.now if entries_in(facts, one)]
    if not worked:
        return [Paragraph(message("report.nothing", this=facts.this))]
    total = sum(entries_in(facts, one) for one in worked)
    columns = (
        Column("goal", message("reports.column.goal"), min_width=12),
        Column("lead", message("report.column.lead"), keep=4),
        Column("done", message("report.column.done", this=facts.this), "right", min_width=10),
        Column("actual", message("report.column.actual"), "right"),
        Column("amount", message("report.column.amount"), "right", keep=3),
        Column("bar", message("reports.column.bar"), keep=6, min_width=8),
        Column("attained", message("reports.column.attained"), "right", keep=1),
        Column("gap", message("reports.column.gap"), "right", keep=2),
        *((Column("light_before", message("report.column.then"), keep=5),) if facts.then else ()),
        Column("light", message("reports.column.light"), min_width=19),
    )
    groups = tuple(
        Rows(tuple(_row(facts, one) for one in group), title, tuple(_notes(facts, group)), keys_of(group))
        for title, group in by_section(facts.plan, worked)
    )
    summed = message("report.done-sum", this=facts.this, n=len(worked), entries=total)
    table = Table(columns, groups, "done", message("report.column.section"), message("report.column.work"))
    return [Paragraph(summed), table]


def entries_in(facts: PeriodFacts, standing: Standing) -> int:
    """Return how many entries of a target have a work day in the period."""
    then = facts.then.get(standing.key)
    return standing.tally.entries - (then.tally.entries if then else 0)


def keys_of(standings: Iterable[Standing]) -> tuple[tuple[str, str], ...]:
    """Return the ids of a table's rows."""
    return tuple(standing.key for standing in standings)


def by_section(plan: Plan, standings: Iterable[Standing]) -> list[tuple[str, list[Standing]]]:
    """Return standings under the titles of the outermost sections that have any, in plan order."""
    titles = {section.id: section.title for section in plan.sections if len(section.path) == 1}
    groups: dict[str, list[Standing]] = {id: [] for id in titles}
    for standing in standings:
        groups[standing.goal.sections[0]].append(standing)
    return [(titles[id], group) for id, group in groups.items() if group]


def reached(standing: Standing) -> Value:
    """Return what was reached so far, by itself: an amount, steps, or how many entries there are."""
    if standing.terms.amount is None:
        return Entries(standing.tally.entries)
    if standing.target.kind == "milestone":
        steps = standing.terms.steps
        return Steps(sum(step.id in standing.tally.steps for step in steps), len(steps))
    return promised(standing, standing.actual if standing.has_value else None)


_ASKED = Fraction(-1)


def promised(standing: Standing, value: Fraction | None = _ASKED) -> Value:
    """Return the amount promised, or another `value` in its unit; for a milestone the due day."""
    if standing.target.kind == "milestone":
        return Before(standing.terms.by)
    if standing.terms.amount is None:
        return None
    return Amount(Fraction(standing.terms.amount) if value is _ASKED else value, standing.target.unit)


def _row(facts: PeriodFacts, standing: Standing) -> tuple[Value, ...]:
    then = facts.then.get(standing.key)
    return (
        goal_title(standing),
        standing.goal.lead,
        _done(facts, standing, then),
        reached(standing),
        promised(standing),
        bar(standing),
        Share(standing.attained),
        Points(standing.gap),
        *((Dot(then.light) if then else None,) if facts.then else ()),
        lamp(standing, facts.in_trouble.get(standing.key, 0)),
    )


def _done(facts: PeriodFacts, standing: Standing, then: Standing | None) -> Value:
    """Return the work of the period: for a level how far it moved, for a milestone its steps."""
    target = standing.target
    if target.kind == "ongoing":
        return Entries(entries_in(facts, standing))
    if target.kind == "milestone":
        return Steps(len(_steps_done(standing, then)))
    if standing.actual is None or not standing.has_value:
        return None
    if target.kind == "sum":
        till_then = then.actual if then and then.actual is not None else _start(standing)
        return Amount(standing.actual - till_then, target.unit)
    if then is None or then.actual is None or not then.has_value:
        return Absent(message("report.first-value"))
    moved = standing.actual - then.actual
    return Points(moved, is_exact=True) if target.unit == "%" else Amount(moved, target.unit)


def _steps_done(standing: Standing, then: Standing | None) -> tuple[str, ...]:
    """Return the titles of the steps that were completed since `then`."""
    before = then.tally.steps if then else frozenset()
    return tuple(step.title for step in standing.terms.steps if step.id in standing.tally.steps - before)


def _start(standing: Standing) -> Fraction:
    return Fraction(standing.target.baseline)


def _notes(facts: PeriodFacts, standings: Sequence[Standing]) -> Iterable[tuple[int, Words]]:
    for index, standing in enumerate(standings):
        steps = _steps_done(standing, facts.then.get(standing.key))
        if steps and len(standing.terms.steps) > 1:
            yield index, message("report.steps-done", steps=steps)
        noted = facts.noted.get(standing.key, ())
        for entry in noted:
            yield index, _note(entry, facts.plan)
        left = entries_in(facts, standing) - len(noted)
        if left and len(noted) >= NOTED:
            yield index, message("report.more-entries", n=left)


def _note(entry: Entry, plan: Plan) -> Message:
    if entry.amount is None:
        return message("report.entry-note", day=entry.day, note=entry.note, who=entry.who)
    return message("report.entry", day=entry.day, note=entry.note, who=entry.who, amount=entry_amount(entry, plan))
