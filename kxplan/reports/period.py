"""The report of a period: what was done, what is behind and why, what comes, in the office's own order."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from fractions import Fraction

from kxplan.message import Message, message
from kxplan.progress.difference import Pair
from kxplan.progress.standing import Standing, is_unreported
from kxplan.progress.summary import score_tenths, summary, worst_first
from kxplan.reports.ahead import due_blocks, forecast_blocks
from kxplan.reports.corrected import correction_blocks
from kxplan.reports.facts import PeriodFacts
from kxplan.reports.page import (
    Absent,
    Block,
    Column,
    Heading,
    Page,
    Paragraph,
    Points,
    Rows,
    Score,
    Share,
    Steps,
    Table,
    Value,
)
from kxplan.reports.remarks import answer
from kxplan.reports.spans import period_name
from kxplan.reports.status import bar, derived, goal_title, headline, lamp
from kxplan.reports.whole import (
    evidence_blocks,
    months_blocks,
    revision_blocks,
    score_blocks,
    table_blocks,
)
from kxplan.reports.worked import keys_of, promised, reached, work_blocks

_BEHIND_COLUMNS = (
    Column("light", message("reports.column.light"), min_width=19),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("lead", message("report.column.lead"), keep=3),
    Column("bar", message("reports.column.bar"), keep=5, min_width=8),
    Column("actual", message("report.column.actual"), "right"),
    Column("expected", message("report.column.expected"), "right", keep=1),
    Column("amount", message("report.column.amount"), "right", keep=2),
    Column("attained", message("reports.column.attained"), "right", keep=1),
    Column("gap", message("reports.column.gap"), "right"),
)
_SILENT_COLUMNS = (
    Column("lead", message("report.column.lead")),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("light", message("reports.column.light"), keep=2),
    Column("owed", message("reports.column.owed")),
    Column("last", message("reports.column.last"), keep=1),
)
_SHORT_TABLES = ("done", "behind", "silent", "due", "corrections", "forecast")
_TABLES = (*_SHORT_TABLES, "whole", "by_section", "by_lead", "months", "revisions", "evidence")
_Section = tuple[str, Callable[[PeriodFacts], list[Block]]]
"""The id of a heading, and what stands under it."""


def period_page(facts: PeriodFacts) -> Page:
    """Return the report of a period."""
    sections: list[_Section] = [
        ("report.done", work_blocks),
        ("report.behind", _behind_blocks),
        ("report.silent", _silent_blocks),
        ("report.due", due_blocks),
        ("report.corrections", correction_blocks),
        ("report.forecast", forecast_blocks),
    ]
    if facts.is_long:
        sections += [
            ("report.whole", table_blocks),
            ("report.scores", score_blocks),
            ("report.months", months_blocks),
            ("report.revisions", revision_blocks),
            ("report.evidence", evidence_blocks),
        ]
    sections.append(("report.course", _course_blocks))
    blocks = [*_head(facts)]
    for number, (title, told) in enumerate(sections, 1):
        blocks += [Heading(message(title, this=facts.this), number=number), *told(facts)]
    return Page(_title(facts), tuple(blocks), _facts(facts), _TABLES if facts.is_long else _SHORT_TABLES)


def _title(facts: PeriodFacts) -> Message:
    name = period_name(facts.span, facts.period, facts.plan.period)
    if facts.lead is not None:
        return message("report.title-lead", plan=facts.plan.title, period=name, lead=facts.lead)
    return message("report.title", plan=facts.plan.title, period=name)


def _facts(facts: PeriodFacts) -> tuple[tuple[str, str | date | None], ...]:
    return (
        ("plan", facts.plan.id),
        ("org", facts.plan.org),
        ("report", facts.span),
        ("from", facts.period.start),
        ("through", facts.period.end),
        ("as_of", facts.on),
        ("lead", facts.lead),
    )


def _head(facts: PeriodFacts) -> list[Block]:
    gone = Fraction((facts.on - facts.plan.period.start).days + 1, facts.plan.period.days)
    staged = message("reports.staged") if facts.is_staged else ""
    blocks: list[Block] = [
        Paragraph(message("report.as-of", day=facts.on, staged=staged, passed=int(gone * 100)), "quiet"),
        headline(summary(facts.now)),
        *(Paragraph(words) for words in _turned(facts)),
    ]
    blocks += [Paragraph(notice, "warning") for notice in facts.notices]
    if facts.plan.calendar.estimated:
        blocks.append(Paragraph(message("reports.calendar-estimated", years=facts.plan.calendar.estimated), "quiet"))
    return blocks


def _turned(facts: PeriodFacts) -> Iterable[Message]:
    """Yield how the lights and the score changed over the period."""
    if not facts.then:
        if not facts.is_long:
            yield message("report.first", this=facts.this)
        return
    pairs = [Pair(facts.then[one.key], one) for one in facts.now if one.key in facts.then]
    worse, better = [pair for pair in pairs if pair.is_worse], [pair for pair in pairs if pair.is_better]
    then, now = summary(facts.then.values()).score, summary(facts.now).score
    if then is not None and now is not None:
        moved = "report.score-same" if score_tenths(then) == score_tenths(now) else "report.score-moved"
        yield message(moved, this=facts.this, then=Score(then), now=Score(now))
    for id, turned in (("report.worse", worse), ("report.better", better)):
        if turned:
            yield message(id, n=len(turned), goals=tuple(_turn(pair) for pair in turned))
    if not worse and not better:
        yield message("report.lights-same", this=facts.this)


def _turn(pair: Pair) -> Message:
    then, now = (message(f"words.light.{one.light}") if one else "" for one in (pair.then, pair.now))
    return message("report.turn", goal=goal_title(pair.present), then=then, now=now)


def _behind_blocks(facts: PeriodFacts) -> list[Block]:
    behind = worst_first(one for one in facts.now if one.light in ("red", "yellow"))
    if not behind:
        return [Paragraph(message("report.behind-none"))]
    notes = [(index, line) for index, one in enumerate(behind) for line in answer(one, facts.reasons.get(one.goal.id))]
    rows = Rows(tuple(_behind_row(facts, one) for one in behind), notes=tuple(notes), keys=keys_of(behind))
    reds = sum(one.light == "red" for one in behind)
    summed = message("report.behind-sum", red=reds, yellow=len(behind) - reds)
    return [Paragraph(summed), Table(_BEHIND_COLUMNS, (rows,), "behind", notes_title=message("report.column.reason"))]


def _behind_row(facts: PeriodFacts, standing: Standing) -> tuple[Value, ...]:
    return (
        lamp(standing, facts.in_trouble.get(standing.key, 0)),
        goal_title(standing),
        standing.goal.lead,
        bar(standing),
        reached(standing),
        _expected(standing),
        promised(standing),
        Share(standing.attained),
        Points(standing.gap),
    )


def _expected(standing: Standing) -> Value:
    if standing.target.kind == "milestone":
        due = sum(step.due < standing.on for step in standing.terms.steps)
        return Steps(due, len(standing.terms.steps))
    return None if standing.terms.amount is None else derived(standing.expected, standing.target)


def _silent_blocks(facts: PeriodFacts) -> list[Block]:
    silent = [one for one in facts.now if one.state in ("unreported", "overdue") and is_unreported(one)]
    if not silent:
        return [Paragraph(message("report.silent-none" if facts.plan.has_reporting else "reports.no-reporting"))]
    leads = {one.goal.lead for one in silent}
    ordered = sorted(silent, key=lambda one: one.goal.lead)
    rows = Rows(tuple(_silent_row(one) for one in ordered), keys=keys_of(ordered))
    return [
        Paragraph(message("report.silent-sum", n=len(silent), leads=len(leads))),
        Table(_SILENT_COLUMNS, (rows,), "silent"),
    ]


def _silent_row(standing: Standing) -> tuple[Value, ...]:
    last = standing.tally.last
    return (
        standing.goal.lead,
        goal_title(standing),
        lamp(standing),
        standing.owed,
        last if last is not None else Absent(message("reports.never")),
    )


def _course_blocks(facts: PeriodFacts) -> list[Block]:
    if facts.course is None:
        return [Paragraph(message("report.course-none"))]
    return [Paragraph(message("report.course-hint"), "quiet"), facts.course]
