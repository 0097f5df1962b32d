"""`goals`: what can be logged: ids, aliases, units, leads; and who owes a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.figures import view
from kxplan.model.plan import Goal
from kxplan.plans.finder import matching_goals
from kxplan.progress.standing import Standing, is_unreported
from kxplan.render.records import VERSION, goal_record, standing_record
from kxplan.reports.goals import goals_page, silent_page

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def goals(
    ctx: Context,
    word: Annotated[str | None, Argument(metavar="WORD")] = None,
    silent: Annotated[bool, Option("--silent")] = False,
) -> None:
    """List the goals."""
    call: Call = ctx.obj
    listed = matching_goals(call.plan, word) if word else call.plan.goals
    if silent:
        _show_silent(call, listed)
    elif call.as_json:
        call.answer(
            {"kxplan": VERSION, "plan": call.plan.id, "goals": [goal_record(goal, call.today) for goal in listed]}
        )
    else:
        call.show(goals_page(call.plan, listed, call.today))


def _show_silent(call: Call, listed: tuple[Goal, ...]) -> None:
    ids = {goal.id for goal in listed}
    seen = view(call, call.reading)
    owing = tuple(one for one in seen.standings if one.goal.id in ids and _owes(one))
    if call.as_json:
        records = [
            {**standing_record(one), "owed_since": one.owed.start.isoformat() if one.owed else None} for one in owing
        ]
        call.answer({"kxplan": VERSION, "plan": seen.plan.id, "as_of": seen.on.isoformat(), "targets": records})
    else:
        call.show(silent_page(seen.plan, owing, seen.moment))


def _owes(standing: Standing) -> bool:
    return standing.state == "unreported" or (standing.state == "overdue" and is_unreported(standing))
