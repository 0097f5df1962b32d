"""Scales: on what a target is counted: its kind, unit, direction, baseline, and whether in whole ones."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from kxplan.model.plan import Direction, Kind
from kxplan.model.quantity import PERCENT, Quantity, amount_in, is_whole, is_whole_unit
from kxplan.plans.place import Given, Place
from kxplan.plans.scalars import Reach
from kxplan.plans.shape import CheckpointShape, RevisionShape, TargetShape


class Scale(NamedTuple):
    """Where 0 and the whole way of a target are, but for its amount, which revisions move."""

    kind: Kind
    direction: Direction
    unit: str | None
    baseline: Decimal
    is_baseline_given: bool
    whole: bool | None = None
    """Whether it is counted in whole ones, as the plan says itself; None: by unit and values."""

    @property
    def is_ceiling(self) -> bool:
        """Whether the amount is a limit not to be passed."""
        return self.kind == "sum" and self.direction == "down"

    def counts_whole(self, levels: Iterable[Decimal]) -> bool:
        """Tell whether a course with these amounts and levels is counted in whole ones."""
        if self.whole is not None:
            return self.whole
        return is_whole_unit(self.unit) and all(is_whole(level) for level in (self.baseline, *levels))

    def share(self, reach: Reach, amount: Decimal) -> Fraction | None:
        """Return the share of the way to `amount` that `reach` stands for; None where it is none.

        None too for a level where amount and baseline are the same.
        """
        if self.is_share(reach):
            return Fraction(reach.quantity.amount) / 100
        level = amount_in(self.unit, reach.quantity)
        if level is None or amount == self.baseline:
            return None
        return Fraction(level - self.baseline) / Fraction(amount - self.baseline)

    def is_share(self, reach: Reach) -> bool:
        """Tell whether `reach` is a share of the way rather than a level."""
        return reach.is_share or (reach.quantity.unit == PERCENT and self.unit != PERCENT)


def scale_of(shape: TargetShape, place: Place) -> Scale | None:
    """Return the scale of a target; None where what it is made of was refused."""
    if shape.amount is None or not place.is_sound("unit", "kind", "direction", "baseline"):
        return None
    unit = shape.unit or shape.amount.unit
    kind, direction = shape.kind or "sum", shape.direction or "up"
    if kind == "ratio" and unit != PERCENT:
        (place / "amount").note("plans.ratio-percent")
    scale = Scale(kind, direction, unit, Decimal(0), shape.baseline is not None, shape.whole)
    if shape.baseline is None:
        if direction == "down" and kind != "sum":
            (place / "direction").note("plans.baseline-wanted")
            return None
        return scale
    if scale.is_ceiling:
        (place / "baseline").note_key("plans.ceiling-baseline")
        return None
    baseline = amount_on(scale, shape.baseline, place / "baseline")
    return None if baseline is None else scale._replace(baseline=baseline)


def amount_on(scale: Scale, quantity: Quantity, place: Place) -> Decimal | None:
    """Return a quantity as an amount in the target's unit; None, with a problem noted, where it is none."""
    amount = amount_in(scale.unit, quantity)
    if amount is None:
        if scale.unit is None:
            place.note("plans.unit-unwanted", unit=quantity.unit)
        else:
            place.note("plans.other-unit", unit=quantity.unit, wanted=scale.unit)
    elif amount < 0 and scale.kind != "latest":
        place.note("plans.negative")
        return None
    return amount


def target_amount(scale: Scale, quantity: Quantity, place: Place) -> Decimal | None:
    """Return an amount to be reached; None, with a problem noted, where there is no way to it."""
    amount = amount_on(scale, quantity, place)
    if amount is None or scale.is_ceiling:
        return amount
    if amount == scale.baseline:
        place.note(_no_way(scale), amount=amount)
        return None
    if scale.direction == "down" and amount > scale.baseline:
        place.note("plans.baseline-below", baseline=scale.baseline, amount=amount)
        return None
    if scale.direction == "up" and amount < scale.baseline:
        place.note("plans.baseline-above", baseline=scale.baseline, amount=amount)
        return None
    return amount


def _no_way(scale: Scale) -> str:
    """Return the sentence for an amount that is the baseline."""
    if scale.is_baseline_given:
        return "plans.amount-is-baseline"
    return "plans.amount-zero" if scale.kind == "sum" else "plans.level-zero"


def refuse_fractions(shape: TargetShape, scale: Scale, revisions: Iterable[Given[RevisionShape]], place: Place) -> None:
    """Note fractions on a target that says itself that it is counted in whole ones."""
    if not scale.whole:
        return
    for given in _levels(shape, scale, revisions, place):
        if not _is_whole_on(scale, given.value):
            given.place.note("plans.fraction", amount=given.value.amount)


def _is_whole_on(scale: Scale, quantity: Quantity) -> bool:
    return is_whole(amount_in(scale.unit, quantity) or Decimal(0))


def _levels(
    shape: TargetShape, scale: Scale, revisions: Iterable[Given[RevisionShape]], place: Place
) -> Iterator[Given[Quantity]]:
    """Yield every amount that stands in the target's own unit."""
    if shape.amount is not None:
        yield Given(shape.amount, place / "amount")
    if shape.baseline is not None:
        yield Given(shape.baseline, place / "baseline")
    yield from _reached(shape.checkpoints, scale, place)
    for revision in revisions:
        if revision.value.amount is not None:
            yield Given(revision.value.amount, revision.place / "amount")
        yield from _reached(revision.value.checkpoints, scale, revision.place)


def _reached(
    checkpoints: Iterable[CheckpointShape | None] | None, scale: Scale, place: Place
) -> Iterator[Given[Quantity]]:
    for index, checkpoint in enumerate(checkpoints or ()):
        if checkpoint is not None and checkpoint.reach is not None and not scale.is_share(checkpoint.reach):
            yield Given(checkpoint.reach.quantity, place / "checkpoints" / index / "reach")
