"""Goals: a task with its owners, and its targets, steps or neither."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

from kxplan.model.plan import Declaration, Goal, Reporting, Step, Target, Terms
from kxplan.plans.course import declared, refuse_revisions, terms_of
from kxplan.plans.frame import Frame, refuse_backwards
from kxplan.plans.place import Given, Place
from kxplan.plans.scale import refuse_fractions, scale_of
from kxplan.plans.shape import CancellationShape, DeclarationShape, RevisionShape, StepShape, TargetShape

ONE = Decimal(1)


def goal_of(frame: Frame, sections: tuple[str, ...]) -> Goal:
    """Return a goal with every default resolved; what is wrong with it is noted."""
    shape, place, defaults = frame.goal, frame.place, frame.defaults
    _refuse_pairs(frame)
    targets = _targets(frame)
    lead = shape.lead or defaults.lead
    if lead is None and place.is_sound("lead") and (frame.root / "defaults").is_sound("lead"):
        (place / "lead").note("plans.lead-missing")
    evidence = shape.evidence if shape.evidence is not None else defaults.evidence
    return Goal(
        id=shape.id or "",
        title=shape.title or "",
        lead=lead or "",
        targets=targets,
        sections=sections,
        assist=_assist(frame, lead),
        aliases=_present(shape.aliases),
        formerly=_present(shape.formerly),
        evidence=bool(evidence),
        source=shape.source,
        note=shape.note,
        added=_declaration(shape.added),
        cancelled=_declaration(shape.cancelled),
    )


def _refuse_pairs(frame: Frame) -> None:
    """Note keys that exclude each other."""
    shape, place = frame.goal, frame.place
    if shape.target is not None and shape.targets is not None:
        (place / "target").note_key("plans.target-and-targets")
    if shape.steps is not None and (shape.target is not None or shape.targets is not None):
        (place / "steps").note_key("plans.steps-beside-targets")
    if shape.by is not None and shape.due is not None:
        (place / "by").note_key("plans.by-and-due")


def _targets(frame: Frame) -> tuple[Target, ...]:
    shape, place = frame.goal, frame.place
    named = [(name, target, place / "targets" / name) for name, target in (shape.targets or {}).items()]
    if shape.target is not None:
        named.append((shape.id or "", shape.target, place / "target"))
    if named:
        return _counted(frame, named)
    if not place.is_complete():
        return ()
    if shape.pace is not None:
        (place / "pace").note_key("plans.pace-without-target")
    if shape.due is not None or shape.steps is not None:
        return (_milestone(frame),)
    return (_ongoing(frame),)


def _counted(frame: Frame, named: list[tuple[str, TargetShape | None, Place]]) -> tuple[Target, ...]:
    """Return the targets that have an amount; the goal's weight goes to those without one of their own."""
    sharing = sum(target is None or target.weight is None for _, target, _ in named)
    weight = _goal_weight(frame) / max(sharing, 1)
    return tuple(_target(frame, name, target, place, weight) for name, target, place in named if target is not None)


def _target(frame: Frame, id: str, shape: TargetShape, place: Place, weight: Fraction) -> Target:
    revisions = frame.revisions(shape.revisions, place)
    _refuse_lone_keys(shape, place, revisions)
    refuse_revisions(
        revisions,
        ("amount", "by", "pace", "checkpoints"),
        frame.start(shape.since, place).value,
        "plans.revision-of-target",
    )
    scale = scale_of(shape, place)
    terms = terms_of(shape, place, frame, scale, revisions)
    if scale is not None:
        refuse_fractions(shape, scale, revisions, place)
    return Target(
        goal=frame.goal.id or "",
        id=id,
        kind=shape.kind or "sum",
        direction=shape.direction or "up",
        unit=scale.unit if scale else None,
        baseline=scale.baseline if scale else Decimal(0),
        weight=weight if shape.weight is None else Fraction(shape.weight),
        reporting=shape.reporting or _reporting(frame),
        terms=terms,
        pool=bool(shape.pool),
    )


def _refuse_lone_keys(shape: TargetShape, place: Place, revisions: list[Given[RevisionShape]]) -> None:
    """Note keys that mean nothing without another."""
    if shape.pool is not None and shape.kind != "ratio" and place.is_sound("kind"):
        (place / "pool").note_key("plans.pool-off-ratio")
    has_checkpoints = shape.checkpoints is not None or any(given.value.checkpoints for given in revisions)
    if shape.interpolate is not None and not has_checkpoints and place.is_sound("checkpoints"):
        (place / "interpolate").note_key("plans.interpolate-alone")


