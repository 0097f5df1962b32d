"""`fix`, `void`, `undo`: corrections, each an entry of its own; nothing is changed in place."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.confirm import confirm
from kxplan.commands.log import doubts
from kxplan.commands.logged import answer_entries
from kxplan.commands.work_day import work_day
from kxplan.dates import now
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.model.entry import Entry, NewEntry
from kxplan.model.plan import Target
from kxplan.plans.finder import find_target
from kxplan.plans.words import Logged, read_amounts
from kxplan.reports.entries import target_of
from kxplan.text import MINUS, cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def fix(
    ctx: Context,
    number: Annotated[str, Argument(metavar="N")],
    amount: Annotated[list[str] | None, Argument(metavar="AMOUNT")] = None,
    day: Annotated[str | None, Option("-d", "--day", metavar="DAY")] = None,
    goal: Annotated[str | None, Option("--goal", metavar="GOAL[.TARGET]", autocompletion=goal_words)] = None,
    reason: Annotated[str | None, Option("--reason", metavar="REASON")] = None,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
    yes: Annotated[bool, Option("-y", "--yes")] = False,
) -> None:
    """Correct an entry by a new one."""
    call: Call = ctx.obj
    why = _reason(reason)
    ledger = call.writing
    wrong = ledger.entry(entry_number(number))
    call.speak_of(wrong.plan)
    if not amount and day is None and goal is None:
        raise UsageError("cli.fix-nothing", number=wrong.number)
    target = _target(call, wrong, goal)
    on = wrong.day if day is None else work_day(call, day)
    value = _value(call, wrong, target, amount or [])
    if value.amount is not None:
        draft = NewEntry(target.goal, target.id, on, value.amount, value.denominator)
        confirm(call, doubts(call, ledger, draft, besides=wrong.number), yes=yes)
    version = call.version(ledger)
    fixed = ledger.fix(
        version,
        wrong.number,
        goal=target.goal,
        target=target.id,
        day=on,
        amount=value.amount,
        denominator=value.denominator,
        reason=why,
        who=cleaned(who or "") or call.who,
        recorded_at=now(),
    )
    answer_entries(call, ledger, version, (fixed,))


def void(
    ctx: Context,
    number: Annotated[str, Argument(metavar="N")],
    reason: Annotated[str | None, Option("--reason", metavar="REASON")] = None,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
) -> None:
    """Take an entry back."""
    call: Call = ctx.obj
    why = _reason(reason)
    ledger = call.writing
    wrong = ledger.entry(entry_number(number))
    call.speak_of(wrong.plan)
    version = call.version(ledger)
    voided = ledger.void(
        version,
        wrong.number,
        reason=why,
        who=cleaned(who or "") or call.who,
        recorded_at=now(),
    )
    answer_entries(call, ledger, version, (voided,))


def undo(
    ctx: Context,
    who: Annotated[str | None, Option("--who", metavar="WHO")] = None,
) -> None:
    """Take back the last log or done of the same person."""
    call: Call = ctx.obj
    ledger = call.writing
    whose = cleaned(who or "") or call.who
    call.speak_of(ledger.to_undo(whose).plan)
    version = call.version(ledger)
    voided = ledger.undo(version, who=whose, recorded_at=now())
    answer_entries(call, ledger, version, voided)


def entry_number(text: str) -> int:
    """Return the number of an entry: `17` or `#17`.

    Raises:
        UsageError: not a number.
    """
    word = text.strip().lstrip("#＃").replace(MINUS, "-")
    if not word.isdecimal() or len(word) > 15:
        raise UsageError("cli.bad-number", text=text.replace(MINUS, "-"))
    return int(word)


def _reason(text: str | None) -> str:
    why = cleaned(text or "")
    if not why:
        raise UsageError("cli.missing-reason")
    return why


def _target(call: Call, wrong: Entry, goal: str | None) -> Target:
    if goal is None:
        target = target_of(call.plan, wrong.goal, wrong.target)
        if target is None:
            raise UsageError("cli.fix-goal-gone", number=wrong.number, goal=wrong.goal)
        return target
    found, target = find_target(call.plan, goal, call.today)
    if target is None and len(found.targets) > 1:
        choices = tuple(
            message("cli.target-choice", id=f"{found.id}.{each.id}", unit=each.unit or "") for each in found.targets
        )
        raise UsageError("cli.which-target", text=goal, goal=found.title, targets=choices)
    return target or found.targets[0]


def _value(call: Call, wrong: Entry, target: Target, words: list[str]) -> Logged:
    if words:
        found = call.plan.goal(target.goal)
        if found is None:
            raise UsageError("cli.fix-goal-gone", number=wrong.number, goal=wrong.goal)
        amounts, pairs = read_amounts(found, target, [word.replace(MINUS, "-") for word in words])
        if pairs or len(amounts) != 1:
            raise UsageError("cli.fix-one-amount")
        return amounts[0]
    return Logged(target, wrong.amount, wrong.denominator)
