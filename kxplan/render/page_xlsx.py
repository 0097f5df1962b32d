"""A page as a workbook: an overview, and a sheet for each part that has a table, to be sorted, filtered and printed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter

from kxplan.locale import Translator
from kxplan.render.cells import NO_SIGNS, words
from kxplan.render.course import course_table
from kxplan.render.flat import flat
from kxplan.render.headings import heading_text
from kxplan.render.paper import Part, parts_of
from kxplan.render.sheet_cells import Cells, column_width, lines_in
from kxplan.reports.page import (
    Block,
    Column,
    Curve,
    Fields,
    Heading,
    Lights,
    Page,
    Paragraph,
    Score,
    Share,
    Table,
    Value,
)


def page_xlsx(page: Page, tr: Translator) -> bytes:
    """Return `page` as .xlsx; the same page gives the same bytes."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    title = words(page.title, tr, NO_SIGNS)
    made_on = dict(page.facts).get("as_of")
    created = made_on if isinstance(made_on, date) else date(2000, 1, 1)
    book.set_properties({"title": title[:255], "created": datetime.combine(created, time(8))})
    cells = Cells(book, tr)
    parts = parts_of(page)
    names = _names(parts, tr)
    _Overview(book.add_worksheet(names[0]), cells, tr).fill(title, parts)
    for part, name in zip(parts[1:], names[1:], strict=True):
        if _has_table(part):
            _PartSheet(book, book.add_worksheet(name), cells, tr).fill(part)
    book.close()
    return file.getvalue()


_LONGEST_NAME = 31
_NOT_IN_NAMES = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
_BAR = {
    "type": "data_bar", "data_bar_2010": True, "bar_solid": True, "bar_color": "#9DC3E6",
    "min_type": "num", "min_value": 0, "max_type": "num",
}  # fmt: skip
_ACTUAL, _EXPECTED = "#1F4E79", "#8C959F"
_NARROWEST, _WIDEST = 6, 60
"""Widths of columns, in characters."""
_LINE_HEIGHT, _HIGHEST = 16, 409
"""Points. Source: Microsoft, Excel specifications and limits."""
_OVERVIEW_COLUMNS, _OVERVIEW_WIDTH = 9, 12


def _names(parts: Sequence[Part], tr: Translator) -> list[str]:
    """Return a name for the sheet of each part, as Excel takes them: short, different, without its own signs."""
    taken: set[str] = set()
    names: list[str] = []
    for part in parts:
        title = tr("report.sheet.overview") if part.heading is None else words(part.heading.words, tr, NO_SIGNS)
        plain = " ".join(title.translate(_NOT_IN_NAMES).split())[:_LONGEST_NAME].strip() or str(len(names) + 1)
        name, again = plain, 1
        while name.casefold() in taken:
            again += 1
            name = f"{plain[: _LONGEST_NAME - 4]} {again}"
        taken.add(name.casefold())
        names.append(name)
    return names


class _Sheet:
    """A sheet that is filled from above."""

    def __init__(self, sheet: Any, cells: Cells, tr: Translator) -> None:
        self._sheet = sheet
        self._cells = cells
        self._tr = tr
        self._row = 0
        self._widths: dict[int, float] = {}
        self._shown: dict[int, dict[int, str]] = {}
        """What the cells of each table's row show, by column: it makes the row's height."""

    def _line(self, text: str, look: str) -> None:
        self._cells.text(self._sheet, self._row, 0, text, look)
        self._row += 1

    def _table(self, heads: Sequence[str], rows: Sequence[Sequence[Value]], columns: Sequence[Column] = ()) -> None:
        """Write a table below what is there; the widest of each column makes its width."""
        for at, head in enumerate(heads):
            self._cells.text(self._sheet, self._row, at, head, "head")
            self._widen(at, column_width(head) + 2)
        for row in rows:
            self._row += 1
            shown = self._shown[self._row] = {}
            for at, value in enumerate(row):
                align = columns[at].align if columns else "right"
                shown[at] = self._cells.value(self._sheet, self._row, at, value, align)
                self._widen(at, column_width(shown[at]) + 2)
        self._row += 1

    def _widen(self, at: int, width: float) -> None:
        self._widths[at] = max(self._widths.get(at, 0), width)

    def _finish(self, *, head: int | None = None, frozen: int = 0) -> None:
        """Set the widths and the paper; `head` is the row that is repeated and stays in sight."""
        sheet = self._sheet
        for at, width in self._widths.items():
            self._widths[at] = min(max(width, _NARROWEST), _WIDEST)
            sheet.set_column(at, at, self._widths[at])
        for row, shown in self._shown.items():
            lines = max(lines_in(text, self._widths[at] - 1) for at, text in shown.items())
            sheet.set_row(row, min(lines * _LINE_HEIGHT + 2, _HIGHEST))
        sheet.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.7)
        sheet.set_footer("&C" + self._tr("report.footer", page="&P", pages="&N"))
        if head is not None:
            sheet.repeat_rows(head)
            sheet.freeze_panes(head + 1, frozen)


