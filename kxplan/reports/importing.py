"""The preview of an import: what each row of a sheet becomes, and what is left out."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from kxplan.message import Message, message
from kxplan.model.entry import NewEntry
from kxplan.model.plan import Plan
from kxplan.reports.entries import details, target_of, title_of
from kxplan.reports.page import Amount, Block, Column, Page, Paragraph, Rows, Table, Value
from kxplan.text import shortened


class Previewed(NamedTuple):
    """A row of the sheet."""

    place: str
    entry: NewEntry
    is_known: bool


class LeftOut(NamedTuple):
    """What a file holds besides the rows taken."""

    subtotals: int = 0
    hidden: tuple[str, ...] = ()
    """The titles of hidden sheets."""
    unread: tuple[str, ...] = ()
    """The titles of sheets without the headings that are needed."""
    unused: tuple[str, ...] = ()
    """The headings of columns that are not taken."""
    hidden_rows: int = 0
    """How many rows were taken that nobody sees."""


def preview_page(plan: Plan, file: str, rows: Sequence[Previewed], n: int, known: int, left_out: LeftOut) -> Page:
    """Return the page of what an import would do; `rows` are the first of `n`, `known` of all were recorded before."""
    summary = message("import.summary", n=n - known, known=known) if n else message("import.no-rows", file=file)
    blocks: list[Block] = [Paragraph(summary)]
    if rows:
        blocks.append(Table(_COLUMNS, (Rows(tuple(_row(plan, row) for row in rows)),)))
    if n > len(rows):
        blocks.append(Paragraph(message("import.more-rows", n=n - len(rows)), "quiet"))
    blocks += [Paragraph(one, "quiet") for one in left_out_sentences(left_out)]
    return Page(message("import.preview", file=file), tuple(blocks))


def left_out_sentences(left_out: LeftOut) -> list[Message]:
    """Return what was left out of a file, and what was taken unseen, a sentence for each kind."""
    said = []
    if left_out.subtotals:
        said.append(message("import.subtotals", n=left_out.subtotals))
    if left_out.hidden_rows:
        said.append(message("import.hidden-rows", n=left_out.hidden_rows))
    for id, names in (("hidden", left_out.hidden), ("unread", left_out.unread), ("unused", left_out.unused)):
        if names:
            said.append(message(f"import.{id}", names=names))
    return said


_COLUMNS = (
    Column("cell", message("import.column.cell")),
    Column("day", message("reports.column.day")),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("amount", message("reports.column.amount"), "right"),
    Column("note", message("reports.column.note"), keep=1, min_width=12),
    Column("who", message("reports.column.who"), keep=2),
    Column("becomes", message("import.column.becomes")),
)


def _row(plan: Plan, row: Previewed) -> tuple[Value, ...]:
    entry = row.entry
    becomes = message("import.known" if row.is_known else "import.new")
    return (
        row.place,
        entry.day,
        title_of(plan, entry.goal),
        _amount(plan, entry),
        shortened(details(entry), _LONGEST_NOTE),
        entry.who or "",
        becomes,
    )


_LONGEST_NOTE = 120
"""So much of a note tells which one it is."""


def _amount(plan: Plan, entry: NewEntry) -> Value:
    if entry.amount is None:
        return message("reports.entry-done" if entry.steps else "reports.entry-note")
    target = target_of(plan, entry.goal, entry.target)
    if entry.denominator is not None:
        parts = {"numerator": Amount(Fraction(entry.amount)), "denominator": Amount(Fraction(entry.denominator))}
        return message("reports.ratio", **parts)
    return Amount(Fraction(entry.amount), target.unit if target else None)