def _milestone(frame: Frame) -> Target:
    start, by = frame.start(), frame.by()
    refuse_backwards(start, by)
    revisions = frame.revisions()
    refuse_revisions(revisions, ("by", "steps"), start.value, "plans.revision-of-milestone")
    steps = _steps(frame)
    own = {step.id: step.due for step, _ in steps if step.id and step.due is not None}
    day, terms = by.value, []
    for since, given in [(date.min, None), *((given.value.since or date.min, given) for given in revisions)]:
        if given is not None:
            day = given.value.by or day
            own |= _moved(given, steps)
        resolved = _due(steps, own, day, given)
        amount = sum((step.weight for step in resolved), Decimal(0))
        revision = declared(given.value) if given else None
        terms.append(Terms(since, amount, start.value, day, "none", steps=resolved, revision=revision))
    if terms[0].amount == 0:
        (frame.place / "steps").note("plans.steps-weigh-nothing")
    return _without_amount(frame, "milestone", tuple(terms))


def _steps(frame: Frame) -> list[tuple[StepShape, Place]]:
    """Return the steps of a milestone with their places; without any, one made of the goal itself."""
    shape, place = frame.goal, frame.place
    if shape.steps is None:
        return [(StepShape.model_construct(id=shape.id, title=shape.title, due=None, weight=None), place)]
    steps, seen = [], set()
    for index, step in enumerate(shape.steps):
        if step is None:
            continue
        at = place / "steps" / index
        if step.id is not None and step.id in seen:
            (at / "id").note("plans.step-id-twice", id=step.id)
        seen.add(step.id)
        steps.append((step, at))
    return steps


def _moved(given: Given[RevisionShape], steps: list[tuple[StepShape, Place]]) -> dict[str, date]:
    """Return the due days that a revision gives to steps by their ids."""
    known = [step.id for step, _ in steps if step.id is not None]
    moved = {}
    for name, change in (given.value.steps or {}).items():
        if name not in known:
            (given.place / "steps" / name).note_key("plans.unknown-step", id=name, known=known)
        elif change is not None and change.due is not None:
            moved[name] = change.due
    return moved


def _due(
    steps: list[tuple[StepShape, Place]], own: dict[str, date], by: date, given: Given[RevisionShape] | None
) -> tuple[Step, ...]:
    """Return the steps with their due days; one that is due after the goal is noted."""
    resolved = []
    for shape, place in steps:
        name = shape.id or ""
        due = own.get(name, by)
        if due > by:
            where = place / "due"
            if given is not None:
                moved = name in (given.value.steps or {})
                where = given.place / "steps" / name / "due" if moved else given.place / "by"
            if where.is_sound():
                where.note("plans.step-after-goal", title=shape.title or name, due=due, by=by)
        weight = ONE if shape.weight is None else shape.weight
        resolved.append(Step(name, shape.title or "", due, weight))
    return tuple(resolved)


def _ongoing(frame: Frame) -> Target:
    start, by = frame.start(), frame.by()
    refuse_backwards(start, by)
    revisions = frame.revisions()
    refuse_revisions(revisions, ("by",), start.value, "plans.revision-of-ongoing")
    terms = [Terms(date.min, None, start.value, by.value, "none")]
    for shape, _ in revisions:
        day = shape.by or terms[-1].by
        terms.append(Terms(shape.since or date.min, None, start.value, day, "none", revision=declared(shape)))
    return _without_amount(frame, "ongoing", tuple(terms))


def _without_amount(frame: Frame, kind: str, terms: tuple[Terms, ...]) -> Target:
    return Target(
        goal=frame.goal.id or "",
        id=frame.goal.id or "",
        kind="milestone" if kind == "milestone" else "ongoing",
        direction="up",
        unit=None,
        baseline=Decimal(0),
        weight=_goal_weight(frame),
        reporting=_reporting(frame),
        terms=terms,
    )


def _goal_weight(frame: Frame) -> Fraction:
    weight = frame.goal.weight if frame.goal.weight is not None else frame.defaults.weight
    return Fraction(1 if weight is None else weight)


def _reporting(frame: Frame) -> Reporting:
    return frame.goal.reporting or frame.defaults.reporting or "none"


def _assist(frame: Frame, lead: str | None) -> tuple[str, ...]:
    """Return who assists; an inherited office does not assist itself."""
    if frame.goal.assist is not None:
        return _present(frame.goal.assist)
    return tuple(office for office in _present(frame.defaults.assist) if office != lead)


def _present(items: list[str | None] | None) -> tuple[str, ...]:
    return tuple(item for item in items or () if item is not None)


def _declaration(shape: DeclarationShape | CancellationShape | None) -> Declaration | None:
    return None if shape is None else Declaration(shape.since, shape.reason or "", shape.document)
