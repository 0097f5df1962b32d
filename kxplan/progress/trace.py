"""The trace of a target: what was reached by the end of each day on which something changed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Literal

from kxplan.model.plan import Plan, Target, Terms
from kxplan.model.tally import Tally
from kxplan.progress.curve import share
from kxplan.progress.standing import actual, made_whole
from kxplan.record import Record

Arrival = Literal["on-time", "late", "missed", "next", "ahead"]


Course = Sequence[tuple[date, Tally]]
"""What the standing entries of a target come to at the end of each day that has any, in order of days."""


class Reached(Record):
    """What a target had reached by the end of a day, and stayed at until the next."""

    day: date
    value: Fraction | None
    """In the target's unit; None where nothing was reported yet."""


class Stage(Record):
    """A checkpoint or a step: what was due by when, and what became of it."""

    title: str | None
    by: date
    level: Fraction | None
    """What was to be reached, in the target's unit; None for a step."""
    arrival: Arrival
    reached_on: date | None = None
    """The first day on which it was reached."""


def trace(target: Target, course: Course) -> tuple[Reached, ...]:
    """Return what a target had reached by the end of each day of its course."""
    return tuple(
        Reached(day, actual(target, target.in_force(day), tally) if _has_value(target, tally) else None)
        for day, tally in course
    )


def level_on(target: Target, reached: Sequence[Reached], on: date) -> Fraction | None:
    """Return what a target had reached by the end of `on`; None before a level's first report."""
    index = bisect_right(reached, on, key=lambda one: one.day)
    if index:
        return reached[index - 1].value
    return Fraction(target.baseline) if target.kind == "sum" else None


def expected_on(plan: Plan, target: Target, on: date) -> Fraction:
    """Return what the curve asks for by the end of `on`, in the target's unit."""
    terms = target.in_force(on)
    baseline = Fraction(target.baseline)
    gone = share(terms, plan.calendar, on).value
    return made_whole(target, terms, baseline + gone * (Fraction(terms.amount or 0) - baseline))


def checkpoints(target: Target, reached: Sequence[Reached], on: date) -> tuple[Stage, ...]:
    """Return every checkpoint in force on `on` with its own state."""
    terms = target.in_force(on)
    found = []
    for point in terms.checkpoints:
        level = made_whole(target, terms, _level(target, terms, point.share))
        if target.is_ceiling:
            found.append(Stage(point.title, point.by, level, _kept(target, reached, point.by, level, on)))
        else:
            day = next((one.day for one in reached if one.day <= on and _is_at(target, terms, one.value, level)), None)
            found.append(Stage(point.title, point.by, level, _arrival(day, point.by, on), day))
    return _with_next(found)


def steps(terms: Terms, course: Course, on: date) -> tuple[Stage, ...]:
    """Return every step of a milestone with its own state."""
    done: dict[str, date] = {}
    for day, tally in course:
        for step in tally.steps:
            done.setdefault(step, day)
    return _with_next(
        [Stage(step.title, step.due, None, _arrival(done.get(step.id), step.due, on), done.get(step.id))
         for step in terms.steps]
    )  # fmt: skip


def days_of(plan: Plan, target: Target, on: date) -> tuple[date, ...]:
    """Return the days that a chart of the target spans: its curve, and the plan's period around it."""
    terms = target.in_force(on)
    start, end = min(plan.period.start, terms.start), max(plan.period.end, terms.by)
    return tuple(start + timedelta(days=index) for index in range((end - start).days + 1))


def _has_value(target: Target, tally: Tally) -> bool:
    return target.kind in ("sum", "milestone") or tally.newest is not None


def _level(target: Target, terms: Terms, gone: Fraction) -> Fraction:
    baseline = Fraction(target.baseline)
    return baseline + gone * (Fraction(terms.amount or 0) - baseline)


def _is_at(target: Target, terms: Terms, value: Fraction | None, level: Fraction) -> bool:
    if value is None:
        return False
    return value >= level if Fraction(terms.amount or 0) >= target.baseline else value <= level


def _kept(target: Target, reached: Sequence[Reached], by: date, level: Fraction, on: date) -> Arrival:
    """Return whether a ceiling held: what was used up by the day stayed within the level."""
    if by >= on:
        return "ahead"
    return "on-time" if (level_on(target, reached, by) or 0) <= level else "missed"


def _arrival(reached_on: date | None, by: date, on: date) -> Arrival:
    if reached_on is not None:
        return "on-time" if reached_on <= by else "late"
    return "missed" if by < on else "ahead"


def _with_next(stages: Sequence[Stage]) -> tuple[Stage, ...]:
    """Return the stages, the first that lies ahead called next."""
    ahead = min((stage.by for stage in stages if stage.arrival == "ahead"), default=None)
    return tuple(
        stage._replace(arrival="next") if stage.arrival == "ahead" and stage.by == ahead else stage for stage in stages
    )
