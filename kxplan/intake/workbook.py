"""Workbook: the sheets of an .xlsx as rows of text, dates and figures as a person sees them."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from kxplan.intake.package import RefusedError, checked_package

UNCALCULATED = "\0formula"
"""Stands for a formula whose result the file does not hold."""

Merge = tuple[int, int, int, int]
"""First row, first column, last row, last column, counted from 1."""


class Sheet(NamedTuple):
    """A sheet before its rows."""

    title: str
    is_hidden: bool
    starts_1904: bool
    """Whether days are counted from 1904 in this workbook."""
    hidden_rows: tuple[int, ...]
    """The numbers of the rows that nobody sees: hidden, folded away or filtered out."""
    merges: tuple[Merge, ...]
    rows: int
    """How many rows the sheet says that it has; 0 where it does not say."""


def workbook(path: str) -> Iterator[Sheet | tuple[int, list[str]]]:
    """Yield each sheet of the workbook at `path`, then its rows that are not blank, with their numbers.

    Columns beyond the hundredth are left out; of a hidden sheet no row is read.

    Raises:
        RefusedError: where it is damaged, encrypted, too large or no workbook.
    """
    with checked_package(path, "xl/workbook.xml") as archive:
        try:
            yield from _sheets(path, archive)
        except _DAMAGE as error:
            raise RefusedError("damaged") from error


_DAMAGE = (
    KeyError, ValueError, TypeError, AttributeError, IndexError, OverflowError,
    OSError, EOFError, ParseError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_MOST_COLUMNS = 100
_MOST_ROWS = 60_000
_MOST_CHARACTERS = 32_767
"""What a cell holds. Source: Excel specifications and limits."""
_MOST_MERGES = 20_000
_LITERAL = re.compile(r'"[^"]*"|\\.')
"""What a number format shows as it stands."""
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
"""How a workbook writes what XML cannot say; openpyxl leaves it. Source: ECMA-376, 22.9.2.19, ST_Xstring."""
_MERGE = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_ROW = re.compile(rb"<(?:\w+:)?row\s([^>]*)>")
_NUMBER, _HIDDEN = re.compile(rb'\br="(\d{1,7})"'), re.compile(rb'\bhidden="(?:1|true)"')
_FORMULA = re.compile(
    rb'<c\s[^>]*?r="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)


def _sheets(path: str, archive: zipfile.ZipFile) -> Iterator[Sheet | tuple[int, list[str]]]:
    from openpyxl import load_workbook  # noqa: PLC0415 -- after the cheap refusals: it takes 300 ms

    book = load_workbook(path, read_only=True, data_only=True, keep_links=False)
    for sheet in book.worksheets:
        is_hidden = sheet.sheet_state != "visible"
        markup = b"" if is_hidden else archive.read(sheet._worksheet_path.lstrip("/"))  # noqa: SLF001 -- no public name for the part
        starts_1904 = book.epoch.year == 1904
        rows = 0 if is_hidden else sheet.max_row or 0
        yield Sheet(sheet.title, is_hidden, starts_1904, _hidden_rows(markup), _merges(markup), rows)
        if not is_hidden:
            yield from _rows(sheet, _uncalculated(markup))


def _rows(sheet: Any, uncalculated: dict[tuple[int, int], str]) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()
    found = 0
    blank: object = None
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), 1):
        # A row that the file does not hold is one and the same object, a million times where the last cell is far.
        if cells is blank:
            continue
        if not uncalculated and all(cell.value is None for cell in cells):
            blank = cells
            continue
        texts = [_text(cell) for cell in cells]
        for column in range(1, len(texts) + 1) if uncalculated else ():
            texts[column - 1] = uncalculated.get((number, column), texts[column - 1])
        while texts and not texts[-1]:
            texts.pop()
        if not texts:
            continue
        found += 1
        if found > _MOST_ROWS:
            raise RefusedError("too-many-rows")
        yield number, texts


def _text(cell: Any) -> str:
    """Return what stands in a cell: days as 2023-05-04, figures with the 15 digits that a sheet keeps."""
    value = cell.value
    match value:
        case None:
            return ""
        case str():
            return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), value[:_MOST_CHARACTERS]).strip()
        case bool():
            return str(value).upper()
        case int() | float():
            return _figure(value, is_percent="%" in _LITERAL.sub("", cell.number_format or ""))
        case datetime():
            return value.date().isoformat()
    return str(value)


def _figure(value: float, *, is_percent: bool) -> str:
    scaled = float(f"{value * 100:.13g}") if is_percent else value
    text = f"{scaled:.15g}"
    if "e" in text:
        text = f"{scaled:.15f}".rstrip("0").rstrip(".") if abs(scaled) < 1 else f"{scaled:.0f}"
    return f"{text}%" if is_percent else text


def _merges(markup: bytes) -> tuple[Merge, ...]:
    found: list[Merge] = []
    for match in _MERGE.finditer(markup):
        if len(found) == _MOST_MERGES:
            raise RefusedError("too-large")
        left, top, right, bottom = match.groups()
        found.append((int(top), _column(left), int(bottom), _column(right)))
    return tuple(found)


def _hidden_rows(markup: bytes) -> tuple[int, ...]:
    if b"hidden=" not in markup:
        return ()
    rows = (match[1] for match in _ROW.finditer(markup) if _HIDDEN.search(match[1]))
    return tuple(int(number[1]) for row in rows if (number := _NUMBER.search(row)))[:_MOST_ROWS]


def _uncalculated(markup: bytes) -> dict[tuple[int, int], str]:
    """Return the places of formulas without a result: openpyxl takes them for blank."""
    return {(int(row), _column(column)): UNCALCULATED for column, row in _FORMULA.findall(markup)}


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
