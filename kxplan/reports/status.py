"""The status page: the table for the meeting, worst first."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

from kxplan.dates import Period, containing
from kxplan.message import Message, message
from kxplan.model.plan import Plan, Target
from kxplan.progress.standing import Light, Standing
from kxplan.progress.summary import Summary, summary, worst_first
from kxplan.record import Record
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
    Score,
    Share,
    Sign,
    Table,
    Value,
    Words,
)

if TYPE_CHECKING:
    from kxplan.reports.remarks import Remarks

SHOWN_ORDER: tuple[Light, ...] = ("red", "yellow", "grey", "blue", "green", "none")
"""The lights as a headline counts them, the troubling ones first."""

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


_MOST_PLACES = 6
_PLACES_OF = {"元": 2, "角": 1, "分": 0}
"""How many places of a unit mean anything, where that is known."""


InTrouble = Mapping[tuple[str, str], int]
"""How many months in a row a target (goal id, target id) has been yellow or red, where the plan has that marked."""


class Moment(Record):
    """The days that a page speaks of."""

    on: date
    known_by: date | None = None
    is_staged: bool = False
    """The day is set in the settings and not the clock's (演示日)."""


class Group(Record):
    """Standings under one heading."""

    title: Words | None
    standings: tuple[Standing, ...]


def status_page(
    plan: Plan,
    groups: Sequence[Group],
    moment: Moment,
    *,
    notices: Sequence[Words | Paragraph] = (),
    remarks: Remarks | None = None,
    in_trouble: InTrouble | None = None,
    counted: Sequence[Standing],
) -> Page:
    """Return the page of `status`: headline, notices, and the table, each group worst first.

    The headline counts `counted`, of which the groups may show a part.
    """
    blocks: list[Block] = [headline(summary(counted))]
    blocks += [notice if isinstance(notice, Paragraph) else Paragraph(notice, "warning") for notice in notices]
    if plan.calendar.estimated:
        blocks.append(Paragraph(message("reports.calendar-estimated", years=plan.calendar.estimated), "quiet"))
    if any(group.standings for group in groups):
        rows = tuple(_rows(group, remarks, in_trouble or {}) for group in groups if group.standings)
        blocks.append(Table(COLUMNS, rows, legend=message("reports.bar-legend", mark=Sign("mark"))))
        blocks.append(Paragraph(message("reports.status-hint"), "quiet"))
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
        gone=message(f"reports.{'year' if _is_year(plan.period) else 'period'}-gone", passed=int(passed * 100)),
    )


def _is_year(period: Period) -> bool:
    return period == containing("year", period.start)


def headline(total: Summary) -> Lights:
    """Return the counts of lights, the troubling ones first, and the score."""
    return Lights(tuple((light, total.lights[light]) for light in SHOWN_ORDER), total.done, total.score)


def group_title(title: Words, standings: Iterable[Standing]) -> Message:
    """Return a group's heading with its own counts of lights and score."""
    total = summary(standings)
    counts = tuple(
        message("reports.light-count", light=message(f"words.light.{light}"), n=total.lights[light])
        for light in SHOWN_ORDER
        if total.lights[light]
    )
    if total.score is None:
        return message("reports.group", title=title, counts=counts)
    return message("reports.group-scored", title=title, counts=counts, score=Score(total.score))


def goal_title(standing: Standing) -> Words:
    """Return a goal's title: with the target's id or unit where it has several, and marked where it was added."""
    title: Words = standing.goal.title
    if len(standing.goal.targets) > 1:
        title = message("reports.goal-target", goal=title, target=standing.target.unit or standing.target.id)
    added = standing.goal.added
    if added is not None and added.holds_on(standing.on):
        title = message("show.added-title", title=title)
    return title


def lamp(standing: Standing, in_trouble: int = 0) -> Lamp:
    """Return the light of a standing; `in_trouble` is how many months in a row earn the mark beside it."""
    return Lamp(standing.light, standing.state, in_trouble)


def row(standing: Standing, in_trouble: int = 0) -> tuple[Value, ...]:
    """Return the values of one standing in the order of `COLUMNS`."""
    outlook = standing.forecast
    return (
        lamp(standing, in_trouble),
        goal_title(standing),
        standing.goal.lead,
        bar(standing),
        progress(standing),
        Share(standing.attained),
        Points(standing.gap),
        derived(standing.need_per_week, standing.target, has_unit=False),
        derived(outlook.final if outlook else None, standing.target, has_unit=False),
    )


def derived(value: Fraction | None, target: Target, *, has_unit: bool = True) -> Amount:
    """Return a figure that was worked out, in the target's unit: of 元 nobody needs more than 分."""
    return Amount(value, target.unit if has_unit else None, _PLACES_OF.get(target.unit or "", _MOST_PLACES))


def bar(standing: Standing) -> Bar:
    """Return the bar of a standing with the mark where it should be by the day."""
    if standing.attained is None:
        return Bar(None)
    if standing.gap is None:
        return Bar(standing.attained, None, standing.light)
    ahead = standing.gap / 100
    mark = standing.attained + ahead if standing.target.is_ceiling else standing.attained - ahead
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


def _rows(group: Group, remarks: Remarks | None, in_trouble: InTrouble) -> Rows:
    ordered = worst_first(group.standings)
    notes = [(index, line) for index, one in enumerate(ordered) for line in (remarks(one) if remarks else ())]
    title = None if group.title is None else group_title(group.title, ordered)
    return Rows(tuple(row(one, in_trouble.get(one.key, 0)) for one in ordered), title, tuple(notes))
