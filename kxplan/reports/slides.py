"""The slides of a meeting: an overview, then one section each, with the goals numbered so that they can be opened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.progress.standing import Light, Standing
from kxplan.progress.summary import Summary, summary, worst_first
from kxplan.reports.page import Block, Column, Page, Paragraph, Rows, Score, Table, Value, Words
from kxplan.reports.remarks import Remarks
from kxplan.reports.status import COLUMNS, SHOWN_ORDER, InTrouble, Moment, page_title, row

_NUMBER = Column("choice", message("screen.column.choice"), "right")
_SLIDE_COLUMNS = (_NUMBER, *COLUMNS)
_SECTION_COLUMNS = (
    Column("section", message("screen.column.section"), min_width=12),
    Column("score", message("screen.column.score"), "right"),
    *(Column(light, message(f"words.light.{light}"), "right") for light in SHOWN_ORDER),
)
_TROUBLED: tuple[Light, ...] = ("grey", "red", "yellow", "blue")


class Slide(NamedTuple):
    """One screenful: its figures in large, its table, and the goals that its numbers open."""

    page: Page
    total: Summary
    goals: tuple[str, ...]
    """Goal ids (or `GOAL.TARGET`) in the order of their numbers, counted from 1."""


def slides(
    plan: Plan,
    standings: Sequence[Standing],
    moment: Moment,
    *,
    remarks: Remarks,
    in_trouble: InTrouble,
    notices: Sequence[Words] = (),
) -> tuple[Slide, ...]:
    """Return the overview and one slide for each outermost section that has any target."""
    told = _Telling(remarks, in_trouble)
    warnings = [Paragraph(notice, "warning") for notice in notices]
    troubled = [standing for standing in standings if standing.light in _TROUBLED]
    title = page_title(plan, moment)
    overview: list[Block] = [*warnings, _sections(plan, standings)]
    overview += [_table(troubled, told)] if troubled else [Paragraph(message("screen.no-trouble"), "strong")]
    made = [_slide(Page(title, tuple(overview)), standings, troubled)]
    for section in plan.sections:
        own = [standing for standing in standings if standing.goal.sections[0] == section.id]
        if len(section.path) == 1 and own:
            heading = message("screen.section-title", section=section.title, title=title)
            made.append(_slide(Page(heading, (_table(own, told),)), own, own))
    return tuple(made)


class _Telling(NamedTuple):
    remarks: Remarks
    in_trouble: InTrouble


def _slide(page: Page, counted: Iterable[Standing], listed: Iterable[Standing]) -> Slide:
    return Slide(page, summary(counted), tuple(_word(standing) for standing in worst_first(listed)))


def _word(standing: Standing) -> str:
    goal, target = standing.key
    return goal if len(standing.goal.targets) == 1 else f"{goal}.{target}"


def _sections(plan: Plan, standings: Sequence[Standing]) -> Table:
    rows = []
    for section in plan.sections:
        own = [standing for standing in standings if standing.goal.sections[0] == section.id]
        if len(section.path) == 1 and own:
            rows.append(_section(section.title, summary(own)))
    return Table(_SECTION_COLUMNS, (Rows(tuple(rows)),))


def _section(title: str, total: Summary) -> tuple[Value, ...]:
    return (title, Score(total.score), *(total.lights[light] or None for light in SHOWN_ORDER))


def _table(listed: Sequence[Standing], told: _Telling) -> Table:
    ordered = worst_first(listed)
    notes = tuple((index, line) for index, one in enumerate(ordered) for line in told.remarks(one))
    rows = tuple((index, *row(one, told.in_trouble.get(one.key, 0))) for index, one in enumerate(ordered, start=1))
    return Table(_SLIDE_COLUMNS, (Rows(rows, notes=notes),))
