"""The past: what was known then, for the lights of earlier months and for comparisons."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from kxplan.commands.figures import View, accounts, plan_known_by
from kxplan.dates import Period, end_of
from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Plan
from kxplan.progress.months import MonthLight, months_before, months_in_trouble, past_months
from kxplan.progress.standing import Light, Standing, standings
from kxplan.reports.status import Moment

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Ledger

Key = tuple[str, str]
"""Goal id and target id."""

_FIRST_ENTRIES = 256


def seen_then(call: Call, ledger: Ledger, on: date, instant: datetime, goals: Sequence[str] | None = None) -> View:
    """Return the standings on a day as somebody saw them who asked at `instant`; of these goals at least."""
    plan = plan_known_by(call, ledger, instant)
    return View(plan, Moment(on), instant, standings(plan, accounts(ledger, plan, on, instant, goals), on))


def months_of(call: Call, ledger: Ledger, seen: View, shown: Sequence[Standing]) -> dict[Key, tuple[MonthLight, ...]]:
    """Return, per target, its light at the end of each past month of the plan, as known by then."""
    months = past_months(seen.plan.period, seen.on)
    ends = [_at_end(call, ledger, seen, month, shown) for month in months]
    return {
        standing.key: tuple(
            MonthLight(month, then.light if then else None, then.state if then else None)
            for month, then in zip(months, (_of(standing, end) for end in ends), strict=True)
        )
        for standing in shown
    }


def in_trouble(call: Call, ledger: Ledger, seen: View, shown: Sequence[Standing]) -> dict[Key, int]:
    """Return the targets that earn the plan's mark for months in a row of yellow or red, each with that number.

    Costs nothing unless the plan asks for the mark, and then only as many looks back as it needs.
    """
    wanted = seen.plan.lights.escalate
    troubled = [standing for standing in shown if standing.light in ("yellow", "red")]
    if not wanted or not troubled:
        return {}
    lights: dict[Key, list[Light | None]] = {standing.key: [] for standing in troubled}
    for month in months_before(seen.on, wanted - 1):
        end = _at_end(call, ledger, seen, month, troubled)
        for standing in troubled:
            then = _of(standing, end)
            lights[standing.key].append(then.light if then else None)
    return {one.key: wanted for one in troubled if months_in_trouble(one.light, lights[one.key]) >= wanted}


def reasons_of(ledger: Ledger, plan: Plan, instant: datetime | None) -> dict[str, Reason]:
    """Return the newest reason of each goal, by its present id."""
    found: dict[str, Reason] = {}
    known = ledger.reasons(plan.id, known_by=instant)
    for goal in plan.goals if known else ():
        reasons = [known[id] for id in (goal.id, *goal.formerly) if id in known]
        if reasons:
            found[goal.id] = max(reasons, key=lambda reason: reason.number)
    return found


def entries_between(ledger: Ledger, plan: Plan, start: datetime, end: datetime | None) -> tuple[Entry, ...]:
    """Return what was recorded from `start` on and before `end`, newest first."""
    limit = _FIRST_ENTRIES
    while True:
        entries = ledger.history(plan.id, known_by=end, limit=limit)
        if len(entries) < limit or entries[-1].recorded_at < start:
            return tuple(entry for entry in entries if entry.recorded_at >= start)
        limit *= 8


def _at_end(call: Call, ledger: Ledger, seen: View, month: Period, wanted: Sequence[Standing]) -> dict[Key, Standing]:
    """Return the wanted standings at the end of a month as then known; none before the ledger knew the plan."""
    instant = end_of(month.end, call.settings.timezone)
    if seen.instant is not None:
        instant = min(instant, seen.instant)
    first = ledger.version_known_by(seen.plan.id, instant)
    if first is None or first.recorded_at is None or first.recorded_at >= instant:
        return {}
    goals = [id for standing in wanted for id in (standing.goal.id, *standing.goal.formerly)]
    then = seen_then(call, ledger, month.end, instant, goals)
    return {standing.key: standing for standing in then.standings}


def _of(standing: Standing, then: Mapping[Key, Standing]) -> Standing | None:
    goal, target = standing.key
    for id in (goal, *standing.goal.formerly):
        found = then.get((id, id if target == goal else target))
        if found is not None:
            return found
    return None
