"""Table: a sheet's rows under the headings that an entry needs, whatever stands around them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple, cast

from kxplan.errors import os_reason
from kxplan.errors.intake import UnreadableSheetError
from kxplan.intake.guard import Limits, guarded_lines
from kxplan.intake.workbook import UNCALCULATED
from kxplan.model.form import PLAN_LABELS, column_of, unit_in
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
        return f"{next(filter(None, map(self.places.get, (*columns, ''))))}{self.number}"


class Table:
    """The rows of one file, read once; what was seen besides them is known when the reading is over."""

    def __init__(self, path: Path, breakdowns: Sequence[str], on_progress: Callable[[float], None]) -> None:
        """Take a file; `on_progress` hears the share that was read."""
        self.plan_id: str | None = None
        """The plan that the sheet says it belongs to."""
        self.subtotals = 0
        """How many rows only add up others."""
        self.hidden: list[str] = []
        """The titles of hidden sheets, which are not read."""
        self.unread: list[str] = []
        """The titles of sheets without recognisable headings."""
        self.unused: list[str] = []
        """The headings of columns that are not taken."""
        self._path = path
        self._breakdowns = breakdowns
        self._on_progress = on_progress

    def rows(self) -> Iterator[SheetRow]:
        """Yield the rows that may be entries: below headings, neither blank nor a subtotal.

        Raises:
            UnreadableSheetError: with the reason and how to get a usable file.
        """
        _refuse_other_kinds(self._path)
        sheet: _Sheet | None = None
        is_headed = False
        for value in guarded_lines("kxplan.intake.sheet", self._path, _LIMITS):
            if not isinstance(value, dict) or "refused" in value:
                reason = value["refused"] if isinstance(value, dict) else value
                raise UnreadableSheetError(str(reason), file=self._path.name)
            if "sheet" in value:
                is_headed |= self._leave(sheet)
                sheet = _Sheet(value, self)
            elif sheet is not None:
                yield from sheet.rows(value["rows"])
                self._on_progress(value["at"])
        if not self._leave(sheet) and not is_headed:
            raise UnreadableSheetError("no-headings", file=self._path.name)

    def columns_of(self, cells: Sequence[str]) -> dict[str, int] | None:
        """Return where the columns stand when `cells` are headings; None when they are not."""
        found: dict[str, int] = {}
        for at, text in enumerate(cells, 1):
            is_short = len(text) <= _LONGEST_HEADING or text in self._breakdowns
            column = column_of(text, self._breakdowns) if text and is_short else None
            if column is not None:
                found.setdefault(column, at)
        if "target" in found and "goal" not in found:
            found["goal"] = found.pop("target")
        if "day" not in found or "goal" not in found or not _WHAT & found.keys():
            return None
        return found

    def _leave(self, sheet: _Sheet | None) -> bool:
        """Take leave of a sheet; tell whether it had headings."""
        if sheet is None:
            return False
        if sheet.is_hidden:
            self.hidden.append(sheet.title or "")
        elif not sheet.is_headed:
            self.unread.append(sheet.title or "")
        return sheet.is_headed


def column_letters(number: int) -> str:
    """Return the name of a column, counted from 1: A, B, …, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LIMITS = Limits(memory_bytes=440 << 20, cpu_seconds=18, wall_seconds=21, answer_bytes=2 << 30)
_LONGEST_HEADING = 40
_LARGEST_FILE = 200 << 20
_LARGEST_WORKBOOK = 50 << 20
_WHAT = {"amount", "denominator", "done", "note"}
_AMOUNTS = ("amount", "denominator", "done")
_SUBTOTAL = re.compile(
    r"[\s（(【]*.{0,12}?(?:小\s*计|合\s*计|总\s*计|共\s*计)[）)】\s:：]*|(?:grand |sub)?-?totals?[\s:：]*",
    re.IGNORECASE,
)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
_FIRST_SERIAL, _LAST_SERIAL = 20_000, 80_000
"""1954 and 2119: a figure of five places between them in the column for the day is a date as sheets count them."""
_FIRST_DAY, _FIRST_DAY_1904 = date(1899, 12, 30), date(1904, 1, 1)
"""Source: ECMA-376, 18.17.4.1; the first makes up for the leap day that 1900 never had."""

_OLE = b"\xd0\xcf\x11\xe0"
_STARTS: tuple[tuple[bytes, str], ...] = ((b"%PDF", "pdf"), (b"{\\rtf", "other-kind"), (b"PK\x05\x06", "damaged"))
_WEB = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|\?xml|table|meta)", re.IGNORECASE)
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv", "")
_SUFFIXES = {".xls": "old-sheet", ".et": "old-sheet", ".pdf": "pdf", ".ods": "other-kind", ".numbers": "other-kind"}


def _refuse_other_kinds(path: Path) -> None:
    """Refuse by name and first bytes what no child need look at."""
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            size = path.stat().st_size
            rest = file.read(1 << 16) if head.startswith(_OLE) else b""
    except OSError as error:
        raise UnreadableSheetError("cannot-open", file=path.name, reason=os_reason(error)) from error
    is_package = head.startswith(b"PK\x03\x04")
    why = _refused_kind(head + rest, path.suffix.lower(), is_package=is_package)
    if why is None and size > (_LARGEST_WORKBOOK if is_package else _LARGEST_FILE):
        why = "too-large"
    if why is not None:
        raise UnreadableSheetError(why, file=path.name)


def _refused_kind(head: bytes, suffix: str, *, is_package: bool) -> str | None:
    if not head.strip(b"\xef\xbb\xbf\r\n\t "):
        return "empty"
    if head.startswith(_OLE):
        return "encrypted" if "EncryptedPackage".encode("utf-16-le") in head else "old-sheet"
    for start, why in _STARTS:
        if head.startswith(start):
            return why
    if _WEB.match(head):
        return "web-page"
    if is_package:
        return (
            None if suffix in _WORKBOOKS else "is-workbook" if suffix in _TEXTS else _SUFFIXES.get(suffix, "other-kind")
        )
    if suffix in _WORKBOOKS:
        return "damaged" if b"\0" in head else "is-text"
    if suffix in _TEXTS:
        is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
        return "binary" if b"\0" in head and not is_wide else None
    return _SUFFIXES.get(suffix, "other-kind")


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
            if not (0 < day <= len(cells) and cells[day - 1][:1].isdecimal()) and self._are_headings(cells):
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
            yield SheetRow(number, self._completed(values), self._places)

    def _are_headings(self, cells: Sequence[str]) -> bool:
        columns = self._table.columns_of(cells)
        if columns is None:
            return False
        self._columns = columns
        of_sheet = "" if self.title is None else f"{self.title}!"
        named = [("", min(columns.values())), *columns.items()]
        self._places = {column: f"{of_sheet}{column_letters(at)}" for column, at in named}
        self._unit = None if "unit" in columns or "amount" not in columns else unit_in(cells[columns["amount"] - 1])
        for at, text in enumerate(cells, 1):
            if text and at not in columns.values() and text not in self._table.unused:
                self._table.unused.append(text)
        return True

    def _look_for_plan(self, cells: Sequence[str]) -> None:
        """Take the plan's id from beside its label, as the form has it above its headings."""
        for at, text in enumerate(cells):
            if text and folded(text).rstrip("：:") in PLAN_LABELS:
                self._table.plan_id = next((text for text in cells[at + 1 :] if text), self._table.plan_id)

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
