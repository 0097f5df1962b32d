"""Shape: which keys a plan file has, and what each may hold, one mapping at a time.

Every field may also be None: a value that was refused is noted and then left out, so that the rest
of the file is still checked. A file cannot write None.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from kxplan.model.plan import Direction, Reporting
from kxplan.plans.scalars import (
    Amount,
    Count,
    Day,
    Days,
    Flag,
    Id,
    Item,
    Line,
    Number,
    Owner,
    Prose,
    ReachText,
    Unit,
    year_as_period,
)

NamedPace = Literal["even", "workdays", "monthly", "quarterly", "half-yearly", "none"]
CountedKind = Literal["sum", "running", "latest", "ratio"]


class Shape(BaseModel):
    """A mapping of a plan file: closed, and no text is taken for anything but what its key says."""

    model_config = ConfigDict(strict=True, extra="forbid", allow_inf_nan=False, frozen=True)


class PeriodShape(Shape):
    """The days of the plan, both included."""

    start: Day | None
    end: Day | None


class LightsShape(Shape):
    """When a light turns yellow and red."""

    mode: Literal["points", "percent"] | None = None
    yellow: Number | None = None
    red: Number | None = None
    due_soon: Count | None = None
    grace: Count | None = None
    escalate: Count | None = None


class DefaultsShape(Shape):
    """What holds for every goal that does not say otherwise."""

    lead: Owner | None = None
    assist: list[Item | None] | None = None
    pace: NamedPace | None = None
    reporting: Reporting | None = None
    evidence: Flag | None = None
    since: Day | None = Field(None, alias="from")
    by: Day | None = None
    weight: Number | None = None


class CalendarShape(Shape):
    """The office's own free and worked days, each a day or `A..B`."""

    off: list[Days | None] | None = None
    work: list[Days | None] | None = None


class CheckpointShape(Shape):
    """A day by which a level, or a share of the way, is to be reached."""

    by: Day | None
    reach: ReachText | None
    title: Line | None = None


class StepShape(Shape):
    """A part of a milestone."""

    id: Id | None
    title: Line | None
    due: Day | None = None
    weight: Number | None = None


class StepChangeShape(Shape):
    """The new due day of a step."""

    due: Day | None


class RevisionShape(Shape):
    """An open change of a promise, from a day on."""

    since: Day | None = Field(alias="from")
    reason: Prose | None
    document: Line | None = None
    amount: Amount | None = None
    by: Day | None = None
    pace: NamedPace | None = None
    checkpoints: Annotated[list[CheckpointShape | None], Field(min_length=1)] | None = None
    steps: Annotated[dict[Id, StepChangeShape | None], Field(min_length=1)] | None = None


class DeclarationShape(Shape):
    """That a goal was added, and why."""

    since: Day | None = Field(None, alias="from")
    reason: Prose | None
    document: Line | None = None


class CancellationShape(Shape):
    """From which day a goal is cancelled, and why."""

    since: Day | None = Field(alias="from")
    reason: Prose | None
    document: Line | None = None


class TargetShape(Shape):
    """A number that is promised."""

    amount: Amount | None
    unit: Unit | None = None
    kind: CountedKind | None = None
    direction: Direction | None = None
    baseline: Amount | None = None
    since: Day | None = Field(None, alias="from")
    by: Day | None = None
    pace: NamedPace | None = None
    checkpoints: Annotated[list[CheckpointShape | None], Field(min_length=1)] | None = None
    interpolate: Literal["line", "step"] | None = None
    reporting: Reporting | None = None
    revisions: list[RevisionShape | None] | None = None
    weight: Number | None = None
    whole: Flag | None = None
    pool: Flag | None = None


def _amount_alone(value: object) -> object:
    """Return the mapping that a target written as one text is short for."""
    return {"amount": value} if isinstance(value, str) else value


AnyTarget = Annotated[TargetShape, BeforeValidator(_amount_alone, json_schema_input_type=str | int | TargetShape)]


class GoalShape(Shape):
    """A task, with its owners and what it promises."""

    id: Id | None
    title: Line | None
    aliases: list[Item | None] | None = None
    formerly: list[Id | None] | None = None
    lead: Owner | None = None
    assist: list[Item | None] | None = None
    target: AnyTarget | None = None
    targets: Annotated[dict[Id, AnyTarget | None], Field(min_length=1)] | None = None
    due: Day | None = None
    steps: Annotated[list[StepShape | None], Field(min_length=1)] | None = None
    since: Day | None = Field(None, alias="from")
    by: Day | None = None
    pace: NamedPace | None = None
    reporting: Reporting | None = None
    evidence: Flag | None = None
    weight: Number | None = None
    revisions: list[RevisionShape | None] | None = None
    source: Prose | None = None
    note: Prose | None = None
    added: DeclarationShape | None = None
    cancelled: CancellationShape | None = None


class SectionShape(Shape):
    """A part of the plan: goals, smaller sections, or both."""

    id: Id | None
    title: Line | None
    goals: list[GoalShape | None] | None = None
    sections: list[SectionShape | None] | None = None


class PlanShape(Shape):
    """A plan file."""

    plan: Id | None
    title: Line | None
    org: Line | None = None
    period: Annotated[PeriodShape, BeforeValidator(year_as_period, json_schema_input_type=int | PeriodShape)] | None
    lights: LightsShape | None = None
    defaults: DefaultsShape | None = None
    breakdowns: dict[Item, Annotated[list[Item | None], Field(min_length=1)] | None] | None = None
    calendar: CalendarShape | None = None
    sections: list[SectionShape | None] | None


def keys_at(path: tuple[str | int, ...]) -> tuple[str, ...]:
    """Return the keys that the mapping at `path` may have, in their usual order."""
    shape: type[Shape] = PlanShape
    parts = iter(path)
    for part in parts:
        inner = _INNER.get((shape, str(part)))
        if inner is None:
            continue
        if (shape, part) in _BY_NAME:
            next(parts, None)
        shape = inner
    return tuple(field.alias or name for name, field in shape.model_fields.items())


_INNER: dict[tuple[type[Shape], str], type[Shape]] = {
    (PlanShape, "period"): PeriodShape,
    (PlanShape, "lights"): LightsShape,
    (PlanShape, "defaults"): DefaultsShape,
    (PlanShape, "calendar"): CalendarShape,
    (PlanShape, "sections"): SectionShape,
    (SectionShape, "goals"): GoalShape,
    (GoalShape, "target"): TargetShape,
    (GoalShape, "targets"): TargetShape,
    (GoalShape, "steps"): StepShape,
    (GoalShape, "revisions"): RevisionShape,
    (GoalShape, "added"): DeclarationShape,
    (GoalShape, "cancelled"): CancellationShape,
    (TargetShape, "checkpoints"): CheckpointShape,
    (TargetShape, "revisions"): RevisionShape,
    (RevisionShape, "checkpoints"): CheckpointShape,
    (RevisionShape, "steps"): StepChangeShape,
}
"""Which mapping stands under a key of another."""

_BY_NAME = {(GoalShape, "targets"), (RevisionShape, "steps")}
"""Mappings of such mappings, under names that people choose."""
