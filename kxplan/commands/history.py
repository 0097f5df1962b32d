"""`history`: entries with who, when, why, and what was corrected."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.correct import entry_number
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.model.entry import Entry
from kxplan.plans.finder import find_target
from kxplan.render.records import VERSION, entry_record
from kxplan.reports.history import gaps_between, history_page, life_page
from kxplan.reports.page import Page, Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kxplan.commands.call import Call

_NEWEST = 20
_MOST_GAPS = 8


class _Asked(NamedTuple):
    """What the options ask for."""

    most: int | None
    as_of: date | None
    known_by: datetime | None


def history(
    ctx: Context,
    goal: Annotated[str | None, Argument(metavar="GOAL|N", autocompletion=goal_words)] = None,
    limit: Annotated[str | None, Option("--limit", metavar="N")] = None,
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
) -> None:
    """Show entries: newest first on the screen, all by number with --json."""
    call: Call = ctx.obj
    most = None if limit is None else _limit(limit)
    if goal is not None and goal.lstrip("#＃").isdecimal():
        number = entry_number(goal)
        call.speak_of(call.reading.entry(number).plan)
        _show_life(call, number, _asked(call, most, as_of, known_by))
    else:
        usual = None if call.as_json else _NEWEST
        _show_entries(call, goal, _asked(call, most or usual, as_of, known_by))


def _asked(call: Call, most: int | None, as_of: str | None, known_by: str | None) -> _Asked:
    return _Asked(most, call.day(as_of, or_today=False), call.known_by(call.day(known_by, or_today=False)))


def _show_life(call: Call, number: int, asked: _Asked) -> None:
    ledger = call.reading
    entries = [
        entry
        for entry in ledger.life(number, known_by=asked.known_by)
        if asked.as_of is None or entry.day <= asked.as_of
    ]
    if asked.most is not None:
        entries = entries[-asked.most :]
    if call.as_json:
        _answer(call, entries)
        return
    known = asked.known_by
    papers = [each for each in ledger.evidence(call.plan.id) if known is None or each.recorded_at < known]
    call.show(life_page(entries, call.plan, call.local, papers) if entries else _nothing(call))


def _show_entries(call: Call, word: str | None, asked: _Asked) -> None:
    plan, most = call.plan, asked.most
    title: Words = message("reports.history-all", plan=plan.title)
    goals, target = None, None
    if word is not None:
        title, goals, target = _named(call, word)
    entries = call.reading.history(
        plan.id,
        goals=goals,
        target=target,
        limit=None if most is None else most + 1,
        known_by=asked.known_by,
        as_of=asked.as_of,
    )
    hidden = most is not None and len(entries) > most
    entries = entries[:most]
    if call.as_json:
        _answer(call, entries)
        return
    quiet: list[Words] = [message("reports.more-entries")] if hidden else []
    if goals is None and asked.as_of is None and (missing := gaps_between(entries)):
        numbers = tuple(message("reports.hash", number=number) for number in missing[:_MOST_GAPS])
        quiet.append(message("reports.numbers-between", numbers=numbers, first=missing[0]))
    call.show(history_page(title, entries, plan, call.local, quiet=quiet, is_of_one_goal=goals is not None))


def _named(call: Call, word: str) -> tuple[Words, tuple[str, ...], str | None]:
    """Return the title, the ids and the target that a word names; entries of a goal that is gone go by its id."""
    if call.plan.goal(word) is None and call.reading.history(call.plan.id, goals=(word,), limit=1):
        return message("reports.history-gone", goal=word), (word,), None
    found, target = find_target(call.plan, word, call.today)
    title = message("reports.history-title", goal=found.title)
    return title, (found.id, *found.formerly), target.id if target else None


def _nothing(call: Call) -> Page:
    return history_page(
        message("reports.history-all", plan=call.plan.title), (), call.plan, call.local, quiet=(), is_of_one_goal=False
    )


def _answer(call: Call, entries: Sequence[Entry]) -> None:
    ordered = sorted(entries, key=lambda entry: entry.number)
    call.answer({"kxplan": VERSION, "entries": [entry_record(entry) for entry in ordered]})


def _limit(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or int(text) == 0:
        raise UsageError("cli.bad-limit", text=text)
    return int(text)
