"""Table: a sheet's rows under the headings that an entry needs, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from kxplan.errors.intake import UnreadableSheetError
from kxplan.intake.guard import Limits, guarded_lines
from kxplan.intake.kinds import refuse_other_kinds
from kxplan.intake.workbook import UNCALCULATED
from kxplan.message import Message, message
from kxplan.model.form import AMOUNT, DAY, GOAL, OWN_SHEETS, PLAN_LABELS, column_of, is_own_name, unit_in
from kxplan.text import folded

MERGED = "\0merged"
"""Stands in every cell of a merged amount but the first: it belongs to no one row."""


class SheetRow(NamedTuple):
    """A row below recognised headings."""

    number: int
    values: dict[str, str]
    """What stands in each recognised column that is not blank there, by the column's id."""
    places: dict[str, str]
    """Where each recognised column stands, as `填报!B`, or `B` in a csv; under "" the first of them."""

    def place(self, *columns: str) -> str:
        """Return the cell of the first of `columns` that there is, as `填报!B5`; of none the row's first cell."""
        column = next((column for column in columns if column in self.places), "")
        return f"{self.places[column]}{self.number}"


class Table:
    """The rows of one file, read once; what was seen besides them is known when the reading is over."""

    def __init__(
        self, path: Path, breakdowns: Sequence[str], on_progress: Callable[[float], None], *, is_alone: bool = True
    ) -> None:
        """Take a file; `on_progress` hears the share that was read; where it is not alone, its cells bear its name."""
        self.name = None if is_alone else path.name
        """What the cells are named with besides their sheet."""
        self.plan_ids: set[str] = set()
        """The plans that the sheets say they belong to."""
        self.subtotals = 0
        """How many rows only add up others."""
        self.hidden: list[str] = []
        """The titles of hidden sheets, which are not read."""
        self.hidden_rows = 0
        """How many rows were read that nobody sees."""
        self.unread: list[str] = []
        """The titles of sheets without recognisable headings."""
        self.unused: dict[str, None] = {}
        """The headings of columns that are not taken."""
        self._path = path
        self._nearest: tuple[str, dict[str, int]] | None = None
        """The first cell of the row that is nearest to headings, and the columns that it names."""
        self._breakdowns = breakdowns
        self._on_progress = on_progress

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that may be entries: below headings, neither blank nor a subtotal.

        Raises:
            UnreadableSheetError: with the reason and how to get a usable file.
        """
        refuse_other_kinds(self._path)
        sheet: _Sheet | None = None
        is_headed = False
        for value in guarded_lines("kxplan.intake.sheet", self._path, _LIMITS):
            if not isinstance(value, dict) or "refused" in value:
                refused = value if isinstance(value, dict) else {"refused": value}
                raise UnreadableSheetError(str(refused["refused"]), file=self._path.name, row=refused.get("row"))
            if "sheet" in value:
                is_headed |= self._leave(sheet)
                sheet = _Sheet(value, self)
            elif sheet is not None:
                yield from sheet.rows(value["rows"])
                self._on_progress(value["at"])
        if not self._leave(sheet) and not is_headed:
            raise self._without_headings()

    def columns_of(self, sheet: str | None, number: int, cells: Sequence[str]) -> dict[str, int] | None:
        """Return where the columns stand when the row `number` is headings; None when it is not.

        Raises:
            UnreadableSheetError: two columns may be meant for the day, or for the amount.
        """
        named: dict[str, list[int]] = {}
        for at, text in enumerate(cells, 1):
            is_short = len(text) <= _LONGEST_HEADING or text in self._breakdowns
            column = column_of(text, self._breakdowns) if text and is_short else None
            if column is not None:
                named.setdefault(column, []).append(at)
        if "target" in named and "goal" not in named:
            named["goal"] = named.pop("target")
        found = {column: _own(places, cells)[0] for column, places in named.items()}
        if "day" in found and "goal" in found and _WHAT & found.keys():
            for column in _ONE_OF_EACH & found.keys():
                self._refuse_twice(sheet, number, cells, _own(named[column], cells))
            return found
        if len(found) > (1 if self._nearest is None else len(self._nearest[1])):
            self._nearest = (f"{_place(sheet, min(found.values()))}{number}", found)
        return None

    def _refuse_twice(self, sheet: str | None, number: int, cells: Sequence[str], places: Sequence[int]) -> None:
        if len(places) > 1:
            cell, other = (f"{_place(sheet, at)}{number} {cells[at - 1]}" for at in places[:2])
            raise UnreadableSheetError("two-columns", file=self._path.name, cell=cell, other=other)

    def _without_headings(self) -> UnreadableSheetError:
        file = self._path.name
        if self._nearest is not None:
            cell, found = self._nearest
            lacking: list[Message] = [message(column.title) for column in (DAY, GOAL) if column.id not in found]
            if not _WHAT & found.keys():
                lacking.append(message(AMOUNT.title))
            return UnreadableSheetError("lacking-headings", file=file, cell=cell, lacking=tuple(lacking))
        if self.hidden:
            return UnreadableSheetError("hidden-headings", file=file, names=tuple(self.hidden))
        return UnreadableSheetError("no-headings", file=file)

    def _leave(self, sheet: _Sheet | None) -> bool:
        """Take leave of a sheet; tell whether it had headings."""
        if sheet is None:
            return False
        title = sheet.title or ""
        if self.plan_ids and folded(title) in OWN_SHEETS:
            return sheet.is_headed
        if sheet.is_hidden:
            self.hidden.append(title)
        elif not sheet.is_headed:
            self.unread.append(title)
        self.unused.update(dict.fromkeys(sheet.unused))
        return sheet.is_headed


def _place(sheet: str | None, column: int) -> str:
    """Return a cell without its row: `填报!B`."""
    return f"{'' if sheet is None else f'{sheet}!'}{column_letters(column)}"


def _own(places: list[int], cells: Sequence[str]) -> list[int]:
    """Return the places of headings that mean their column and nothing else; all where there are none."""
    return [at for at in places if is_own_name(cells[at - 1])] or places


def column_letters(number: int) -> str:
    """Return the name of a column, counted from 1: A, B, …, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LIMITS = Limits(memory_bytes=440 << 20, cpu_seconds=18, wall_seconds=21, answer_bytes=2 << 30)
