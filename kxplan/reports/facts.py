"""Facts: everything that the report of a period is made of, gathered before a word of it is written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from kxplan.dates import Period, Span
from kxplan.message import Message
from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Plan
from kxplan.progress.months import MonthLight
from kxplan.progress.standing import Standing
from kxplan.reports.page import Curve, Words
from kxplan.reports.spans import this
from kxplan.reports.status import InTrouble

Key = tuple[str, str]
"""Goal id and target id."""


class Evidenced(NamedTuple):
    """How many of the entries of a target that asks for evidence have some."""

    standing: Standing
    entries: int
    with_evidence: int


class Correction(NamedTuple):
    """Something recorded in the period that changed figures which had been reported before."""

    entry: Entry
    before: Entry | None
    """What the fix or void stands against; None for work of earlier days that was recorded only now."""


class PeriodFacts(NamedTuple):
    """What is known for the report of one period."""

    plan: Plan
    span: Span
    period: Period
    """Cut to the plan's period."""
    on: date
    """The day that the figures stand for: the period's last, or today while it runs."""
    now: tuple[Standing, ...]
    """The targets reported on, at the end of `on`, in plan order."""
    then: Mapping[Key, Standing]
    """The same at the end of the day before the period; empty where the plan begins with it."""
    noted: Mapping[Key, Sequence[Entry]] = {}
    """The newest standing entries of the period that say something, in order of days."""
    reasons: Mapping[str, Reason] = {}
    """The newest reason of each goal, by its present id."""
    in_trouble: InTrouble = {}  # noqa: RUF012 -- an alias of Mapping, as the fields around it
    corrections: Sequence[Correction] = ()
    """By number."""
    course: Curve | None = None
    """The whole plan, or the department's part of it, against the year."""
    months: Mapping[Key, Sequence[MonthLight]] = {}
    """The light of each past month, as known then; only for the half and the year."""
    evidence: Sequence[Evidenced] = ()
    """Only for the half and the year."""
    lead: str | None = None
    """The department reported on; None for all."""
    is_staged: bool = False
    notices: Sequence[Words] = ()

    @property
    def is_long(self) -> bool:
        """Whether the whole table belongs into it."""
        return self.span in ("half", "year")

    @property
    def this(self) -> Message:
        """What the period is called from inside."""
        return this(self.span, self.period)
