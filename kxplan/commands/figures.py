"""Figures for the commands: standings of a plan on a day, as the ledger knew it."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from kxplan.errors import UsageError
from kxplan.message import Message, message
from kxplan.model.plan import Plan
from kxplan.model.tally import Account, Look
from kxplan.plans.compiled import compiled_plan
from kxplan.plans.finder import find_target
from kxplan.plans.rows import calendar_of, changed
from kxplan.progress.forecast import window_start
from kxplan.progress.standing import Standing, standings
from kxplan.record import Record
from kxplan.reports.page import Words
from kxplan.reports.status import Moment

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Reader


class View(Record):
    """A plan on a day: its text as then known, and its standings."""

    plan: Plan
    moment: Moment
    instant: datetime | None
    """What was recorded before it counts; None: everything does."""
    standings: tuple[Standing, ...]

    @property
    def on(self) -> date:
        """The day."""
        return self.moment.on


def view(call: Call, ledger: Reader, *, as_of: str | None = None, known_by: str | None = None) -> View:
    """Return the standings of the call's plan on `as_of` (today), as known by the end of `known_by`."""
    on = call.day(as_of) or call.today
    known = call.day(known_by, or_today=False)
    instant = call.known_by(known)
    plan = call.plan if instant is None else plan_known_by(call, ledger, instant)
    moment = Moment(on, known, is_staged=on == call.settings.today)
    return View(plan, moment, instant, standings(plan, accounts(ledger, plan, on, instant), on))


def accounts(
    ledger: Reader, plan: Plan, on: date, instant: datetime | None = None, goals: Sequence[str] | None = None
) -> dict[tuple[str, str], Account]:
    """Return the accounts of every target of `plan` on the day `on`; of these `goals` at least."""
    due, formerly = passed(plan, on)
    return ledger.accounts(
        plan.id, on, window_start=window_start(on), due=due, known_by=instant, formerly=formerly, goals=goals
    )


def look(plan: Plan, on: date, instant: datetime) -> Look:
    """Return what the ledger is asked for the accounts of `plan` on a day as known at `instant`."""
    return Look(on, instant, window_start(on), *passed(plan, on))


def passed(plan: Plan, on: date) -> tuple[dict[tuple[str, str], date], dict[str, str]]:
    """Return the `by` of each target that has passed on a day, and the former ids of goals with their present ones."""
    due = {}
    formerly = {}
    for goal in plan.goals:
        formerly.update(dict.fromkeys(goal.formerly, goal.id))
        for target in goal.targets:
            by = target.in_force(on).by
            if by < on:
                due[(goal.id, target.id)] = by
    return due, formerly


def plan_known_by(call: Call, ledger: Reader, instant: datetime) -> Plan:
    """Return the plan as last recorded before `instant`; before the first record the first holds."""
    version = ledger.version_known_by(call.plan.id, instant)
    if version is None:
        return call.plan
    plan = call.plan
    if version.digest != plan.digest:
        plan = compiled_plan(version.text.encode(), call.filed.path.name, call.workspace.cache)
    # A later release may know more holidays: the past keeps the working days that it was seen with.
    return plan if version.calendar is None else plan._replace(calendar=calendar_of(version.calendar))


def chosen(plan: Plan, everything: tuple[Standing, ...], words: list[str], on: date) -> tuple[Standing, ...]:
    """Return the standings on the day `on` of the goals (or `GOAL.TARGET`) that `words` name; all without any."""
    if not words:
        return everything
    wanted = set()
    for word in words:
        goal, target = find_target(plan, word, on)
        wanted |= {(goal.id, one.id) for one in ([target] if target else goal.targets)}
    return tuple(standing for standing in everything if standing.key in wanted)


def of_lead(everything: tuple[Standing, ...], lead: str) -> tuple[Standing, ...]:
    """Return the standings that a department leads.

    Raises:
        UsageError: it leads none.
    """
    leads = list(dict.fromkeys(standing.goal.lead for standing in everything))
    named = [name for name in leads if name == lead] or [name for name in leads if lead in name]
    if len(named) != 1:
        raise UsageError("cli.unknown-lead", word=lead, known=tuple(leads))
    return tuple(standing for standing in everything if standing.goal.lead == named[0])


def gone_plans(ledger: Reader, known: Collection[str]) -> tuple[Message, ...]:
    """Return a line for each plan that has entries and is none of the `known` ids: its file is gone, or renamed."""
    counts = {id: sum(ledger.entry_counts(id).values()) for id in ledger.plans() if id not in known}
    return tuple(message("reports.plan-gone", plan=id, n=n) for id, n in counts.items() if n)


def undeclared(ledger: Reader, plan: Plan, instant: datetime | None = None) -> tuple[Words, ...]:
    """Return what must be said above a status: targets changed without a revision, goals gone, as then known."""
    if instant is None:
        accepted = ledger.accepted_rows(plan.id)
    else:
        version = ledger.version_known_by(plan.id, instant)
        accepted = version.accepted if version else None
    if accepted is None:
        return ()
    changes = [message("reports.undeclared", change=change.message) for change in changed(accepted, plan)]
    return tuple(changes)
