"""Courses: the curve a target is to follow, as first promised and after each revision."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kxplan.model.plan import Checkpoint, Interpolate, Pace, Revision, Terms
from kxplan.model.quantity import amount_in
from kxplan.plans.frame import Frame, refuse_backwards
from kxplan.plans.place import Given, Place
from kxplan.plans.scale import Scale, amount_on, target_amount
from kxplan.plans.shape import CheckpointShape, RevisionShape, TargetShape

REVISABLE = ("amount", "by", "pace", "checkpoints", "steps")


class _Course(NamedTuple):
    """What the terms in force are made of."""

    amount: Decimal
    start: date
    by: date
    pace: Pace
    checkpoints: tuple[Checkpoint, ...]
    reaches: tuple[Decimal, ...] = ()
    """The levels that the checkpoints were written as; they stay with them when the amount is revised."""

    def terms(self, since: date, scale: Scale, interpolate: Interpolate, revision: Revision | None = None) -> Terms:
        """Return the terms that hold from `since` on."""
        return Terms(
            since,
            self.amount,
            self.start,
            self.by,
            self.pace,
            self.checkpoints,
            interpolate,
            whole=scale.counts_whole((self.amount, *self.reaches)),
            revision=revision,
        )


def terms_of(
    shape: TargetShape, place: Place, frame: Frame, scale: Scale | None, revisions: list[Given[RevisionShape]]
) -> tuple[Terms, ...]:
    """Return a target's terms: the first, then one for each revision; none where they are refused."""
    last = max((point.by for point in shape.checkpoints or () if point is not None and point.by), default=None)
    start, by = frame.start(shape.since, place), frame.by(shape.by, place, last)
    refuse_backwards(start, by)
    if shape.pace is not None and shape.checkpoints is not None:
        (place / "pace").note_key("plans.pace-and-checkpoints")
    if scale is None or shape.amount is None:
        return ()
    amount = target_amount(scale, shape.amount, place / "amount")
    if amount is None:
        return ()
    course = _Course(amount, start.value, by.value, _pace(shape, frame, scale), ())
    if shape.checkpoints is not None:
        course = _with_checkpoints(course, shape.checkpoints, place, scale)
    interpolate = shape.interpolate or "line"
    terms = [course.terms(date.min, scale, interpolate)]
    for given in revisions:
        course = _revised(course, given, scale)
        terms.append(course.terms(given.value.since or date.min, scale, interpolate, declared(given.value)))
    return tuple(terms)


def declared(shape: RevisionShape) -> Revision:
    """Return a revision as the plan declares it, with the keys that it names."""
    changes = tuple(key for key in REVISABLE if getattr(shape, key) is not None)
    return Revision(shape.since or date.min, shape.reason or "", shape.document, changes)


def refuse_revisions(
    revisions: list[Given[RevisionShape]], allowed: tuple[str, ...], start: date, message_id: str
) -> None:
    """Note what every revision is refused for: other keys than `allowed`, no key, days in no order."""
    for shape, place in revisions:
        changes = declared(shape).changes
        for key in changes:
            if key not in allowed:
                (place / key).note_key(message_id, name=key)
        if not changes and place.is_complete():
            place.note("plans.revision-empty", names=allowed)
        if shape.by is None or shape.since is None or not place.is_sound("by", "from"):
            continue
        if shape.by < shape.since:
            (place / "by").note("plans.revision-by-before-from", by=shape.by, since=shape.since)
        elif shape.by < start:
            (place / "by").note("plans.from-after-by", start=start, by=shape.by)


def _pace(shape: TargetShape, frame: Frame, scale: Scale) -> Pace:
    if shape.checkpoints is not None:
        return "checkpoints"
    named = shape.pace or frame.goal.pace
    if named is not None:
        return named
    if scale.kind in ("latest", "ratio") and not scale.is_baseline_given:
        return "none"
    return frame.defaults.pace or "even"


def _revised(course: _Course, given: Given[RevisionShape], scale: Scale) -> _Course:
    """Return the course from a revision on; it changes only what it names."""
    shape, place = given
    if shape.pace is not None and shape.checkpoints is not None:
        (place / "pace").note_key("plans.pace-and-checkpoints")
    if shape.amount is not None:
        amount = target_amount(scale, shape.amount, place / "amount")
        course = course._replace(amount=course.amount if amount is None else amount)
    if shape.by is not None:
        is_curve_kept = shape.pace is None and shape.checkpoints is None and place.is_sound("pace", "checkpoints")
        if course.pace == "checkpoints" and is_curve_kept and shape.by != course.by:
            (place / "by").note("plans.checkpoints-wanted")
        course = course._replace(by=shape.by)
    if shape.checkpoints is not None:
        return _with_checkpoints(course._replace(pace="checkpoints"), shape.checkpoints, place, scale)
    if shape.pace is not None:
        return course._replace(pace=shape.pace, checkpoints=(), reaches=())
    return course


def _with_checkpoints(course: _Course, shapes: list[CheckpointShape | None], place: Place, scale: Scale) -> _Course:
    points = _checkpoints(shapes, place, course, scale)
    reaches = [shape.reach for shape in shapes if shape is not None and shape.reach is not None]
    levels = [amount_in(scale.unit, reach.quantity) for reach in reaches if not scale.is_share(reach)]
    return course._replace(checkpoints=points, reaches=tuple(level for level in levels if level is not None))


def _checkpoints(
    shapes: list[CheckpointShape | None], place: Place, course: _Course, scale: Scale
) -> tuple[Checkpoint, ...]:
    """Return the checkpoints with their shares of the way; what does not rise or fit is noted."""
    points: list[Checkpoint] = []
    is_rising = True
    for index, shape in enumerate(shapes):
        at = place / "checkpoints" / index
        if shape is None or shape.by is None or shape.reach is None or not at.is_sound("by", "reach"):
            return ()
        _refuse_day(shape.by, at / "by", course, points)
        share = _share(shape, at / "reach", course, scale)
        if share is None:
            return ()
        if points and share <= points[-1].share:
            (at / "reach").note("plans.reach-not-rising")
            is_rising = False
        points.append(Checkpoint(shape.by, share, shape.title))
    if is_rising and points[-1].share < 1:
        (place / "checkpoints" / (len(points) - 1) / "reach").note("plans.last-reach", amount=course.amount)
    return tuple(points)


def _refuse_day(by: date, place: Place, course: _Course, before: list[Checkpoint]) -> None:
    if not course.start <= by <= course.by:
        place.note("plans.checkpoint-outside", start=course.start, by=course.by)
    elif before and by <= before[-1].by:
        place.note("plans.checkpoint-order", before=before[-1].by)


def _share(shape: CheckpointShape, place: Place, course: _Course, scale: Scale) -> Fraction | None:
    if shape.reach is None:
        return None
    if not scale.is_share(shape.reach) and amount_on(scale, shape.reach.quantity, place) is None:
        return None
    share = scale.share(shape.reach, course.amount)
    if share is None:
        place.note("plans.reach-of-nothing")
    elif share < 0:
        place.note("plans.reach-below", baseline=scale.baseline)
    elif share > 1:
        place.note("plans.reach-beyond", amount=course.amount)
    return share
