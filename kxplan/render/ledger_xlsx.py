"""The ledger as a workbook: figures that add up, days that sort, text that stays text, a row at a time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import xlsxwriter
from xlsxwriter.exceptions import FileCreateError

from kxplan.locale import Translator
from kxplan.message import Message
from kxplan.render.numbers import plain
from kxplan.reports.ledger_sheet import Cell
from kxplan.text import shown, width

MOST_CHARACTERS = 32_767
"""What a cell holds. Source: Excel specifications and limits."""
MOST_ROWS = 1_048_575
"""What a sheet holds below its heading. Source: as above."""


def write_ledger_xlsx(
    path: Path,
    columns: Sequence[str],
    headings: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    title: str,
    tr: Translator,
    *,
    parts_in: Path,
) -> int:
    """Write the rows under the headings into the file `path`; more than a sheet holds go on the next.

    Half-made parts lie in the folder `parts_in`. Returns how many texts were too long for a cell and
    were shortened. Raises OSError.
    """
    options = {
        "constant_memory": True, "tmpdir": str(parts_in), "use_zip64": True,
        "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    }  # fmt: skip
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"title": title})
    try:
        sheets = _Sheets(book, columns, headings, title, tr)
        for row in rows:
            sheets.write(row)
        sheets.close()
        book.close()
    except FileCreateError as error:
        raise error.args[0] from error
    finally:
        for sheet in book.worksheets():
            sheet._opt_close()  # noqa: SLF001 -- nothing public gives the half-made part back
    return sheets.shortened


_FONT = "微软雅黑"
_EXACT_DIGITS = 15
"""A sheet keeps no more of a figure; a longer one stands as text."""
_WIDTHS = {
    "number": 8, "act": 7, "state": 10, "day": 12, "goal": 20, "target": 20, "title": 26, "amount": 13,
    "denominator": 13, "unit": 7, "steps": 16, "note": 36, "who": 12, "reason": 22, "corrects": 10,
    "evidence": 22, "recorded": 21, "id": 38,
}  # fmt: skip
_BREAKDOWN_WIDTH = 13
_NARROWEST = 3
"""No column is so narrow that a shorter text would be broken."""
_LINE_POINTS = 15
_MOST_LINES = 20
_LONGEST_SEEN = 1000


class _Sheets:
    def __init__(self, book: Any, columns: Sequence[str], headings: Sequence[str], title: str, tr: Translator) -> None:
        self.shortened = 0
        self._book = book
        self._columns = columns
        self._headings = headings
        self._title = title
        self._tr = tr
        base = {"font_name": _FONT, "font_size": 10, "valign": "top"}
        self._heading = book.add_format(
            {**base, "bold": True, "bg_color": "#1F4E79", "font_color": "white", "text_wrap": True, "valign": "vcenter"}
        )
        self._looks = {is_standing: _looks(book, base, is_standing=is_standing) for is_standing in (True, False)}
        self._at = 0
        self._sheet = self._opened()

    def write(self, row: Sequence[Cell]) -> None:
        """Write a row; one that does not count any more is grey."""
        if self._at == MOST_ROWS:
            self._finish()
            self._sheet, self._at = self._opened(), 0
        self._at += 1
        state = row[self._columns.index("state")]
        looks = self._looks[isinstance(state, Message) and state.id == "export.state.counted"]
        self._sheet.set_row(self._at, _LINE_POINTS * self._lines(row))
        for at, cell in enumerate(row):
            if cell is not None:
                self._cell(at, cell, looks)

    def close(self) -> None:
        """Finish the last sheet."""
        self._finish()

    def _lines(self, row: Sequence[Cell]) -> int:
        """Return how many lines the row's texts take; not every program works it out by itself."""
        most = 1
        for column, cell in zip(self._columns, row, strict=True):
            if isinstance(cell, str) and len(cell) > _NARROWEST:
                room = _WIDTHS.get(column, _BREAKDOWN_WIDTH) - 1
                most = max(most, sum(max(-(-width(line) // room), 1) for line in cell[:_LONGEST_SEEN].split("\n")))
        return min(most, _MOST_LINES)

    def _opened(self) -> Any:
        number = len(self._book.worksheets()) + 1
        name = self._tr("export.sheet")
        sheet = self._book.add_worksheet(name if number == 1 else f"{name} {number}")
        sheet.set_row(0, 2 * _LINE_POINTS)
        for at, (column, heading) in enumerate(zip(self._columns, self._headings, strict=True)):
            sheet.set_column(at, at, _WIDTHS.get(column, _BREAKDOWN_WIDTH))
            sheet.write_string(0, at, shown(heading), self._heading)
        sheet.freeze_panes(1, self._columns.index("state") + 1)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_header(f"&L{self._title.replace('&', '&&')}")
        sheet.set_footer("&C&P / &N")
        return sheet

    def _finish(self) -> None:
        self._sheet.autofilter(0, 0, self._at, len(self._columns) - 1)
        # The id is for programs.
        self._sheet.print_area(0, 0, self._at, self._columns.index("id") - 1)

    def _cell(self, at: int, cell: Cell, looks: _Looks) -> None:
        match cell:
            case datetime():
                self._sheet.write_datetime(self._at, at, cell, looks.instant)
            case date():
                self._sheet.write_datetime(self._at, at, datetime.combine(cell, time()), looks.day)
            case Decimal() if len(cell.as_tuple().digits) <= _EXACT_DIGITS:
                is_whole = cell == cell.to_integral_value()
                self._sheet.write_number(self._at, at, float(cell), looks.whole if is_whole else looks.fraction)
            case Decimal():
                self._sheet.write_string(self._at, at, plain(cell), looks.figure)
            case int():
                self._sheet.write_number(self._at, at, cell, looks.number)
            case Message():
                self._sheet.write_string(self._at, at, self._tr(cell), looks.text)
            case str():
                text = shown(cell, lines=True)
                if len(text) > MOST_CHARACTERS:
                    self.shortened += 1
                    text = text[: MOST_CHARACTERS - 1] + "…"
                self._sheet.write_string(self._at, at, text, looks.text)


class _Looks(NamedTuple):
    text: Any
    number: Any
    day: Any
    instant: Any
    whole: Any
    fraction: Any
    figure: Any


def _looks(book: Any, base: dict[str, Any], *, is_standing: bool) -> _Looks:
    colour = {**base, "font_color": "#1F2328" if is_standing else "#8C959F"}
    return _Looks(
        book.add_format({**colour, "text_wrap": True}),
        book.add_format({**colour, "align": "left"}),
        book.add_format({**colour, "num_format": "yyyy-mm-dd", "align": "left"}),
        book.add_format({**colour, "num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"}),
        book.add_format({**colour, "num_format": "#,##0"}),
        book.add_format({**colour, "num_format": "#,##0.0#####"}),
        book.add_format({**colour, "align": "right"}),
    )
