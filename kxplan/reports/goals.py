"""The goals page: what can be logged and how to call it; and who owes a report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from kxplan.message import Message, message
from kxplan.model.plan import Goal, Plan
from kxplan.progress.standing import Standing
from kxplan.reports.page import Amount, Column, Page, Paragraph, People, Rows, Table, Value, Words
from kxplan.reports.status import Moment, goal_title, page_title

_COLUMNS = (
    Column("id", message("reports.column.id")),
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("aliases", message("reports.column.aliases"), keep=2, min_width=8),
    Column("target", message("reports.column.target"), "right"),
    Column("lead", message("reports.column.lead"), keep=1),
    Column("by", message("reports.column.by"), keep=3),
)
_SILENT_COLUMNS = (
    Column("lead", message("reports.column.lead")),
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("owed", message("reports.column.owed"), keep=1),
    Column("last", message("reports.column.last"), keep=2),
)


def goals_page(plan: Plan, goals: Sequence[Goal], on: date) -> Page:
    """Return the page of `goals`: one row per target, under the headings of the sections."""
    titles = {section.id: section.title for section in plan.sections}
    groups: dict[str, list[tuple[Value, ...]]] = {}
    for goal in goals:
        groups.setdefault(goal.sections[-1], []).extend(_rows(goal, on))
    if not groups:
        return Page(plan.title, (Paragraph(message("reports.no-goals"), "quiet"),))
    rows = tuple(Rows(tuple(rows), titles[section]) for section, rows in groups.items())
    return Page(plan.title, (Table(_COLUMNS, rows), Paragraph(_hint(goals), "quiet")))


def _hint(goals: Sequence[Goal]) -> Message:
    """Return how to record, by an example that is taken as it stands."""
    counted = next((goal for goal in goals if goal.targets[0].kind not in ("milestone", "ongoing")), None)
    if counted is None:
        return message("reports.goals-hint-note", id=goals[0].id)
    return message("reports.goals-hint", id=counted.id)


def silent_page(plan: Plan, owing: Sequence[Standing], moment: Moment) -> Page:
    """Return the page of `goals --silent`: who owes a report, and since when."""
    title = page_title(plan, moment)
    if not owing:
        nobody = message("reports.nobody-owes" if plan.has_reporting else "reports.no-reporting")
        return Page(title, (Paragraph(nobody),))
    ordered = sorted(owing, key=lambda one: one.goal.lead)
    rows = tuple(_owing(standing) for standing in ordered)
    leads = {one.goal.lead for one in owing}
    summary = message("reports.owing", n=len(rows), leads=len(leads))
    return Page(title, (Paragraph(summary, "strong"), Table(_SILENT_COLUMNS, (Rows(rows),))))


def _rows(goal: Goal, on: date) -> list[tuple[Value, ...]]:
    rows: list[tuple[Value, ...]] = []
    for target in goal.targets:
        terms = target.in_force(on)
        id = goal.id if len(goal.targets) == 1 else f"{goal.id}.{target.id}"
        promised: Words | Amount = message(f"words.kind.{target.kind}")
        if target.kind not in ("milestone", "ongoing") and terms.amount is not None:
            promised = Amount(Fraction(terms.amount), target.unit)
        rows.append((id, goal.title, People(goal.aliases), promised, goal.lead, terms.by))
    return rows


def _owing(standing: Standing) -> tuple[Value, ...]:
    owed = standing.owed
    since = message("reports.owed-period", start=owed.start, end=owed.end) if owed else None
    return (standing.goal.lead, goal_title(standing), since, standing.tally.last)
