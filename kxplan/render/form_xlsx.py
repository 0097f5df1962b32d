"""The form as a workbook: what is not to be typed is locked, and a cell offers or checks what goes into it."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kxplan.locale import Translator
from kxplan.message import message
from kxplan.render.cells import words
from kxplan.render.form_look import Styles, column_width, lines_of, set_paper
from kxplan.render.form_standings import fill_standings
from kxplan.reports.form import Form


def form_workbook(form: Form, rows: int, tr: Translator) -> bytes:
    """Return the bytes of the form's .xlsx, with so many empty rows to fill in."""
    file = BytesIO()
    book = xlsxwriter.Workbook(file, _OPTIONS)
    book.set_properties({"title": tr("form.title", title=form.title), "created": datetime.combine(form.on, time(8))})
    styles = Styles(book)
    names = (tr("form.sheet.entries"), tr("form.sheet.standings"), tr("form.sheet.lists"))
    entries, standings, lists = map(book.add_worksheet, names)
    _fill_lists(lists, form, tr)
    fill_standings(standings, form, tr, styles)
    _Entries(entries, form, tr, styles, lists.get_name()).fill(rows)
    book.close()
    return file.getvalue()


_OPTIONS = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
    "default_row_height": 27,
}  # fmt: skip
"""A row of 27 pixels has room for handwriting, and still grows: the height is nobody's choice for this row."""
_LONGEST_NOTE = 500
_LONGEST_NAME = 30
_WIDTHS = {"day": 13, "goal": 34, "amount": 12, "denominator": 12, "unit": 12, "done": 11, "note": 40, "who": 12}
_WIDEST_UNIT = 24
_BREAKDOWN_WIDTH = 16


