"""`done`: a milestone or one of its steps is completed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.log import checked_key
from kxplan.commands.logged import answer_entries
from kxplan.commands.work_day import work_day
from kxplan.dates import now
from kxplan.errors import UsageError
from kxplan.model.entry import NewEntry
from kxplan.plans.finder import find_step
from kxplan.text import cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def done(
    ctx: Context,
    goal: Annotated[str, Argument(metavar="GOAL[.STEP]", autocompletion=goal_words)],
    day: Annotated[str | None, Option("-d", "--day", metavar="DAY")] = None,
    note: Annotated[str | None, Option("-n", "--note", metavar="NOTE")] = None,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
    key: Annotated[str | None, Option("--key", metavar="KEY")] = None,
) -> None:
    """Complete a milestone, or one step of it."""
    call: Call = ctx.obj
    found, step = find_step(call.plan, goal, call.today)
    target = found.targets[0]
    if target.kind != "milestone":
        raise UsageError("cli.done-not-milestone", goal=found.title, id=found.id)
    on = work_day(call, day)
    steps = target.in_force(on).steps
    wanted = tuple(each.id for each in steps) if step is None else (step.id,)
    ledger = call.writing
    entry = NewEntry(found.id, target.id, on, None, steps=wanted, note=cleaned(note or "", lines=True) or None)
    whose = cleaned(who or "") or call.who
    version = call.version(ledger)
    recorded = ledger.record(
        version,
        (entry,),
        act="done",
        who=whose,
        recorded_at=now(),
        key=checked_key(key),
        content=[call.plan.id, "done", whose, None if day is None else on.isoformat(), found.id, wanted, entry.note],
    )
    answer_entries(call, ledger, version, recorded)
