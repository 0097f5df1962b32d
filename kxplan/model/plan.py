"""Plans: what was promised, with every default resolved and every revision applied."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from kxplan.dates import Period
from kxplan.record import Record

Kind = Literal["sum", "running", "latest", "ratio", "milestone", "ongoing"]
Direction = Literal["up", "down"]
Pace = Literal["even", "workdays", "monthly", "quarterly", "half-yearly", "none", "checkpoints"]
Interpolate = Literal["line", "step"]
Reporting = Literal["none", "weekly", "monthly", "quarterly"]

COUNTED_KINDS: tuple[Kind, ...] = ("sum", "running", "latest", "ratio")


class Lights(Record):
    """The thresholds of the lights, in percentage points (or percent of the expected)."""

    mode: Literal["points", "percent"] = "points"
    yellow: Decimal = Decimal(10)
    red: Decimal = Decimal(30)
    due_soon: int = 7
    """Days before a due day from which a milestone is blue."""
    grace: int = 5
    """Days after the end of a reporting period before nobody's report is missed."""
    escalate: int | None = None
    """How many months in a row at risk or behind earn the mark; None: no mark."""


class Calendar(Record):
    """Where the working days of a plan's period depart from Monday to Friday."""

    off: frozenset[date] = frozenset()
    """Mondays to Fridays that are free."""
    work: frozenset[date] = frozenset()
    """Saturdays and Sundays that are worked (调休)."""
    estimated: tuple[int, ...] = ()
    """Years of the period whose official 调休 days are not known."""


class Checkpoint(Record):
    """A day by which a share of the way from baseline to amount is to be gone."""

    by: date
    share: Fraction
    title: str | None = None


class Step(Record):
    """A part of a milestone. `due` is resolved: its own day, or the goal's, or the period's last."""

    id: str
    title: str
    due: date
    weight: Decimal = Decimal(1)


class Revision(Record):
    """An open change of a promise from a day on, as the plan declares it."""

    since: date
    reason: str
    document: str | None = None
    changes: tuple[str, ...] = ()
    """The keys that it names, of amount, by, pace, checkpoints, steps."""


class Terms(Record):
    """What a target promises from the day `since` until the next terms.

    The first terms of a target hold from `date.min`; each revision makes the next.
    """

    since: date
    amount: Decimal | None
    """In the target's unit; for a milestone the sum of the step weights; None for ongoing goals."""
    start: date
    """The first day of the curve (the key `from`)."""
    by: date
    """The last day of the curve."""
    pace: Pace
    checkpoints: tuple[Checkpoint, ...] = ()
    """In order of `by`; empty unless `pace` is "checkpoints"."""
    interpolate: Interpolate = "line"
    steps: tuple[Step, ...] = ()
    """The steps of a milestone (one made up of the goal itself where it names none)."""
    whole: bool = False
    """Whether figures lose their fraction: by the unit and the values that hold now, not by those of other terms."""
    revision: Revision | None = None
    """The revision that made these terms; None for the first."""


class Target(Record):
    """One promise that can be measured. Milestones and ongoing goals have exactly one, named as the goal."""

    goal: str
    id: str
    kind: Kind
    direction: Direction
    unit: str | None
    baseline: Decimal
    weight: Fraction
    reporting: Reporting
    terms: tuple[Terms, ...]
    """At least one, in order of `since`."""
    pool: bool = False
    """Ratio only: numerators and denominators are both added up."""

    @property
    def whole(self) -> bool:
        """Whether an entry must be a whole number: none of its terms, the later ones included, has a fraction."""
        return all(terms.whole for terms in self.terms)

    def in_force(self, on: date) -> Terms:
        """Return the terms that hold on the day `on`."""
        held = self.terms[0]
        for terms in self.terms[1:]:
            if terms.since > on:
                break
            held = terms
        return held

    @property
    def is_ceiling(self) -> bool:
        """Whether the amount is a limit not to be passed (`down` on a sum)."""
        return self.kind == "sum" and self.direction == "down"


class Declaration(Record):
    """That a goal was added or cancelled: since when and why."""

    since: date | None
    reason: str
    document: str | None = None

    def holds_on(self, day: date) -> bool:
        """Tell whether it is in force on a day."""
        return self.since is None or self.since <= day


class Goal(Record):
    """A task of the plan with its owners and its targets."""

    id: str
    title: str
    lead: str
    targets: tuple[Target, ...]
    sections: tuple[str, ...]
    """The ids of the sections around it, outermost first."""
    assist: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    """Ids under which entries of this goal were recorded before."""
    evidence: bool = False
    source: str | None = None
    note: str | None = None
    added: Declaration | None = None
    cancelled: Declaration | None = None
    pinyin: tuple[str, ...] = ()
    """Full pinyin, without tones or blanks, of the title and each alias."""
    initials: tuple[str, ...] = ()
    """First letters of that pinyin, of the title and each alias."""

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id, and those that it had."""
        return (self.id, *self.formerly)


class Section(Record):
    """A part of the plan. `path` holds the ids from the outermost section to this one."""

    id: str
    title: str
    path: tuple[str, ...]


class Plan(Record):
    """A checked plan, ready to compute with."""

    id: str
    title: str
    org: str | None
    period: Period
    lights: Lights
    breakdowns: tuple[tuple[str, tuple[str, ...]], ...]
    """Each key with its values, in the file's order."""
    calendar: Calendar
    sections: tuple[Section, ...]
    """Every section, nested ones after the one around them, in the file's order."""
    goals: tuple[Goal, ...]
    """In the file's order."""
    digest: str = ""
    """SHA-256 of the text it was compiled from, in hex."""

    @property
    def has_reporting(self) -> bool:
        """Whether any of its targets must be reported on every so often."""
        return any(target.reporting != "none" for goal in self.goals for target in goal.targets)

    def goal(self, id: str) -> Goal | None:
        """Return the goal with this id, or that had it formerly; None where there is none."""
        for goal in self.goals:
            if goal.id == id:
                return goal
        for goal in self.goals:
            if id in goal.formerly:
                return goal
        return None
