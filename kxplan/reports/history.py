"""History in words: entries in a table, and the whole life of one: who, when, why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from itertools import pairwise

from kxplan.message import Message, message
from kxplan.model.entry import Entry, Evidence
from kxplan.model.plan import Plan
from kxplan.reports.entries import details, entry_amount, is_lacking, title_of
from kxplan.reports.page import Block, Column, Page, Paragraph, Rows, Table, Value, Words

Clock = Callable[[datetime], datetime]
"""Turns an instant into what the office's clock showed then."""

COLUMNS = (
    Column("number", message("reports.column.number"), "right"),
    Column("day", message("reports.column.day")),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("amount", message("reports.column.amount"), "right"),
    Column("note", message("reports.column.note"), keep=2, min_width=12),
    Column("who", message("reports.column.who"), keep=3),
    Column("recorded", message("reports.column.recorded"), keep=4),
    Column("state", message("reports.column.state"), keep=1),
)


def history_page(
    title: Words, entries: Sequence[Entry], plan: Plan, clock: Clock, *, quiet: Sequence[Words], is_of_one_goal: bool
) -> Page:
    """Return the page of `history`: the entries in the order given, and below them what is said quietly.

    Where the title names the goal, the rows leave it out.
    """
    if not entries:
        return Page(title, (Paragraph(message("reports.no-entries"), "quiet"),))
    rows = tuple(_row(entry, plan, clock) for entry in entries)
    notes = tuple((index, note) for index, entry in enumerate(entries) for note in _notes(entry, plan))
    shown = [index for index, column in enumerate(COLUMNS) if not (is_of_one_goal and column.key == "goal")]
    blocks: list[Block] = [_table(COLUMNS, shown, rows, notes)]
    return Page(title, (*blocks, *(Paragraph(line, "quiet") for line in quiet)))


def life_page(entries: Sequence[Entry], plan: Plan, clock: Clock, evidence: Sequence[Evidence]) -> Page:
    """Return the page of one entry's life, oldest first: under each what it was recorded by, when and why.

    `evidence` may be of other entries too.
    """
    first = entries[0]
    title = message("reports.life-title", number=first.number, goal=title_of(plan, first.goal))
    rows = tuple(_row(entry, plan, clock) for entry in entries)
    notes = tuple((index, line) for index, entry in enumerate(entries) for line in _told(entry, plan, clock, evidence))
    kept = ["number", "day", "amount", "note", "state"]
    if len({entry.goal for entry in entries}) > 1:
        kept.append("goal")
    shown = [index for index, column in enumerate(COLUMNS) if column.key in kept]
    return Page(title, (_table([column._replace(keep=0) for column in COLUMNS], shown, rows, notes),))


def _table(
    columns: Sequence[Column],
    shown: Sequence[int],
    rows: Sequence[tuple[Value, ...]],
    notes: tuple[tuple[int, Message], ...],
) -> Table:
    cells = tuple(tuple(row[index] for index in shown) for row in rows)
    return Table(tuple(columns[index] for index in shown), (Rows(cells, notes=notes),))


def gaps_between(entries: Sequence[Entry]) -> tuple[int, ...]:
    """Return the numbers between those of `entries`, which are all of a plan and newest first, that none has."""
    return tuple(
        missing
        for later, earlier in pairwise(entry.number for entry in entries)
        for missing in range(later - 1, earlier, -1)
    )


def _row(entry: Entry, plan: Plan, clock: Clock) -> tuple[Value, ...]:
    return (
        message("reports.hash", number=entry.number),
        entry.day,
        title_of(plan, entry.goal),
        entry_amount(entry, plan),
        details(entry),
        entry.who,
        clock(entry.recorded_at),
        _state(entry),
    )


def _notes(entry: Entry, plan: Plan) -> Iterator[Message]:
    if entry.reason:
        yield message("reports.because", reason=entry.reason)
    if is_lacking(plan, entry):
        yield message("show.no-evidence")


def _told(entry: Entry, plan: Plan, clock: Clock, evidence: Sequence[Evidence]) -> Iterator[Message]:
    at = clock(entry.recorded_at)
    if entry.reason:
        yield message("reports.life-why", who=entry.who, at=at, reason=entry.reason)
    else:
        yield message("reports.life-by", who=entry.who, at=at)
    for piece in evidence:
        if piece.entry == entry.number:
            yield message("evidence.told", name=piece.name, who=piece.who, at=clock(piece.recorded_at))
    if is_lacking(plan, entry):
        yield message("show.no-evidence")


def _state(entry: Entry) -> Message:
    if entry.act == "fix" and entry.state == "counted":
        return message("reports.entry-state.fix", corrects=entry.corrects or 0)
    if entry.state == "counted":
        return message("reports.entry-state.counted")
    return message(f"reports.entry-state.{entry.state}", by=entry.corrected_by or 0)
