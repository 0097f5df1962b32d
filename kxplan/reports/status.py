"""The status page: the table for the meeting, worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kxplan.message import Message, message
from kxplan.model.plan import Plan
from kxplan.progress.standing import Light, Standing
from kxplan.progress.summary import Summary, summary, worst_first
from kxplan.reports.page import (
    Amount,
    Bar,
    Block,
    Column,
    Lamp,
    Lights,
    Page,
    Paragraph,
    Points,
    Progress,
    Rows,
    Share,
    Sign,
    Table,
    Value,
    Words,
)

_SHOWN_ORDER: tuple[Light, ...] = ("red", "yellow", "grey", "blue", "green", "none")

COLUMNS = (
    Column("light", message("reports.column.light")),
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("lead", message("reports.column.lead"), keep=4),
    Column("bar", message("reports.column.bar"), keep=3, min_width=8),
    Column("progress", message("reports.column.progress"), "right", keep=1),
    Column("attained", message("reports.column.attained"), "right"),
    Column("gap", message("reports.column.gap"), "right", keep=2),
    Column("need", message("reports.column.need"), "right", keep=5),
    Column("forecast", message("reports.column.forecast"), "right", keep=6),
)


Remarks = Callable[[Standing], Words | None]
"""What is said under the row of a standing; None: nothing."""


class Moment(NamedTuple):
    """The days that a page speaks of."""

    on: date
    known_by: date | None = None
    is_staged: bool = False
    """The day is set in the settings and not the clock's (演示日)."""


class Group(NamedTuple):
    """Standings under one heading."""

    title: Words | None
    standings: tuple[Standing, ...]


def status_page(
    plan: Plan,
    groups: Sequence[Group],
    moment: Moment,
    *,
    notices: Sequence[Words] = (),
    remarks: Remarks | None = None,
) -> Page:
    """Return the page of `status`: headline, notices, and the table, each group worst first.

    A target that stands in several groups is counted once in the headline.
    """
    everything = {standing.key: standing for group in groups for standing in group.standings}
    blocks: list[Block] = [headline(summary(everything.values()))]
    blocks += [Paragraph(notice, "warning") for notice in notices]
    if plan.calendar.estimated:
        blocks.append(Paragraph(message("reports.calendar-estimated", years=plan.calendar.estimated), "quiet"))
    if everything:
        blocks.append(Table(COLUMNS, tuple(_rows(group, remarks) for group in groups if group.standings)))
        blocks.append(Paragraph(message("reports.status-hint", mark=Sign("mark")), "quiet"))
    else:
        blocks.append(Paragraph(message("reports.nothing-to-show"), "quiet"))
    return Page(page_title(plan, moment), tuple(blocks))


def page_title(plan: Plan, moment: Moment) -> Message:
    """Return a page's title: the plan, the day, and what was known by when."""
    share = Fraction((min(max(moment.on, plan.period.start), plan.period.end) - plan.period.start).days + 1)
    passed = share / plan.period.days if moment.on >= plan.period.start else Fraction(0)
    return message(
        "reports.title",
        plan=plan.title,
        on=moment.on,
        staged=message("reports.staged") if moment.is_staged else "",
        known=message("reports.known-by", day=moment.known_by) if moment.known_by else "",
        passed=int(passed * 100),
    )


def headline(total: Summary) -> Lights:
    """Return the counts of lights, the troubling ones first, and the score."""
    return Lights(tuple((light, total.lights[light]) for light in _SHOWN_ORDER), total.done, total.score)


def group_title(title: Words, standings: Iterable[Standing]) -> Message:
    """Return a group's heading with its own counts of lights and score."""
    total = summary(standings)
    counts = tuple(
        message("reports.light-count", light=message(f"words.light.{light}"), n=total.lights[light])
        for light in _SHOWN_ORDER
        if total.lights[light]
    )
    if total.score is None:
        return message("reports.group", title=title, counts=counts)
    return message("reports.group-scored", title=title, counts=counts, score=total.score)


def goal_title(standing: Standing) -> Words:
    """Return a goal's title, with the target's id or unit where the goal has several."""
    if len(standing.goal.targets) == 1:
        return standing.goal.title
    return message("reports.goal-target", goal=standing.goal.title, target=standing.target.unit or standing.target.id)


def row(standing: Standing) -> tuple[Value, ...]:
    """Return the values of one standing in the order of `COLUMNS`."""
    outlook = standing.forecast
    return (
        Lamp(standing.light, standing.state),
        goal_title(standing),
        standing.goal.lead,
        bar(standing),
        progress(standing),
        Share(standing.attained),
        Points(standing.gap),
        Amount(standing.need_per_week, None),
        Amount(outlook.final if outlook else None, None),
    )


def bar(standing: Standing) -> Bar:
    """Return the bar of a standing with the mark where it should be by the day."""
    amount, baseline = standing.terms.amount, standing.target.baseline
    if standing.attained is None or amount is None or amount == baseline:
        return Bar(None)
    mark = None
    if standing.expected is not None:
        mark = (standing.expected - Fraction(baseline)) / (Fraction(amount) - Fraction(baseline))
    return Bar(standing.attained, mark, standing.light)


def progress(standing: Standing) -> Value:
    """Return actual over amount; a dash for what nobody reported yet; steps done for a milestone."""
    if standing.terms.amount is None:
        return message("reports.entries", n=standing.tally.entries)
    if standing.target.kind == "milestone":
        steps = standing.terms.steps
        if len(steps) == 1:
            done = standing.state in ("done", "done-late")
            return standing.terms.by if not done else message("reports.milestone-done")
        return message("reports.steps", done=sum(step.id in standing.tally.steps for step in steps), n=len(steps))
    value = standing.actual if standing.has_value else None
    return Progress(value, Fraction(standing.terms.amount), standing.target.unit)


def _rows(group: Group, remarks: Remarks | None) -> Rows:
    ordered = worst_first(group.standings)
    notes = []
    for index, standing in enumerate(ordered):
        remark = remarks(standing) if remarks else None
        if remark is not None:
            notes.append((index, remark))
    title = None if group.title is None else group_title(group.title, ordered)
    return Rows(tuple(row(standing) for standing in ordered), title, tuple(notes))
