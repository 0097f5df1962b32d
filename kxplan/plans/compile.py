"""Compiling: a checked plan out of a file's tree, with every default resolved, or all its problems."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date, timedelta
from typing import NamedTuple

from kxplan import calendar, pinyin
from kxplan.dates import Period
from kxplan.model.plan import Goal, Lights, Plan, Section
from kxplan.plans.days import refuse_days_outside
from kxplan.plans.findings import Findings
from kxplan.plans.frame import Frame
from kxplan.plans.goals import goal_of
from kxplan.plans.place import Place
from kxplan.plans.shape import DefaultsShape, LightsShape, PlanShape, SectionShape
from kxplan.plans.shaping import shaped
from kxplan.plans.source import Node

MOST_YEARS = 30
"""The longest period; it bounds the working days that travel with a plan."""

_RESERVED_BREAKDOWNS = ("section", "lead")
"""What `status --group` takes besides the keys of breakdowns."""


def compiled(root: Node, findings: Findings, digest: str) -> Plan:
    """Return the plan of a file's tree.

    Raises:
        PlanInvalidError: it has problems, or reading it had.
    """
    shape = shaped(root, findings) or PlanShape.model_construct(period=None, sections=None)
    place = Place(findings, root)
    period = _period(shape, place)
    if place.is_sound("period") and shape.period is not None:
        refuse_days_outside(shape.model_copy(update={"period": None}), place, period)
    written = list(_written(shape.sections, place, ()))
    goals = _goals(shape, place, period, written)
    lights = _lights(shape.lights or LightsShape(), place / "lights")
    breakdowns = _breakdowns(shape, place / "breakdowns")
    off, work = _own_days(shape, place / "calendar")
    findings.raise_if_any()
    return Plan(
        id=shape.plan or "",
        title=shape.title or "",
        org=shape.org,
        period=period,
        lights=lights,
        breakdowns=breakdowns,
        calendar=calendar.working_calendar(period, off, work),
        sections=tuple(section.section for section in written),
        goals=tuple(_searchable(goal) for goal in goals),
        digest=digest,
    )


class _Written(NamedTuple):
    """A section with its goals and its place."""

    section: Section
    shape: SectionShape
    place: Place


def _period(shape: PlanShape, place: Place) -> Period:
    written = shape.period
    if written is None or written.start is None or written.end is None:
        (place / "period").distrust()
        return Period(date.min, date.max)
    if written.end < written.start:
        (place / "period" / "end").note("plans.range-backwards", start=written.start, end=written.end)
        (place / "period").distrust()
    elif written.end.year - written.start.year >= MOST_YEARS:
        (place / "period").note("plans.period-too-long", most=MOST_YEARS)
    return Period(written.start, written.end)


def _written(shapes: list[SectionShape | None] | None, place: Place, around: tuple[str, ...]) -> Iterator[_Written]:
    """Yield every section, nested ones after the one around them."""
    for index, shape in enumerate(shapes or ()):
        if shape is None:
            continue
        at = place / "sections" / index
        path = (*around, shape.id or "")
        yield _Written(Section(shape.id or "", shape.title or "", path), shape, at)
        yield from _written(shape.sections, at, path)


def _goals(shape: PlanShape, place: Place, period: Period, written: list[_Written]) -> list[Goal]:
    """Return the goals of every section; an id that stands for two of them is noted."""
    defaults = shape.defaults or DefaultsShape.model_construct()
    frames = [
        (Frame(period, defaults, place, goal, section.place / "goals" / index), section.section.path)
        for section in written
        for index, goal in enumerate(section.shape.goals or ())
        if goal is not None
    ]
    _refuse_twice("plans.section-id-twice", [(section.shape.id, section.place / "id") for section in written])
    ids = [(frame.goal.id, frame.place / "id") for frame, _ in frames]
    former = [
        (name, frame.place / "formerly" / index)
        for frame, _ in frames
        for index, name in enumerate(frame.goal.formerly or ())
    ]
    _refuse_twice("plans.goal-id-twice", ids)
    _refuse_twice("plans.formerly-in-use", former, taken={name for name, _ in ids})
    return [goal_of(frame, path) for frame, path in frames]


def _refuse_twice(message_id: str, ids: list[tuple[str | None, Place]], taken: Collection[str | None] = ()) -> None:
    seen = set(taken)
    for name, place in ids:
        if name is not None and name in seen:
            place.note(message_id, id=name)
        seen.add(name)


def _lights(shape: LightsShape, place: Place) -> Lights:
    """Return the thresholds, the usual ones where the plan names none."""
    usual = Lights()
    given = {name: value for name, value in shape if value is not None}
    lights = usual._replace(**given)
    if lights.yellow > lights.red and place.is_sound("yellow", "red"):
        where = place / ("red" if shape.yellow is None else "yellow")
        where.note("plans.yellow-above-red", yellow=lights.yellow, red=lights.red)
    return lights._replace(escalate=lights.escalate or None)


def _breakdowns(shape: PlanShape, place: Place) -> tuple[tuple[str, tuple[str, ...]], ...]:
    found = []
    for key, values in (shape.breakdowns or {}).items():
        if key in _RESERVED_BREAKDOWNS:
            (place / key).note_key("plans.breakdown-reserved", name=key)
        if "=" in key or key.startswith("-"):
            (place / key).note_key("plans.breakdown-key", name=key)
        seen: list[str] = []
        for index, value in enumerate(values or ()):
            if value in seen:
                (place / key / index).note("plans.value-twice", text=value)
            elif value is not None:
                seen.append(value)
        found.append((key, tuple(seen)))
    return tuple(found)


def _own_days(shape: PlanShape, place: Place) -> tuple[list[date], list[date]]:
    """Return the office's own free and worked days; a day that is both is noted."""
    if shape.calendar is None or not place.is_sound():
        return [], []
    off = _each_day(shape.calendar.off, place / "off")
    work = _each_day(shape.calendar.work, place / "work")
    for day, where in work.items():
        if day in off:
            where.note("plans.day-off-and-worked", day=day)
    return list(off), list(work)


def _each_day(ranges: list[Period | None] | None, place: Place) -> dict[date, Place]:
    """Return each day of the ranges with its place; days of several ranges are taken once."""
    days: dict[date, Place] = {}
    sound = [(period, place / index) for index, period in enumerate(ranges or ()) if period is not None]
    reached = date.min
    for period, at in sorted((pair for pair in sound if pair[1].is_sound()), key=lambda pair: pair[0]):
        days |= dict.fromkeys(calendar.days_in(Period(max(period.start, reached), period.end)), at)
        reached = max(reached, period.end + timedelta(days=1))
    return days


def _searchable(goal: Goal) -> Goal:
    """Return the goal with the pinyin of its title and aliases."""
    names = (goal.title, *goal.aliases)
    return goal._replace(
        pinyin=tuple(pinyin.full_pinyin(name) for name in names),
        initials=tuple(pinyin.initials(name) for name in names),
    )
