"""Mailed plans: which plans a run of `mail` concerns, each with a call of its own, and when its week begins."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import TYPE_CHECKING

from kxplan.calendar import working_calendar
from kxplan.dates import Period
from kxplan.delivery.due import first_working_day
from kxplan.errors.plans import NoPlanError
from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.plans.shelf import Filed
from kxplan.progress.curve import working_days

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def mailed_plans(call: Call) -> tuple[Filed, ...]:
    """Return every plan of the workspace, compiled anew, or the one that `--plan` names.

    Broken files are named on stderr; the others go out.

    Raises:
        NoPlanError, UnknownPlanError, PlanInvalidError: as `Shelf.choose` does.
    """
    shelf = call.shelf_anew
    if call.plan_id is not None:
        return (shelf.choose(call.plan_id, call.today),)
    if not shelf.filed and not shelf.broken:
        raise NoPlanError
    for broken in shelf.broken:
        call.warn(message("cli.broken-plan", file=broken.path.name, n=len(broken.error.problems)))
        call.exit_code = broken.error.exit_code
    return shelf.filed


def calls_of(call: Call, plans: tuple[Filed, ...]) -> Iterator[Call]:
    """Yield a call for each plan, on the same ledger and the same day."""
    for filed in plans:
        each = call.again()
        each.plan_id = filed.plan.id
        each.workspace, each.settings, each.tr, each.today = call.workspace, call.settings, call.tr, call.today
        each.filed = filed
        yield each


def may_go_out(plan: Plan, today: date) -> bool:
    """Tell whether the week's first working day has come, by the plan's own calendar where it holds the day."""
    return first_working_day(today, lambda day: _is_working(plan, day)) is not None


def _is_working(plan: Plan, day: date) -> bool:
    only = Period(day, day)
    calendar = plan.calendar if day in plan.period else working_calendar(Period(day, day + timedelta(days=1)))
    return working_days(calendar, only) == 1