_LONGEST_HEADING = 40
_WHAT = {"amount", "denominator", "done", "note"}
_ONE_OF_EACH = {"day", "amount"}
"""Columns of which a second one may be the one that was meant."""
_AMOUNTS = ("amount", "denominator", "done")
_SUBTOTAL = re.compile(
    r"[\s（(【]*(?:.{0,12}?(?:小\s*计|合\s*计|总\s*计|共\s*计)|[本年全月季周页期上下半至截\d.月日-]*累\s*计)"
    r"[）)】\s:：]*(?:[（(].{0,6}[）)])?|(?:grand |sub)?-?totals?[\s:：]*",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""1954 and 2119: a figure of five places between them in the column for the day is a date as sheets count them."""
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Source: ECMA-376, 18.17.4.1; the first makes up for the leap day that 1900 never had."""


def _adds_up(text: str) -> bool:
    """Tell whether a row with this text at its head only adds up others."""
    return len(text) <= _LONGEST_HEADING and _is_subtotal(text)


@lru_cache(10_000)
def _is_subtotal(text: str) -> bool:
    return _SUBTOTAL.fullmatch(text) is not None


class _Sheet:
    """One sheet on the way: its headings once they are found, and the merged cells that reach further down."""

    def __init__(self, value: dict[str, Any], table: Table) -> None:
        self.title = cast("str | None", value["sheet"])
        self.is_hidden = bool(value["hidden"])
        self._first_day = _FIRST_DAY_1904 if value["starts_1904"] else _FIRST_DAY
        self._table = table
        self.unused: list[str] = []
        """The headings of columns that are not taken, of every row of headings that had rows."""
        self._spare: list[str] = []
        """Those of the newest row of headings."""
        self._hidden_rows = frozenset(value["hidden_rows"])
        self._columns: dict[str, int] = {}
        self._places: dict[str, str] = {}
        self._unit: str | None = None
        self._merges: dict[int, list[tuple[int, int]]] = {}
        """The columns merged downwards that begin in a row, each with its last row."""
        for top, left, bottom, _ in value["merges"]:
            if bottom > top:
                self._merges.setdefault(top, []).append((left, bottom))
        self._held: dict[int, tuple[int, str]] = {}
        """By column: the last row that a merged cell reaches, and what stands in it."""

    @property
    def is_headed(self) -> bool:
        """Whether headings were found."""
        return bool(self._columns)

    def rows(self, raw: Sequence[tuple[int, list[str]]]) -> Iterator[SheetRow]:
        """Yield the rows among `raw` that may be entries."""
        for number, cells in raw:
            if self._merges:
                self._lay_merged(number, cells)
            day = self._columns.get("day", 0)
            if not (0 < day <= len(cells) and cells[day - 1][:1].isdecimal()) and self._are_headings(number, cells):
                continue
            if not self._columns:
                self._look_for_plan(cells)
                continue
            values = {
                column: cells[at - 1] for column, at in self._columns.items() if at <= len(cells) and cells[at - 1]
            }
            if _WHAT.isdisjoint(values) and not ("day" in values and "goal" in values):
                continue
            first = next(filter(None, cells))
            if "act" not in values and (_adds_up(first) or _adds_up(values.get("goal", ""))):
                self._table.subtotals += 1
                continue
            if self._spare:
                self.unused += self._spare
                self._spare.clear()
            if self._hidden_rows:
                self._table.hidden_rows += number in self._hidden_rows
            yield SheetRow(number, self._completed(values), self._places)

    def _are_headings(self, number: int, cells: Sequence[str]) -> bool:
        columns = self._table.columns_of(self.title, number, cells)
        if columns is None:
            return False
        self._columns = columns
        named = [("", min(columns.values())), *columns.items()]
        called = " ".join(filter(None, (self._table.name, self.title))) or None
        self._places = {column: _place(called, at) for column, at in named}
        self._unit = None if "unit" in columns or "amount" not in columns else unit_in(cells[columns["amount"] - 1])
        self._spare = [text for at, text in enumerate(cells, 1) if text and at not in columns.values()]
        return True

    def _look_for_plan(self, cells: Sequence[str]) -> None:
        """Take the plan's id from beside its label, as the form has it above its headings."""
        for at, text in enumerate(cells):
            if text and folded(text).rstrip("：:") in PLAN_LABELS:
                self._table.plan_ids.update([text for text in cells[at + 1 :] if text][:1])

    def _lay_merged(self, number: int, cells: list[str]) -> None:
        for column, (last, text) in list(self._held.items()):
            if number > last:
                del self._held[column]
                continue
            cells.extend([""] * (column - len(cells)))
            is_amount = column in (self._columns.get(name) for name in _AMOUNTS)
            cells[column - 1] = MERGED if is_amount and text else text
        for column, last in self._merges.get(number, ()):
            self._held[column] = (last, cells[column - 1] if column <= len(cells) else "")

    def _completed(self, values: dict[str, str]) -> dict[str, str]:
        """Return the values with the unit of the headings, and a day in place of its number."""
        if values.get("unit") == UNCALCULATED:
            del values["unit"]
        if self._unit is not None:
            values["unit"] = self._unit
        day = values.get("day", "")
        serial = _SERIAL.fullmatch(day) if day[4:5].isdigit() else None
        if serial and _FIRST_SERIAL <= int(serial[1]) <= _LAST_SERIAL:
            values["day"] = (self._first_day + timedelta(days=int(serial[1]))).isoformat()
        return values
