"""`history`: entries with who, when, why, and what was corrected."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.correct import entry_number
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.plans.finder import find_target
from kxplan.render.records import VERSION, entry_record
from kxplan.reports.entries import history_page

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_NEWEST = 20


def history(
    ctx: Context,
    goal: Annotated[str | None, Argument(metavar="GOAL|N", autocompletion=goal_words)] = None,
    limit: Annotated[str | None, Option("--limit", metavar="N")] = None,
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
) -> None:
    """Show entries: newest first on the screen, all by number with --json."""
    call: Call = ctx.obj
    ledger = call.reading
    most = _limit(limit) if limit is not None else None if call.as_json else _NEWEST
    plan = call.plan
    if goal is not None and goal.lstrip("#＃").isdecimal():
        entries = ledger.life(entry_number(goal))
        title = message("reports.life-title", number=entry_number(goal))
        papers = ledger.evidence()
        hidden = 0
    else:
        papers = ()
        found, target = find_target(plan, goal) if goal is not None else (None, None)
        entries = ledger.history(
            plan.id,
            goals=(found.id, *found.formerly) if found else None,
            target=target.id if target else None,
            limit=None if most is None else most + 1,
            known_by=call.known_by(call.day(known_by, or_today=False)),
            as_of=call.day(as_of, or_today=False),
        )
        title = (
            message("reports.history-title", goal=found.title)
            if found
            else message("reports.history-all", plan=plan.title)
        )
        hidden = 0
        if most is not None and len(entries) > most:
            entries, hidden = entries[:most], 1
    if call.as_json:
        ordered = sorted(entries, key=lambda entry: entry.number)
        call.answer({"kxplan": VERSION, "entries": [entry_record(entry) for entry in ordered]})
        return
    call.show(history_page(title, entries, plan, hidden=hidden, evidence=papers))


def _limit(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) == 0:
        raise UsageError("cli.bad-limit", text=text)
    return int(text)
