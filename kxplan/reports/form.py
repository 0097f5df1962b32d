"""The form of a department: what it has promised, what stands, and what can be filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple, TypeAlias

from kxplan.dates import Period
from kxplan.message import message
from kxplan.model.form import AMOUNT, DAY, DENOMINATOR, DONE, GOAL, NOTE, UNIT, WHO, FormColumn, choices
from kxplan.model.plan import Kind, Plan, Target
from kxplan.progress.standing import Standing
from kxplan.reports.page import Amount, Column, Lamp, Points, Rows, Share, Table, Value, Words

Key: TypeAlias = tuple[str, str]
"""A target: goal id, target id."""


class FormChoice(NamedTuple):
    """What can be chosen in the column of the goal, and what then fits beside it."""

    label: str
    unit: Words
    """What the figure counts; for one that takes no figure, what is put instead of it."""
    is_whole: bool
    is_signed: bool


class Form(NamedTuple):
    """A form before it has a format."""

    plan: str
    title: str
    lead: str | None
    """The department; None for all."""
    on: date
    period: Period
    columns: tuple[FormColumn, ...]
    choices: tuple[FormChoice, ...]
    kinds: frozenset[Kind]
    """The kinds of its targets."""
    breakdowns: tuple[tuple[str, tuple[str, ...]], ...]
    """Each key with its values; empty where no target adds up."""
    standings: Table

    @property
    def targets(self) -> int:
        """How many targets it has."""
        return len(self.standings.groups[0].rows)


def form_of(plan: Plan, lead: str | None, standings: Sequence[Standing], on: date) -> Form:
    """Return the form for the goals that `standings` are of; cancelled ones are left out."""
    open_ones = [each for each in standings if each.state != "cancelled"]
    goals = {each.goal.id for each in open_ones}
    # An import knows the labels of the whole plan: a title that another department has too needs its id here as well.
    offered = [choice for choice in choices(plan.goals) if choice.goal.id in goals]
    labels = {(choice.goal.id, choice.target.id): choice.label for choice in offered if choice.step is None}
    kinds = frozenset(each.target.kind for each in open_ones)
    return Form(
        plan.id,
        plan.title,
        lead,
        on,
        plan.period,
        tuple(column for column, needed in _COLUMNS if needed is None or needed in kinds),
        tuple(_choice(choice.label, choice.target) for choice in offered),
        kinds,
        plan.breakdowns if "sum" in kinds else (),
        _table(open_ones, labels, with_lead=lead is None),
    )


_COLUMNS = (
    (DAY, None), (GOAL, None), (AMOUNT, None), (DENOMINATOR, "ratio"), (UNIT, None), (DONE, "milestone"),
    (NOTE, None), (WHO, None),
)  # fmt: skip
"""Each column with the kind of target that it is there for; None: for all."""


def _choice(label: str, target: Target) -> FormChoice:
    unit: Words = target.unit or ""
    if target.kind != "sum":
        unit = message(f"form.unit.{target.kind}", unit=target.unit or "")
    return FormChoice(label, unit, target.whole, target.kind == "latest")


def _table(standings: Sequence[Standing], labels: Mapping[Key, str], *, with_lead: bool) -> Table:
    columns = [
        Column("goal", message("form.column.goal")),
        Column("unit", message("form.column.unit")),
        Column("amount", message("form.column.promised"), "right"),
        Column("actual", message("form.column.actual"), "right"),
        Column("attained", message("form.column.attained"), "right"),
        Column("gap", message("form.column.gap"), "right"),
        Column("light", message("form.column.light")),
        Column("by", message("form.column.by")),
        Column("last", message("form.column.last")),
    ]
    if with_lead:
        columns.insert(1, Column("lead", message("form.column.lead")))
    rows = tuple(_row(each, labels[each.key], with_lead=with_lead) for each in standings)
    return Table(tuple(columns), (Rows(rows),))


def _row(standing: Standing, label: str, *, with_lead: bool) -> tuple[Value, ...]:
    amount = standing.terms.amount
    is_counted = standing.target.kind not in ("milestone", "ongoing")
    row: list[Value] = [
        label,
        standing.target.unit if is_counted else message(f"words.kind.{standing.target.kind}"),
        Amount(Fraction(amount) if amount is not None and is_counted else None),
        Amount(standing.actual if is_counted and standing.has_value else None),
        Share(standing.attained),
        Points(standing.gap),
        Lamp(standing.light, standing.state),
        None if standing.target.kind == "ongoing" else standing.terms.by,
        standing.tally.last,
    ]
    if with_lead:
        row.insert(1, standing.goal.lead)
    return tuple(row)
