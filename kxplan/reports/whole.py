"""The whole year in tables: every target with its score, sections and departments, months, revisions, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from fractions import Fraction

from kxplan.message import message
from kxplan.progress.standing import Standing
from kxplan.progress.summary import scored, summary
from kxplan.reports.facts import PeriodFacts
from kxplan.reports.page import (
    Absent,
    Amount,
    Block,
    Column,
    Dot,
    Heading,
    Paragraph,
    People,
    Points,
    Rows,
    Score,
    Share,
    Steps,
    Table,
    Value,
    Words,
)
from kxplan.reports.remarks import answer, declared, month_of
from kxplan.reports.status import SHOWN_ORDER, goal_title, lamp
from kxplan.reports.worked import by_section, keys_of, promised, reached

_WHOLE_COLUMNS = (
    Column("number", message("report.column.number"), "right", keep=8),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("amount", message("report.column.asked"), "right", keep=1),
    Column("lead", message("report.column.lead"), keep=3),
    Column("assist", message("report.column.assist"), keep=6, min_width=8),
    Column("by", message("reports.column.by"), keep=5),
    Column("actual", message("report.column.so-far"), "right"),
    Column("attained", message("reports.column.attained"), "right"),
    Column("gap", message("reports.column.gap"), "right", keep=2),
    Column("weight", message("report.column.weight"), "right", keep=7),
    Column("score", message("report.column.score"), "right", keep=1),
    Column("light", message("reports.column.light"), min_width=19),
)
_EVIDENCE_COLUMNS = (
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("lead", message("report.column.lead")),
    Column("entries", message("report.column.entries"), "right"),
    Column("with", message("report.column.with-evidence"), "right"),
    Column("share", message("report.column.coverage"), "right"),
)


_LEAVING = {"none": 3, "blue": 1}
"""The lights whose counts leave a narrow screen, as `Column.keep` has it."""


def table_blocks(facts: PeriodFacts) -> list[Block]:
    """Return the table of every target, in plan order, as a 任务分解表 has it."""
    numbers = {standing.key: number for number, standing in enumerate(facts.now, 1)}
    groups = tuple(
        Rows(
            tuple(_row(facts, one, numbers[one.key]) for one in group),
            title,
            tuple(_notes(facts, group)),
            keys_of(group),
        )
        for title, group in by_section(facts.plan, facts.now)
    )
    if not groups:
        return [Paragraph(message("report.whole-none"))]
    table = Table(_WHOLE_COLUMNS, groups, "whole", message("report.column.section"), message("report.column.notes"))
    return [Paragraph(message("report.score-rule"), "quiet"), table]


def score_blocks(facts: PeriodFacts) -> list[Block]:
    """Return the lights and scores of each section, and of each department."""
    sections = by_section(facts.plan, facts.now)
    leads: dict[str, list[Standing]] = {}
    for standing in facts.now:
        leads.setdefault(standing.goal.lead, []).append(standing)
    return [
        Heading(message("report.by-section"), 3, 1),
        _scores("by_section", message("report.column.section"), sections, facts.now),
        Heading(message("report.by-lead"), 3, 2),
        _scores("by_lead", message("report.column.lead"), list(leads.items()), facts.now),
    ]


def months_blocks(facts: PeriodFacts) -> list[Block]:
    """Return the light of each target at the end of each past month, as it was known then."""
    known = [(standing, facts.months[standing.key]) for standing in facts.now if standing.key in facts.months]
    months = [month.month for month in known[0][1]] if known else []
    # A month that knew nothing of any target was before the ledger began.
    seen = [index for index in range(len(months)) if any(strip[index].light for _, strip in known)]
    if not seen:
        return [Paragraph(message("report.months-none"))]
    columns = (
        Column("goal", message("reports.column.goal"), min_width=12),
        *(Column(months[index].start.isoformat()[:7], month_of(months[index].start)) for index in seen),
    )
    rows = tuple((goal_title(standing), *(Dot(strip[index].light) for index in seen)) for standing, strip in known)
    keys = keys_of(standing for standing, _ in known)
    return [Paragraph(message("report.months-hint"), "quiet"), Table(columns, (Rows(rows, keys=keys),), "months")]


def revision_blocks(facts: PeriodFacts) -> list[Block]:
    """Return what the plan openly changed, with the reasons."""
    columns = (
        Column("goal", message("reports.column.goal"), min_width=12),
        Column("lead", message("report.column.lead"), keep=1),
        Column("change", message("report.column.change"), min_width=16),
    )
    told = [(one, line) for one in facts.now for line in declared(one)]
    if not told:
        return [Paragraph(message("report.revisions-none"))]
    rows = Rows(
        tuple((goal_title(one), one.goal.lead, line) for one, line in told), keys=keys_of(one for one, _ in told)
    )
    return [Paragraph(message("report.revisions-sum", n=len(told))), Table(columns, (rows,), "revisions")]


def evidence_blocks(facts: PeriodFacts) -> list[Block]:
    """Return how many entries of the targets that ask for evidence have some."""
    if not facts.evidence:
        return [Paragraph(message("report.evidence-none"))]
    entries = sum(one.entries for one in facts.evidence)
    backed = sum(one.with_evidence for one in facts.evidence)
    rows = tuple(
        (
            goal_title(one.standing),
            one.standing.goal.lead,
            one.entries,
            one.with_evidence,
            Share(Fraction(one.with_evidence, one.entries) if one.entries else None),
        )
        for one in facts.evidence
    )
    told = message("report.evidence-sum", goals=len(facts.evidence), n=entries, backed=backed, missing=entries - backed)
    keys = keys_of(one.standing for one in facts.evidence)
    return [Paragraph(told), Table(_EVIDENCE_COLUMNS, (Rows(rows, keys=keys),), "evidence")]


def _row(facts: PeriodFacts, standing: Standing, number: int) -> tuple[Value, ...]:
    is_scored = standing.target.kind != "ongoing" and standing.state != "cancelled"
    return (
        number,
        goal_title(standing),
        promised(standing) if standing.target.kind != "milestone" else _steps(standing),
        standing.goal.lead,
        People(standing.goal.assist),
        standing.terms.by if standing.target.kind != "ongoing" else None,
        reached(standing),
        Share(standing.attained),
        Points(standing.gap),
        Amount(standing.target.weight) if is_scored else None,
        Score(scored(standing) * 100) if is_scored else None,
        lamp(standing, facts.in_trouble.get(standing.key, 0)),
    )


def _steps(standing: Standing) -> Value:
    steps = standing.terms.steps
    return Steps(len(steps)) if len(steps) > 1 else Absent(message("report.finish"))


def _notes(facts: PeriodFacts, standings: Sequence[Standing]) -> Iterable[tuple[int, Words]]:
    for index, one in enumerate(standings):
        for line in (*declared(one), *answer(one, facts.reasons.get(one.goal.id))):
            yield index, line


def _scores(
    key: str, title: Words, groups: Sequence[tuple[str, Sequence[Standing]]], everything: Sequence[Standing]
) -> Table:
    columns = (
        Column("name", title, min_width=8),
        Column("targets", message("report.column.targets"), "right"),
        *(Column(light, message(f"words.light.{light}"), "right", _LEAVING.get(light, 0)) for light in SHOWN_ORDER),
        Column("done", message("words.done"), "right", keep=2),
        Column("score", message("report.column.score"), "right"),
    )
    rows = [_score_row(name, group) for name, group in groups]
    rows.append(_score_row(message("report.all"), everything))
    return Table(columns, (Rows(tuple(rows)),), key)


def _score_row(name: Words, standings: Sequence[Standing]) -> tuple[Value, ...]:
    total = summary(standings)
    return (name, len(standings), *(total.lights[light] for light in SHOWN_ORDER), total.done, Score(total.score))
