"""The answer of a writing command: `#N` for each entry, and where its target stands now."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

from kxplan.commands.figures import accounts
from kxplan.message import Message, message
from kxplan.model.entry import Entry, PlanVersion
from kxplan.model.plan import Plan
from kxplan.model.tally import Account
from kxplan.plans.rows import Change, changed
from kxplan.progress.standing import Standing, standing
from kxplan.render.records import VERSION, entry_record, standing_record
from kxplan.reports.entries import entry_line, is_lacking, standing_line

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite_reader import SqliteReader


def answer_entries(call: Call, ledger: SqliteReader, version: PlanVersion, entries: Sequence[Entry]) -> None:
    """Write the entries with their numbers, and the standing today of every target they touch.

    `version` is the plan that they were recorded under: what of their goals was changed in silence is told.
    """
    _answer(call, ledger, entries)
    for change in _undeclared(call.plan, version, {entry.goal for entry in entries}):
        call.note(message("reports.undeclared", change=change.message))


def _undeclared(plan: Plan, version: PlanVersion, goals: Collection[str]) -> Iterable[Change]:
    if version.accepted is None or version.accepted == version.rows:
        return ()
    return (change for change in changed(version.accepted, plan) if change.goal in goals)


def _answer(call: Call, ledger: SqliteReader, entries: Sequence[Entry]) -> None:
    standings = touched_standings(call, ledger, {(entry.goal, entry.target) for entry in entries})
    if call.as_json:
        record = {
            "kxplan": VERSION,
            "entries": [entry_record(entry) for entry in entries],
            "standing": [standing_record(each) for each in standings],
        }
        call.answer(record)
        return
    for entry in entries[:_MOST_LISTED]:
        call.say(entry_line(entry, call.plan))
    if len(entries) > _MOST_LISTED:
        call.say(message("cli.more-entries", n=len(entries) - _MOST_LISTED, last=entries[-1].number))
    for each in standings:
        call.say(_indented(standing_line(each)))
    for entry in entries:
        if is_lacking(call.plan, entry):
            call.note(message("evidence.hint", number=entry.number))


_MOST_LISTED = 20
"""An import that is taken back has as many as it likes."""


def touched_standings(call: Call, ledger: SqliteReader, touched: Collection[tuple[str, str]]) -> list[Standing]:
    """Return the standings today of the targets in `touched`, goal ids with target ids, in plan order."""
    plan, on = call.plan, call.today
    if not touched:
        return []
    meant = [
        (goal, target)
        for goal in plan.goals
        for target in goal.targets
        if any((id, target.id) in touched or (id, id) in touched for id in goal.ids)
    ]
    ids = dict.fromkeys(id for goal, _ in meant for id in goal.ids)
    held = accounts(ledger, plan, on, goals=tuple(ids))
    return [standing(plan, goal, target, held.get((goal.id, target.id), Account()), on) for goal, target in meant]


def _indented(line: Message) -> Message:
    return message("reports.indented", line=line)
