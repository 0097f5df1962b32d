"""Flat tables: one row of heads and rows of values, for formats that know no groups and no remarks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kxplan.locale import Translator
from kxplan.message import message
from kxplan.render.cells import row_notes
from kxplan.render.paper import has_bars
from kxplan.reports.page import Amount, Column, Table, Value, Words

NOTES, GROUP, UNIT = "notes", "group", "unit"
"""The keys of the columns that a flat table has beside its own."""


class Flat(NamedTuple):
    """A table whose bars are gone, whose groups and remarks are columns."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    """Each of as many values as there are columns."""


def flat(
    table: Table, tr: Translator, *, joint: str = "\n", with_groups: bool = True, with_units: bool = False
) -> Flat:
    """Return `table` flat: with a column for its groups, and one for the units of its amounts, where asked.

    `joint` stands between the remarks of one row.
    """
    kept = [index for index in range(len(table.columns)) if not has_bars(table, index)]
    columns = [table.columns[index] for index in kept]
    rows = [[row[index] for index in kept] for group in table.groups for row in group.rows]
    if any(group.notes for group in table.groups):
        for row, notes in zip(rows, _notes(table, tr), strict=True):
            row.append(joint.join(notes))
        columns.append(Column(NOTES, table.notes_title or message("report.column.notes")))
    if with_units and any(_unit(row) for row in rows):
        at = next((index for index, column in enumerate(columns) if column.key == "goal"), -1) + 1
        columns.insert(at, Column(UNIT, message("report.column.unit")))
        for row in rows:
            row.insert(at, _unit(row))
    if with_groups and any(group.title is not None for group in table.groups):
        columns.insert(0, Column(GROUP, table.grouped_by or message("report.column.section")))
        for row, title in zip(rows, _titles(table), strict=True):
            row.insert(0, title)
    return Flat(tuple(columns), tuple(tuple(row) for row in rows))


def without_empty(table: Flat) -> Flat:
    """Return a flat table without the columns that say nothing in any row."""
    kept = [
        index
        for index, column in enumerate(table.columns)
        if not column.keep or any(row[index] is not None for row in table.rows)
    ]
    return Flat(
        tuple(table.columns[index] for index in kept),
        tuple(tuple(row[index] for index in kept) for row in table.rows),
    )


def _notes(table: Table, tr: Translator) -> Iterator[list[str]]:
    """Yield the remarks under each row, each on one line."""
    for group in table.groups:
        notes = row_notes(group, tr)
        for at in range(len(group.rows)):
            yield [note.replace("\n", " ") for note in notes.get(at, ())]


def _titles(table: Table) -> Iterator[Words | None]:
    for group in table.groups:
        yield from [group.title] * len(group.rows)


def _unit(row: list[Value]) -> str | None:
    """Return the unit of a row's amounts, which are of one target."""
    return next((value.unit for value in row if isinstance(value, Amount) and value.unit), None)
