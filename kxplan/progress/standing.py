"""Standings: where each target stands on a day, against what its plan promised by then."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from fractions import Fraction
from functools import lru_cache
from math import ceil, floor
from typing import Literal

from kxplan.dates import Period, Span, containing, previous
from kxplan.model.plan import Goal, Plan, Reporting, Target, Terms
from kxplan.model.tally import Account, Tally
from kxplan.progress.curve import Share, share
from kxplan.progress.forecast import Forecast, forecast, need_per_week
from kxplan.record import Record

State = Literal[
    "unreported", "overdue", "behind", "at-risk", "on-track", "awaiting",
    "not-started", "done-late", "done", "cancelled",
]  # fmt: skip
Light = Literal["green", "yellow", "red", "blue", "grey", "none"]

LIGHTS: tuple[Light, ...] = ("green", "yellow", "red", "blue", "grey", "none")
_LIGHT_OF: dict[State, Light] = {
    "done": "green", "done-late": "green", "on-track": "green", "at-risk": "yellow",
    "behind": "red", "overdue": "red", "unreported": "grey",
}  # fmt: skip
_exact = lru_cache(maxsize=1024)(Fraction)
"""An exact number as a Fraction; a plan has few numbers, and asks for each again and again."""
_REPORTING_SPANS: dict[Reporting, Span] = {"weekly": "week", "monthly": "month", "quarterly": "quarter"}


class Standing(Record):
    """One target on one day. Figures are exact; rounding for show happens in render."""

    goal: Goal
    target: Target
    terms: Terms
    """What the target promises on that day."""
    on: date
    state: State
    light: Light
    actual: Fraction | None = None
    """完成值, in the target's unit; None for ongoing goals."""
    expected: Fraction | None = None
    """What the curve asks for by the end of the day, whole for whole units; None while awaiting."""
    planned: Fraction | None = None
    """The same before it is made whole."""
    attained: Fraction | None = None
    """完成率, a share of the way from baseline to amount; None for ongoing goals and a ceiling of 0."""
    gap: Fraction | None = None
    """序时差, in percentage points; for a ceiling plus is room left."""
    shortfall: Fraction | None = None
    """What the thresholds of the lights are compared with; None where no threshold was asked."""
    share: Share | None = None
    """The share of the way that the curve asks for."""
    due_soon: bool = False
    need_per_week: Fraction | None = None
    forecast: Forecast | None = None
    owed: Period | None = None
    """The reporting period that a report is owed for or was last owed for; None where none is due yet."""
    account: Account = Account()

    @property
    def tally(self) -> Tally:
        """What the ledger holds through the day."""
        return self.account.now

    @property
    def key(self) -> tuple[str, str]:
        """Goal id and target id."""
        return (self.target.goal, self.target.id)

    @property
    def has_value(self) -> bool:
        """Whether `actual` was reported, rather than being the baseline for want of an entry."""
        return self.target.kind in ("sum", "milestone") or self.tally.newest is not None


def standings(plan: Plan, accounts: Mapping[tuple[str, str], Account], on: date) -> tuple[Standing, ...]:
    """Return the standing of every target on the day `on`, in plan order.

    `accounts` is keyed by goal id and target id; a target without one has no entries.
    """
    nothing = Account()
    return tuple(
        standing(plan, goal, target, accounts.get((goal.id, target.id), nothing), on)
        for goal in plan.goals
        for target in goal.targets
    )


def standing(plan: Plan, goal: Goal, target: Target, account: Account, on: date) -> Standing:
    """Return where one target stands at the end of the day `on`."""
    terms = target.in_force(on)
    owed = owed_period(target, terms, plan.lights.grace, on)
    blank = Standing(goal, target, terms, on, "on-track", "none", owed=owed, account=account)
    if target.kind == "ongoing":
        return _lit(blank._replace(state=_ongoing_state(blank)))
    measured = _measured(plan, blank)
    state, shortfall = _ceiling_state(measured) if target.is_ceiling else _state(plan, measured)
    judged = measured._replace(state=state, shortfall=shortfall)
    if state == "awaiting":
        judged = judged._replace(expected=None, gap=None)
    return _lit(_with_outlook(plan, judged))


def actual(target: Target, terms: Terms, tally: Tally) -> Fraction:
    """Return 完成值: what `tally` comes to, in the target's unit.

    Before the first entry of a level (running, latest, ratio) the baseline.
    """
    baseline = _exact(target.baseline)
    match target.kind:
        case "sum":
            return baseline + Fraction(tally.total)
        case "milestone":
            return Fraction(sum((step.weight for step in terms.steps if step.id in tally.steps), start=0))
        case "ratio":
            return _ratio(target, tally, baseline)
    return Fraction(tally.newest.amount) if tally.newest else baseline


def made_whole(target: Target, terms: Terms, value: Fraction) -> Fraction:
    """Return `value` floored for whole units, ceiled where the amount lies below the baseline."""
    if not terms.whole or target.kind == "milestone" or value.denominator == 1:
        return value
    return Fraction(ceil(value) if (terms.amount or 0) < target.baseline else floor(value))


def owed_period(target: Target, terms: Terms, grace: int, on: date) -> Period | None:
    """Return the last reporting period that ended at least `grace` days before `on` and meets the curve."""
    span = _REPORTING_SPANS.get(target.reporting)
    if span is None:
        return None
    period = previous(span, containing(span, on - timedelta(days=grace) + timedelta(days=1)))
    if period.start > terms.by:
        period = containing(span, terms.by)
    return period if period.end >= terms.start else None


