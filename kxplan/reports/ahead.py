"""What lies ahead: what falls due by the end of the next period, and where the present speed leads."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kxplan.dates import Period
from kxplan.message import Message, message
from kxplan.progress.standing import Standing, made_whole
from kxplan.reports.facts import PeriodFacts
from kxplan.reports.page import Block, Column, Paragraph, Rows, Table, Value, Words
from kxplan.reports.spans import following, period_name
from kxplan.reports.status import derived, goal_title, lamp
from kxplan.reports.worked import keys_of, promised, reached

_DUE_COLUMNS = (
    Column("day", message("report.column.due")),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("what", message("report.column.what"), min_width=8),
    Column("level", message("report.column.level"), "right"),
    Column("actual", message("report.column.actual"), "right", keep=1),
    Column("lead", message("report.column.lead"), keep=2),
)
_FORECAST_COLUMNS = (
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("lead", message("report.column.lead"), keep=3),
    Column("actual", message("report.column.actual"), "right", keep=1),
    Column("amount", message("report.column.amount"), "right"),
    Column("by", message("reports.column.by"), keep=2),
    Column("final", message("report.column.final"), "right"),
    Column("reaches_on", message("report.column.reaches")),
    Column("need", message("reports.column.need"), "right"),
    Column("light", message("reports.column.light"), keep=4),
)


class _Due(NamedTuple):
    day: date
    standing: Standing
    what: Words
    level: Value


def due_blocks(facts: PeriodFacts) -> list[Block]:
    """Return what falls due after the day of the report through the end of the next period."""
    after = following(facts.span, facts.period, facts.plan.period)
    end = after.end if after else facts.period.end
    ahead = Period(facts.on, end)
    due = sorted((one for standing in facts.now for one in _due(standing, ahead)), key=lambda one: one.day)
    intro = _intro(facts, after)
    if not due:
        return [Paragraph(message("report.due-none", until=intro))]
    rows = Rows(tuple(_due_row(one) for one in due), keys=keys_of(one.standing for one in due))
    return [Paragraph(message("report.due-sum", until=intro, n=len(due))), Table(_DUE_COLUMNS, (rows,), "due")]


def forecast_blocks(facts: PeriodFacts) -> list[Block]:
    """Return where the speed of the last eight weeks leads, those that fall short first."""
    open_ones = [one for one in facts.now if one.forecast and one.state not in ("done", "done-late", "cancelled")]
    if not open_ones:
        return [Paragraph(message("report.forecast-none"))]
    ordered = sorted(open_ones, key=lambda one: not _falls_short(one))
    short = sum(_falls_short(one) for one in open_ones)
    rows = Rows(tuple(_forecast_row(one) for one in ordered), keys=keys_of(ordered))
    said = "report.forecast-short" if short else "report.forecast-enough"
    return [Paragraph(message(said, n=len(open_ones), short=short)), Table(_FORECAST_COLUMNS, (rows,), "forecast")]


def _intro(facts: PeriodFacts, after: Period | None) -> Message:
    if after is None:
        return message("report.until-end", end=facts.plan.period.end)
    name = period_name(facts.span, after, facts.plan.period)
    if facts.on < facts.period.end:
        return message("report.until-rest", next=name)
    return message("report.until-next", next=name)


def _due(standing: Standing, ahead: Period) -> Iterable[_Due]:
    """Yield what of a target falls due after the first day of `ahead` through its last."""
    target, terms = standing.target, standing.terms
    if standing.state in ("done", "done-late", "cancelled") or target.kind == "ongoing":
        return
    if target.kind == "milestone":
        for step in terms.steps:
            if step.id not in standing.tally.steps and ahead.start < step.due <= ahead.end:
                what = step.title if len(terms.steps) > 1 else message("report.finish")
                yield _Due(step.due, standing, what, None)
        return
    for point in terms.checkpoints:
        level = Fraction(target.baseline) + point.share * (Fraction(terms.amount or 0) - Fraction(target.baseline))
        if ahead.start < point.by <= ahead.end and point.by != terms.by:
            what = point.title or message("report.checkpoint")
            yield _Due(point.by, standing, what, promised(standing, made_whole(target, terms, level)))
    if ahead.start < terms.by <= ahead.end:
        what = message("report.ceiling" if target.is_ceiling else "report.finish")
        yield _Due(terms.by, standing, what, promised(standing))


def _due_row(due: _Due) -> tuple[Value, ...]:
    standing = due.standing
    return (due.day, goal_title(standing), due.what, due.level, reached(standing), standing.goal.lead)


def _falls_short(standing: Standing) -> bool:
    """Tell whether the amount is not reached by its day at the present speed."""
    outlook = standing.forecast
    if outlook is None:
        return False
    if standing.target.is_ceiling:
        return outlook.final > (standing.terms.amount or 0)
    return outlook.reaches_on is None or outlook.reaches_on > standing.terms.by


def _forecast_row(standing: Standing) -> tuple[Value, ...]:
    outlook = standing.forecast
    return (
        goal_title(standing),
        standing.goal.lead,
        reached(standing),
        promised(standing),
        standing.terms.by,
        derived(outlook.final, standing.target) if outlook else None,
        outlook.reaches_on if outlook else None,
        derived(standing.need_per_week, standing.target),
        lamp(standing),
    )