class _Overview(_Sheet):
    """What a reader in a hurry needs: the lights, and the sentences of every part."""

    def fill(self, title: str, parts: Sequence[Part]) -> None:
        self._sheet.set_row(0, 30)
        self._line(title, "title")
        for part in parts:
            told = [block for block in part.blocks if _is_told(block, part)]
            if part.heading is not None and told:
                self._row += 1
                self._line(heading_text(part.heading, self._tr, NO_SIGNS), "heading")
            for block in told:
                self._block(block)
        self._widths = dict.fromkeys(range(_OVERVIEW_COLUMNS), _OVERVIEW_WIDTH)
        self._finish()

    def _block(self, block: Block) -> None:
        match block:
            case Paragraph():
                self._sentence(words(block.words, self._tr, NO_SIGNS), block.tone)
            case Lights():
                self._lights(block)
            case Fields():
                for label, value in block.pairs:
                    self._cells.text(self._sheet, self._row, 0, words(label, self._tr), "text")
                    self._cells.value(self._sheet, self._row, 1, value)
                    self._row += 1

    def _sentence(self, text: str, look: str) -> None:
        """Write a sentence over the whole width, in as many lines as it takes."""
        lines = lines_in(text, _OVERVIEW_COLUMNS * _OVERVIEW_WIDTH - 4)
        self._sheet.set_row(self._row, min(lines * _LINE_HEIGHT + 4, _HIGHEST))
        self._cells.merged(self._sheet, self._row, _OVERVIEW_COLUMNS - 1, text, look)
        self._row += 1

    def _lights(self, lights: Lights) -> None:
        heads = [self._tr(f"words.light.{light}") for light, _ in lights.counts]
        heads += [self._tr("words.done"), self._tr("report.column.score")]
        self._table(heads, [[*(count for _, count in lights.counts), lights.done, Score(lights.score)]])


class _PartSheet(_Sheet):
    """The tables of one part, with what is said of them."""

    def __init__(self, book: Any, sheet: Any, cells: Cells, tr: Translator) -> None:
        super().__init__(sheet, cells, tr)
        self._book = book
        self._heads: list[tuple[int, int, int]] = []
        """Of each table the row of its heads, its last row and its number of columns."""
        self._frozen = 0

    def fill(self, part: Part) -> None:
        self._sheet.set_row(0, 26)
        if part.heading is not None:
            self._line(heading_text(part.heading, self._tr, NO_SIGNS), "title")
        for block in part.blocks:
            match block:
                case Heading():
                    self._row += 1
                    self._line(heading_text(block, self._tr, NO_SIGNS), "heading")
                case Paragraph():
                    self._line(words(block.words, self._tr, NO_SIGNS), block.tone)
                case Table():
                    self._flat(block)
                case Curve():
                    self._curve(block)
        if len(self._heads) == 1:
            head, last, n = self._heads[0]
            self._sheet.autofilter(head, 0, last, n - 1)
            self._finish(head=head, frozen=self._frozen)
        else:
            self._finish()

    def _flat(self, block: Table) -> None:
        table = flat(block, self._tr)
        head = self._row
        self._table([words(column.title, self._tr, NO_SIGNS) for column in table.columns], table.rows, table.columns)
        self._heads.append((head, self._row - 1, len(table.columns)))
        self._frozen = next((at + 1 for at, column in enumerate(table.columns) if column.key in ("goal", "name")), 0)
        for at in range(len(table.columns)):
            kinds = {type(row[at]) for row in table.rows}
            for kind, whole in ((Share, 1), (Score, 100)):
                if kind in kinds:
                    self._sheet.conditional_format(head + 1, at, self._row - 1, at, {**_BAR, "max_value": whole})

    def _curve(self, curve: Curve) -> None:
        head = self._row
        self._flat(course_table(curve))
        name, last = self._sheet.get_name(), self._row - 1
        chart = self._book.add_chart({"type": "line"})
        for at, colour, dash in ((1, _ACTUAL, "solid"), (2, _EXPECTED, "dash")):
            chart.add_series({
                "name": [name, head, at],
                "categories": [name, head + 1, 0, last, 0],
                "values": [name, head + 1, at, last, at],
                "line": {"color": colour, "width": 2.25, "dash_type": dash},
                "marker": {"type": "circle", "size": 5, "fill": {"color": colour}, "border": {"color": colour}},
            })  # fmt: skip
        chart.set_x_axis({"date_axis": True, "num_format": "yyyy-mm", "major_unit": 1, "major_unit_type": "months"})
        grid = {"visible": True, "line": {"color": "#D0D7DE"}}
        most, shape = (100, "0") if curve.is_score else (1, "0%")
        chart.set_y_axis({"min": 0, "max": most, "num_format": shape, "major_gridlines": grid})
        chart.set_legend({"position": "bottom"})
        chart.set_size({"width": 820, "height": 400})
        self._sheet.insert_chart(head, 4, chart)


def _has_table(part: Part) -> bool:
    return any(isinstance(block, (Table, Curve)) for block in part.blocks)


def _is_told(block: Block, part: Part) -> bool:
    """Tell whether the overview shows a block: hints for a table stand beside that."""
    if isinstance(block, Paragraph):
        return part.heading is None or block.tone != "quiet"
    return isinstance(block, (Lights, Fields))