def is_unreported(standing: Standing) -> bool:
    """Tell whether nobody has reported since the owed period began, whatever state comes first."""
    last = standing.tally.last
    return standing.owed is not None and (last is None or last < standing.owed.start)


def _amount(terms: Terms) -> Fraction:
    return _exact(terms.amount or 0)


def _ratio(target: Target, tally: Tally, baseline: Fraction) -> Fraction:
    scale = {"%": 100, "‰": 1000}.get(target.unit or "", 1)
    if target.pool:
        return Fraction(tally.total) / Fraction(tally.denominators) * scale if tally.denominators else baseline
    if tally.newest is None or not tally.newest.denominator:
        return baseline
    return Fraction(tally.newest.amount) / Fraction(tally.newest.denominator) * scale


def _measured(plan: Plan, blank: Standing) -> Standing:
    target, terms, on = blank.target, blank.terms, blank.on
    baseline = _exact(target.baseline)
    way = _amount(terms) - baseline
    done = actual(target, terms, blank.tally)
    if target.kind == "milestone":
        gone, planned = None, Fraction(sum((step.weight for step in terms.steps if step.due < on), start=0))
    else:
        gone = share(terms, plan.calendar, on)
        planned = baseline + gone.value * way
    expected = made_whole(target, terms, planned)
    ahead = expected - done if target.is_ceiling else done - expected
    return blank._replace(
        actual=done,
        expected=expected,
        planned=planned,
        share=gone,
        attained=(done - baseline) / way if way else None,
        gap=ahead / way * 100 if way else None,
    )


def _is_cancelled(standing: Standing) -> bool:
    cancelled = standing.goal.cancelled
    return cancelled is not None and cancelled.holds_on(standing.on)


def _ongoing_state(standing: Standing) -> State:
    if _is_cancelled(standing):
        return "cancelled"
    if is_unreported(standing):
        return "unreported"
    return "on-track" if standing.tally.entries else "not-started"


def _state(plan: Plan, standing: Standing) -> tuple[State, Fraction | None]:
    on, terms = standing.on, standing.terms
    if _is_cancelled(standing):
        return "cancelled", None
    if standing.attained is not None and standing.attained >= 1:
        return ("done-late" if on > terms.by and not _was_done_in_time(standing) else "done"), None
    if on < terms.start:
        return "not-started", None
    if on > terms.by:
        return "overdue", None
    if is_unreported(standing):
        return "unreported", None
    if terms.pace == "none" and standing.target.kind != "milestone":
        return "awaiting", None
    return _by_shortfall(plan, standing)


def _ceiling_state(standing: Standing) -> tuple[State, Fraction | None]:
    on, terms = standing.on, standing.terms
    done, expected = standing.actual or Fraction(0), standing.expected or Fraction(0)
    if _is_cancelled(standing):
        return "cancelled", None
    if done > _amount(terms):
        return "behind", None
    if on < terms.start:
        return "not-started", None
    if on > terms.by:
        return "done", None
    if is_unreported(standing):
        return "unreported", None
    if terms.pace == "none":
        return "awaiting", None
    return ("on-track" if done <= expected else "at-risk"), None


def _was_done_in_time(standing: Standing) -> bool:
    target, terms = standing.target, standing.terms
    then = actual(target, terms, standing.account.at_due)
    baseline = _exact(target.baseline)
    return (then - baseline) / (_amount(terms) - baseline) >= 1


def _by_shortfall(plan: Plan, standing: Standing) -> tuple[State, Fraction]:
    done, expected = standing.actual or Fraction(0), standing.expected or Fraction(0)
    if plan.lights.mode == "points":
        shortfall = -(standing.gap or Fraction(0))
    else:
        due = expected - _exact(standing.target.baseline)
        shortfall = (expected - done) / due * 100 if due else Fraction(0)
    if shortfall <= 0 or shortfall < plan.lights.yellow:
        return "on-track", shortfall
    return ("at-risk" if shortfall <= plan.lights.red else "behind"), shortfall


def _with_outlook(plan: Plan, judged: Standing) -> Standing:
    target, terms, on = judged.target, judged.terms, judged.on
    if target.kind == "milestone":
        return judged._replace(due_soon=_is_due_soon(plan, judged))
    if target.kind not in ("sum", "running") or judged.state == "cancelled" or judged.actual is None:
        return judged
    is_done = judged.state in ("done", "done-late")
    need = None
    if not is_done and not target.is_ceiling:
        need = need_per_week(_amount(terms) - judged.actual, terms.by, on, whole=terms.whole)
    return judged._replace(need_per_week=need, forecast=_forecast(judged, is_done=is_done))


def _forecast(judged: Standing, *, is_done: bool) -> Forecast | None:
    target, terms = judged.target, judged.terms
    now, before = judged.account.now, judged.account.before
    if now.entries < 2 or now.first is None or judged.actual is None:
        return None
    outlook = forecast(
        judged.actual,
        actual(target, terms, before),
        None if is_done or target.is_ceiling else _amount(terms),
        first=now.first,
        by=terms.by,
        on=judged.on,
    )
    return outlook._replace(final=made_whole(target, terms, outlook.final))


def _is_due_soon(plan: Plan, judged: Standing) -> bool:
    if judged.state in ("done", "done-late"):
        return False
    return any(
        step.id not in judged.tally.steps and 0 <= (step.due - judged.on).days <= plan.lights.due_soon
        for step in judged.terms.steps
    )


def _lit(standing: Standing) -> Standing:
    light: Light = _LIGHT_OF.get(standing.state, "none")
    if standing.due_soon and standing.state != "cancelled" and light in ("green", "none"):
        light = "blue"
    return standing._replace(light=light)
