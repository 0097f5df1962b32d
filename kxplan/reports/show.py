"""The page of one goal: where it stands, how it got there, what was promised when, who says what about it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kxplan.message import message
from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Goal, Plan
from kxplan.progress.forecast import Forecast
from kxplan.progress.months import MonthLight
from kxplan.progress.standing import Standing
from kxplan.progress.trace import Course, Reached, Stage, checkpoints, days_of, expected_on, level_on, steps, trace
from kxplan.record import Record
from kxplan.reports.entries import entry_amount
from kxplan.reports.page import (
    Amount,
    Block,
    Column,
    Curve,
    Dot,
    Fields,
    Heading,
    Page,
    Paragraph,
    Points,
    Rows,
    Share,
    Table,
    Value,
    Words,
)
from kxplan.reports.remarks import declared, joined, month_of, reason_line
from kxplan.reports.status import Moment, derived, goal_title, lamp, page_title, progress

NEWEST = 8
"""How many entries the page of a goal shows."""
_ENTRY_COLUMNS = (
    Column("number", message("reports.column.number"), "right"),
    Column("day", message("reports.column.day")),
    Column("amount", message("reports.column.amount"), "right"),
    Column("note", message("reports.column.note"), keep=1, min_width=12),
    Column("who", message("reports.column.who"), keep=2),
    Column("evidence", message("show.column.evidence"), "right", keep=3),
)


class Story(Record):
    """Everything that is told of one target."""

    standing: Standing
    course: Course
    months: tuple[MonthLight, ...] = ()
    in_trouble: int = 0
    """How many months in a row it has been yellow or red, where the plan has that marked."""


def show_page(
    plan: Plan, stories: Sequence[Story], moment: Moment, *, entries: Sequence[Entry], n: int, reason: Reason | None
) -> Page:
    """Return the page of a goal: each of its targets, then what was answered and recorded.

    `stories` are of one goal, at least one; `entries` are the newest of the `n` that it has, newest first.
    """
    goal = stories[0].standing.goal
    blocks: list[Block] = []
    for index, story in enumerate(stories):
        answers = [] if index else _answers(stories, reason)
        blocks += _target_blocks(plan, story, answers)
    blocks += _latest(plan, goal, entries, n)
    blocks += _origin(goal)
    blocks.append(Paragraph(message("show.hint", id=goal.id), "quiet"))
    return Page(page_title(plan, moment), tuple(blocks))


def stages(story: Story) -> tuple[Stage, ...]:
    """Return the checkpoints of a target, or the steps of a milestone, each with its own state."""
    standing = story.standing
    if standing.target.kind == "milestone":
        return steps(standing.terms, story.course, standing.on)
    return checkpoints(standing.target, trace(standing.target, story.course), standing.on)


def forecast_words(outlook: Forecast, standing: Standing) -> Words:
    """Return where the present speed leads, in words."""
    unit = standing.target.unit
    if not outlook.speed:
        return message("show.forecast-still", days=outlook.days)
    speed = message("show.forecast-speed", days=outlook.days, speed=Amount(_tenths(outlook.speed * 7), unit))
    parts: list[Words] = [speed]
    if standing.on < standing.terms.by:
        final = derived(outlook.final, standing.target)
        parts.append(message("show.forecast-final", by=standing.terms.by, final=final))
    if outlook.reaches_on is not None:
        late = outlook.reaches_on > standing.terms.by
        parts.append(message("show.reaches-late" if late else "show.reaches-in-time", day=outlook.reaches_on))
    elif standing.state not in ("done", "done-late") and not standing.target.is_ceiling:
        parts.append(message("show.reaches-not"))
    return joined(parts)


def strip(months: Sequence[MonthLight]) -> Table:
    """Return the light of each past month, side by side."""
    columns = tuple(Column(month.month.start.isoformat()[:7], month_of(month.month.start)) for month in months)
    return Table(columns, (Rows((tuple(Dot(month.light) for month in months),)),))


def stage_table(found: Sequence[Stage], unit: str | None, *, is_milestone: bool) -> Table:
    """Return checkpoints or steps as a table."""
    columns = [
        Column("arrival", message("reports.column.state")),
        Column("title", message("show.column.step" if is_milestone else "show.column.checkpoint"), min_width=8),
        Column("by", message("reports.column.by")),
    ]
    if not is_milestone:
        columns.append(Column("level", message("show.column.level"), "right"))
    columns.append(Column("reached", message("show.column.done-on" if is_milestone else "show.column.reached-on")))
    return Table(tuple(columns), (Rows(tuple(_stage(one, unit, is_milestone=is_milestone) for one in found)),))


def _target_blocks(plan: Plan, story: Story, answers: Sequence[Block]) -> list[Block]:
    standing = story.standing
    target = standing.target
    blocks: list[Block] = [Heading(goal_title(standing)), Fields(tuple(_figures(story))), *answers]
    if target.kind not in ("milestone", "ongoing"):
        blocks.append(_curve(plan, standing, trace(target, story.course)))
    found = stages(story)
    if len(found) > 1 or (found and target.kind != "milestone"):
        blocks.append(stage_table(found, target.unit, is_milestone=target.kind == "milestone"))
    if any(month.light for month in story.months):
        blocks += [Paragraph(message("show.strip-title"), "quiet"), strip(story.months)]
    return blocks


def _figures(story: Story) -> list[tuple[Words, Value]]:
    standing = story.standing
    goal = standing.goal
    pairs: list[tuple[Words, Value]] = [
        (message("reports.column.light"), lamp(standing, story.in_trouble)),
        (message("show.progress"), _progress(standing)),
        (message("reports.column.lead"), _owners(goal)),
        (message("reports.column.by"), _period(standing)),
    ]
    if standing.target.kind == "ongoing":
        del pairs[3]
    if standing.need_per_week is not None:
        pairs.append((message("show.need-title"), derived(standing.need_per_week, standing.target)))
    if standing.forecast is not None:
        pairs.append((message("show.forecast-title"), forecast_words(standing.forecast, standing)))
    pairs += [(message("show.declared-title"), line) for line in declared(standing)]
    return pairs


def _progress(standing: Standing) -> Value:
    if standing.attained is None:
        return progress(standing)
    parts: list[Words] = [message("show.attained", progress=progress(standing), attained=Share(standing.attained))]
    if standing.expected is not None and standing.target.kind != "milestone":
        parts.append(message("show.expected", expected=derived(standing.expected, standing.target)))
    if standing.gap is not None:
        parts.append(message("show.gap", gap=Points(standing.gap)))
    return joined(parts)


def _owners(goal: Goal) -> Words:
    return message("show.owners", lead=goal.lead, assist=goal.assist) if goal.assist else goal.lead


def _period(standing: Standing) -> Words:
    left = (standing.terms.by - standing.on).days
    days = message("show.days-left", n=left) if left >= 0 else message("show.days-over", n=-left)
    return message("show.period", start=standing.terms.start, by=standing.terms.by, days=days)


def _curve(plan: Plan, standing: Standing, reached: Sequence[Reached]) -> Curve:
    target = standing.target
    baseline = Fraction(target.baseline)
    way = Fraction(standing.terms.amount or 0) - baseline or Fraction(1)
    days = days_of(plan, target, standing.on)
    return Curve(
        days,
        tuple(_share(level_on(target, reached, day), baseline, way) if day <= standing.on else None for day in days),
        tuple((expected_on(plan, target, day) - baseline) / way for day in days),
        standing.on,
    )


def _share(level: Fraction | None, baseline: Fraction, way: Fraction) -> Fraction | None:
    return None if level is None else (level - baseline) / way


def _stage(stage: Stage, unit: str | None, *, is_milestone: bool) -> tuple[Value, ...]:
    head: tuple[Value, ...] = (message(f"show.arrival.{stage.arrival}"), stage.title, stage.by)
    if is_milestone:
        return (*head, stage.reached_on)
    return (*head, Amount(stage.level, unit), stage.reached_on)


def _answers(stories: Sequence[Story], reason: Reason | None) -> list[Block]:
    on = stories[0].standing.on
    if reason is not None:
        return [Paragraph(reason_line(reason, on), "strong")]
    if any(story.standing.light in ("yellow", "red") for story in stories):
        return [Paragraph(message("show.no-reason-hint", id=stories[0].standing.goal.id), "warning")]
    return []


def _latest(plan: Plan, goal: Goal, entries: Sequence[Entry], n: int) -> list[Block]:
    if not entries:
        return [Paragraph(message("reports.no-entries"), "quiet")]
    heading = message("show.latest", n=len(entries), all=n)
    rows = Rows(tuple(_entry(plan, goal, entry) for entry in entries))
    return [Heading(heading), Table(_ENTRY_COLUMNS, (rows,))]


def _origin(goal: Goal) -> list[Block]:
    lines = []
    if goal.note:
        lines.append(message("show.note", note=goal.note))
    if goal.source:
        lines.append(message("show.source", source=goal.source))
    return [Paragraph(line, "quiet") for line in lines]


def _entry(plan: Plan, goal: Goal, entry: Entry) -> tuple[Value, ...]:
    details = [text for text in (entry.note, *(f"{key}={value}" for key, value in entry.breakdown)) if text]
    notes: list[Words] = [" · ".join(details)] if details else []
    if entry.state != "counted":
        notes.append(message(f"reports.entry-state.{entry.state}", by=entry.corrected_by or 0))
    if entry.act == "fix" and entry.state == "counted":
        notes.append(message("reports.entry-state.fix", corrects=entry.corrects or 0))
    if entry.reason:
        notes.append(message("reports.because", reason=entry.reason))
    evidence: Value = None
    if entry.evidence:
        evidence = message("show.evidence", n=entry.evidence)
    elif goal.evidence and entry.state == "counted" and entry.act != "void":
        evidence = message("show.no-evidence")
    return (
        message("reports.hash", number=entry.number),
        entry.day,
        entry_amount(entry, plan),
        joined(notes) if notes else "",
        entry.who,
        evidence,
    )


def _tenths(value: Fraction) -> Fraction:
    scaled = abs(value) * 10
    tenths = Fraction(int(scaled + Fraction(1, 2)), 10)
    return -tenths if value < 0 else tenths