class _Entries:
    """The sheet to fill in: what it is, how it is filled in, and the rows."""

    def __init__(self, sheet: Any, form: Form, tr: Translator, styles: Styles, lists: str) -> None:
        self._sheet = sheet
        self._form = form
        self._tr = tr
        self._styles = styles
        self._lists = lists
        keys = [f"breakdown:{key}" for key, _ in form.breakdowns]
        ids = [column.id for column in form.columns]
        at = ids.index("note")
        self._columns = [*ids[:at], *keys, *ids[at:]]

    def fill(self, rows: int) -> None:
        """Write everything and lock what is not to be typed."""
        sheet = self._sheet
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, self._width(column))
        heading = self._head()
        self._headings(heading)
        first, last = heading + 1, heading + rows
        # No height is set: a row grows with the note that is typed.
        for row in range(first, last + 1):
            self._row(row)
        for column in self._columns:
            rule = self._rule(column, first)
            if rule is not None:
                at = self._columns.index(column)
                sheet.data_validation(first, at, last, at, {**rule, **self._advice(column)})
        sheet.freeze_panes(first, 2)
        sheet.set_selection(first, 0, first, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        set_paper(sheet, heading, self._form.title, self._lead())

    def _head(self) -> int:
        """Write what stands above the headings; return the row for these."""
        sheet, tr, styles, form = self._sheet, self._tr, self._styles, self._form
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, tr("form.title", title=form.title), styles.title)
        sheet.write_string(1, 0, tr("form.plan-label"), styles.label)
        sheet.write_string(1, 1, form.plan, styles.plain)
        sheet.write_string(1, 2, tr("form.made", lead=self._lead(), on=form.on), styles.plain)
        lines = [tr(f"form.how.{name}") for name in self._advised()]
        columns = sum(map(self._width, self._columns))
        for at, line in enumerate(lines, 2):
            sheet.merge_range(at, 0, at, len(self._columns) - 1, line, styles.advice)
            sheet.set_row(at, 18 * lines_of(line, columns))
        return len(lines) + 2

    def _advised(self) -> list[str]:
        """Return what is told above the headings: of kinds and breakdowns only where there are some."""
        kinds = [kind for kind in ("running", "latest", "ratio") if kind in self._form.kinds]
        breakdowns = ["breakdown"] if self._form.breakdowns else []
        others = [kind for kind in ("milestone", "ongoing") if kind in self._form.kinds]
        return ["row", "day", "amount", *kinds, *breakdowns, *others, "end"]

    def _lead(self) -> str:
        return self._tr("form.lead", lead=self._form.lead) if self._form.lead else self._tr("form.everybody")

    def _width(self, column: str) -> int:
        if column == "unit":
            units = (words(choice.unit, self._tr) for choice in self._form.choices)
            return column_width(units, _WIDTHS["unit"], _WIDEST_UNIT)
        return _WIDTHS.get(column, _BREAKDOWN_WIDTH)

    def _headings(self, row: int) -> None:
        self._sheet.set_row(row, 24)
        for at, column in enumerate(self._columns):
            kind, _, key = column.partition(":")
            title = key if kind == "breakdown" else self._tr(f"form.column.{column}")
            self._sheet.write_string(row, at, title, self._styles.heading)

    def _row(self, row: int) -> None:
        for at, column in enumerate(self._columns):
            if column == "unit":
                goal = f"B{row + 1}"
                formula = f'=IF({goal}="","",IFERROR(VLOOKUP({goal},{self._list("A", "B")},2,FALSE),""))'
                self._sheet.write_formula(row, at, formula, self._styles.locked, "")
            else:
                self._sheet.write_blank(row, at, None, self._style(column))

    def _style(self, column: str) -> Any:
        if column == "day":
            return self._styles.typed_day
        return self._styles.typed_number if column in ("amount", "denominator") else self._styles.typed

    def _rule(self, column: str, first: int) -> dict[str, Any] | None:
        """Return what a cell of the column takes; None where it takes anything."""
        form = self._form
        match column.partition(":")[0]:
            case "day":
                first_day, last_day = form.period
                last = f"=MIN(TODAY(),DATE({last_day.year},{last_day.month},{last_day.day}))"
                return {"validate": "date", "criteria": "between", "minimum": first_day, "maximum": last}
            case "goal":
                return {"validate": "list", "source": "=" + self._list("A", "A")}
            case "amount":
                return {"validate": "custom", "value": self._amount_formula(first)}
            case "denominator":
                return {"validate": "decimal", "criteria": ">", "value": 0}
            case "done":
                return {"validate": "list", "source": [self._tr("form.completed")]}
            case "breakdown":
                at = [f"breakdown:{key}" for key, _ in form.breakdowns].index(column)
                letter = xl_col_to_name(_FIRST_BREAKDOWN + at)
                return {"validate": "list", "source": "=" + self._list(letter, letter, len(form.breakdowns[at][1]))}
            case "note" | "who":
                most = _LONGEST_NOTE if column == "note" else _LONGEST_NAME
                return {"validate": "length", "criteria": "<=", "value": most}
        return None

    def _amount_formula(self, first: int) -> str:
        """Return the test of a figure: above 0 unless it may fall below, whole where the unit is."""
        at = xl_col_to_name(self._columns.index("amount"))
        cell, found = f"{at}{first + 1}", f"VLOOKUP(B{first + 1},{self._list('A', 'D')}"
        return f"=AND(ISNUMBER({cell}),OR({cell}>=0,{found},4,FALSE)=1),OR({cell}=INT({cell}),{found},3,FALSE)=0))"

    def _list(self, left: str, right: str, rows: int | None = None) -> str:
        return f"'{self._lists}'!${left}$2:${right}${(rows or len(self._form.choices)) + 1}"

    def _advice(self, column: str) -> dict[str, str]:
        tr, name = self._tr, column.partition(":")[0]
        data = {"start": self._form.period.start, "end": self._form.period.end}
        return {"error_title": tr("form.wrong"), "error_message": tr(message(f"form.wrong.{name}", **data))}


_FIRST_BREAKDOWN = 4
"""Where the values of the breakdowns begin on the sheet of lists, counted from 0."""


def _fill_lists(sheet: Any, form: Form, tr: Translator) -> None:
    sheet.very_hidden()
    for at, choice in enumerate(form.choices, 1):
        sheet.write_row(at, 0, (choice.label, words(choice.unit, tr), int(choice.is_whole), int(choice.is_signed)))
    for column, (key, values) in enumerate(form.breakdowns, _FIRST_BREAKDOWN):
        sheet.write_column(0, column, (key, *values))
    sheet.protect()
