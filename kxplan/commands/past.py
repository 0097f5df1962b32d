"""The past: what was known then, for the lights of earlier months and for comparisons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from kxplan.commands.figures import View, accounts, look, plan_known_by
from kxplan.dates import Period, end_of
from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Plan
from kxplan.progress.months import MonthLight, months_before, months_in_trouble, past_months
from kxplan.progress.standing import Light, Standing, standings
from kxplan.reports.status import Moment

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Reader

Key = tuple[str, str]
"""Goal id and target id."""

_FIRST_ENTRIES = 256


Ends = Mapping[Period, Mapping[Key, Standing]]
"""The standings at the end of each month, as known then; none before the ledger knew the plan."""


def seen_then(call: Call, ledger: Reader, on: date, instant: datetime) -> View:
    """Return the standings on a day as somebody saw them who asked at `instant`."""
    plan = plan_known_by(call, ledger, instant)
    return View(plan, Moment(on), instant, standings(plan, accounts(ledger, plan, on, instant), on))


def ends_of(call: Call, ledger: Reader, seen: View, months: Iterable[Period], wanted: Sequence[Standing]) -> Ends:
    """Return the standings at the ends of `months` as known then, of the wanted goals at least."""
    looks = []
    for month in dict.fromkeys(months):
        instant = end_of(month.end, call.settings.timezone)
        if seen.instant is not None:
            instant = min(instant, seen.instant)
        first = ledger.version_known_by(seen.plan.id, instant)
        if first is not None and first.recorded_at is not None and first.recorded_at < instant:
            plan = plan_known_by(call, ledger, instant)
            looks.append((month, plan, look(plan, month.end, instant)))
    goals = [id for standing in wanted for id in (standing.goal.id, *standing.goal.formerly)]
    is_part = len(wanted) < len(seen.standings)
    found = ledger.accounts_then(seen.plan.id, [each for _, _, each in looks], goals=goals if is_part else None)
    return {
        month: {standing.key: standing for standing in standings(plan, then, month.end)}
        for (month, plan, _), then in zip(looks, found, strict=True)
    }


def months_of(
    call: Call, ledger: Reader, seen: View, shown: Sequence[Standing], known: Ends | None = None
) -> dict[Key, tuple[MonthLight, ...]]:
    """Return, per target, its light at the end of each past month of the plan, as known by then.

    `known` has the standings of these months at least, where they are at hand.
    """
    months = past_months(seen.plan.period, seen.on)
    if known is None:
        known = ends_of(call, ledger, seen, months, shown)
    ends = [known.get(month, {}) for month in months]
    return {
        standing.key: tuple(
            MonthLight(month, then.light if then else None, then.state if then else None)
            for month, then in zip(months, (_of(standing, end) for end in ends), strict=True)
        )
        for standing in shown
    }


def in_trouble(
    call: Call, ledger: Reader, seen: View, shown: Sequence[Standing], known: Ends | None = None
) -> dict[Key, int]:
    """Return the targets that earn the plan's mark for months in a row of yellow or red, each with that number.

    Costs nothing unless the plan asks for the mark, and then only as many looks back as it needs;
    `known` as in `months_of`.
    """
    wanted = seen.plan.lights.escalate
    troubled = [standing for standing in shown if standing.light in ("yellow", "red")]
    if not wanted or not troubled:
        return {}
    lights: dict[Key, list[Light | None]] = {standing.key: [] for standing in troubled}
    months = months_before(seen.on, wanted - 1)
    if known is None:
        known = ends_of(call, ledger, seen, months, troubled)
    for end in (known.get(month, {}) for month in months):
        for standing in troubled:
            then = _of(standing, end)
            lights[standing.key].append(then.light if then else None)
    return {one.key: wanted for one in troubled if months_in_trouble(one.light, lights[one.key]) >= wanted}


def reasons_of(ledger: Reader, plan: Plan, instant: datetime | None, on: date | None = None) -> dict[str, Reason]:
    """Return the newest reason of each goal, by its present id; of those given through `on`."""
    found: dict[str, Reason] = {}
    known = ledger.reasons(plan.id, as_of=on, known_by=instant)
    for goal in plan.goals if known else ():
        reasons = [known[id] for id in goal.ids if id in known]
        if reasons:
            found[goal.id] = max(reasons, key=lambda reason: reason.number)
    return found


def entries_between(ledger: Reader, plan: Plan, start: datetime, end: datetime | None) -> tuple[Entry, ...]:
    """Return what was recorded from `start` on and before `end`, newest first."""
    limit = _FIRST_ENTRIES
    while True:
        entries = ledger.history(plan.id, known_by=end, limit=limit)
        if len(entries) < limit or entries[-1].recorded_at < start:
            return tuple(entry for entry in entries if entry.recorded_at >= start)
        limit *= 8


def _of(standing: Standing, then: Mapping[Key, Standing]) -> Standing | None:
    goal, target = standing.key
    for id in (goal, *standing.goal.formerly):
        found = then.get((id, id if target == goal else target))
        if found is not None:
            return found
    return None
