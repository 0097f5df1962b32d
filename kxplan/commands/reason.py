"""`reason`: why a light is yellow or red, what is done about it, and by when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.dates import now, parse_coming_day
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.plans.finder import find_goal
from kxplan.render.records import VERSION, reason_record
from kxplan.reports.remarks import reason_line
from kxplan.text import cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def reason(
    ctx: Context,
    goal: Annotated[str, Argument(metavar="GOAL", autocompletion=goal_words)],
    text: Annotated[str, Argument(metavar="TEXT")],
    measure: Annotated[str | None, Option("--measure", metavar="M")] = None,
    until: Annotated[str | None, Option("--until", metavar="DAY")] = None,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
) -> None:
    """Record why a light is yellow or red."""
    call: Call = ctx.obj
    found = find_goal(call.plan, goal, call.today)
    why = cleaned(text)
    if not why:
        raise UsageError("show.empty-reason", goal=found.id)
    day = _until(call, until)
    ledger = call.writing
    given = ledger.add_reason(
        call.version(ledger), found.id, why, measure=cleaned(measure or "") or None, until=day, day=call.today,
        who=cleaned(who or "") or call.who, recorded_at=now(),
    )  # fmt: skip
    if call.as_json:
        call.answer({"kxplan": VERSION, "reason": reason_record(given)})
    else:
        line = reason_line(given, call.today)
        call.say(message("show.reason-recorded", number=given.number, goal=found.title, line=line))


def _until(call: Call, text: str | None) -> date | None:
    if text is None:
        return None
    day = parse_coming_day(text, call.today, call.plan.period)
    if day < call.today:
        raise UsageError("show.until-past", day=day, today=call.today)
    return day
