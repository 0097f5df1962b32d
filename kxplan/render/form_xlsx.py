"""The form as a workbook: what is not to be typed is locked, and a cell offers or checks what goes into it."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from io import BytesIO
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from kxplan.locale import Translator
from kxplan.message import message
from kxplan.render.cells import NOTHING, cell_text, words
from kxplan.render.numbers import attained_share, fixed
from kxplan.reports.form import Form
from kxplan.reports.page import Amount, Lamp, Points, Share, Table, Value


def form_workbook(form: Form, tr: Translator) -> bytes:
    """Return the bytes of the form's .xlsx."""
    file = BytesIO()
    book = xlsxwriter.Workbook(
        file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": tr("form.title", title=form.title), "created": datetime.combine(form.on, time(8))})
    styles = _Styles(book)
    names = (tr("form.sheet.entries"), tr("form.sheet.standings"), tr("form.sheet.lists"))
    entries, standings, lists = map(book.add_worksheet, names)
    _fill_lists(lists, form, tr)
    _fill_standings(standings, form.standings, tr, styles)
    _Entries(entries, form, tr, styles, lists.get_name()).fill()
    book.close()
    return file.getvalue()


_FONT = "微软雅黑"
_ROWS = 200
"""How many empty rows there are to fill in."""
_LONGEST_NOTE = 500
_LONGEST_NAME = 30
_WIDTHS = {"day": 13, "goal": 34, "amount": 12, "denominator": 12, "unit": 12, "done": 11, "note": 40, "who": 12}
_BREAKDOWN_WIDTH = 16
_LIGHT_COLOURS = {"green": "#1A7F37", "yellow": "#9A6700", "red": "#C4242B", "blue": "#0A5CB8"}


class _Styles:
    """The looks of the cells."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        framed = {**base, "border": 1, "border_color": "#B7BDC6"}
        typed = {**framed, "locked": False, "bg_color": "#FFFDE8"}
        self._book = book
        self._framed = framed
        self.title = book.add_format({**base, "font_size": 16, "bold": True})
        self.label = book.add_format({**base, "font_color": "#57606A"})
        self.plain = book.add_format(base)
        self.advice = book.add_format({**base, "font_color": "#24292F", "text_wrap": True})
        self.heading = book.add_format(
            {**framed, "bold": True, "bg_color": "#1F4E79", "font_color": "white", "align": "center", "text_wrap": True}
        )
        self.typed = book.add_format({**typed, "text_wrap": True})
        self.typed_day = book.add_format({**typed, "num_format": "yyyy-mm-dd", "align": "center"})
        self.typed_number = book.add_format(typed)
        self.locked = book.add_format({**framed, "bg_color": "#F0F2F4", "font_color": "#57606A", "align": "center"})
        self.text = book.add_format({**framed, "text_wrap": True, "indent": 1})
        self.nothing = book.add_format({**framed, "align": "center", "font_color": "#8C959F"})
        self.day = book.add_format({**framed, "num_format": "yyyy-mm-dd", "align": "center"})
        self.whole = book.add_format({**framed, "num_format": "#,##0"})
        self.fraction = book.add_format({**framed, "num_format": "#,##0.0#####"})
        self.share = book.add_format({**framed, "num_format": "0.0%"})
        self.points = book.add_format({**framed, "num_format": "+0.0;-0.0;0.0"})
        self.lights = {
            light: book.add_format({**framed, "font_color": colour, "bold": True, "indent": 1})
            for light, colour in _LIGHT_COLOURS.items()
        }


class _Entries:
    """The sheet to fill in: what it is, how it is filled in, and the rows."""

    def __init__(self, sheet: Any, form: Form, tr: Translator, styles: _Styles, lists: str) -> None:
        self._sheet = sheet
        self._form = form
        self._tr = tr
        self._styles = styles
        self._lists = lists
        keys = [f"breakdown:{key}" for key, _ in form.breakdowns]
        ids = [column.id for column in form.columns]
        at = ids.index("note")
        self._columns = [*ids[:at], *keys, *ids[at:]]

    def fill(self) -> None:
        """Write everything and lock what is not to be typed."""
        sheet = self._sheet
        for at, column in enumerate(self._columns):
            sheet.set_column(at, at, _WIDTHS.get(column, _BREAKDOWN_WIDTH))
        heading = self._head()
        self._headings(heading)
        first, last = heading + 1, heading + _ROWS
        for row in range(first, last + 1):
            sheet.set_row(row, 20)
            self._row(row)
        for column in self._columns:
            rule = self._rule(column, first)
            if rule is not None:
                at = self._columns.index(column)
                sheet.data_validation(first, at, last, at, {**rule, **self._advice(column)})
        sheet.freeze_panes(first, 2)
        sheet.set_selection(first, 0, first, 0)
        sheet.protect("", {"format_columns": True, "format_rows": True, "sort": True, "autofilter": True})
        _set_paper(sheet, heading)

    def _head(self) -> int:
        """Write what stands above the headings; return the row for these."""
        sheet, tr, styles, form = self._sheet, self._tr, self._styles, self._form
        sheet.set_row(0, 30)
        sheet.write_string(0, 0, tr("form.title", title=form.title), styles.title)
        sheet.write_string(1, 0, tr("form.plan-label"), styles.label)
        sheet.write_string(1, 1, form.plan, styles.plain)
        lead = tr("form.lead", lead=form.lead) if form.lead else tr("form.everybody")
        sheet.write_string(1, 2, tr("form.made", lead=lead, on=form.on), styles.plain)
        kinds = [kind for kind in ("ratio", "milestone", "ongoing") if kind in form.kinds]
        lines = [tr(f"form.how.{name}") for name in ("row", "day", "amount", *kinds, "end")]
        for at, line in enumerate(lines, 2):
            sheet.merge_range(at, 0, at, len(self._columns) - 1, line, styles.advice)
            sheet.set_row(at, 20)
        return len(lines) + 2

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
                return {"validate": "date", "criteria": "between", "minimum": first_day, "maximum": last_day}
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


def _fill_standings(sheet: Any, table: Table, tr: Translator, styles: _Styles) -> None:
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, {"goal": 34, "light": 16, "unit": 10}.get(column.key, 13))
        sheet.write_string(0, at, words(column.title, tr), styles.heading)
    sheet.set_row(0, 24)
    for row, values in enumerate(table.groups[0].rows, 1):
        sheet.set_row(row, 20)
        for at, value in enumerate(values):
            _write(sheet, row, at, value, tr, styles)
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    _set_paper(sheet, 0)


def _write(sheet: Any, row: int, at: int, value: Value, tr: Translator, styles: _Styles) -> None:
    match value:
        case Amount(value=Fraction() as figure):
            sheet.write_number(row, at, float(figure), styles.whole if figure.denominator == 1 else styles.fraction)
        case Share(value=Fraction() as share):
            sheet.write_number(row, at, float(attained_share(share)), styles.share)
        case Points(value=Fraction() as points):
            sheet.write_number(row, at, float(fixed(points, 1)), styles.points)
        case date():
            sheet.write_datetime(row, at, datetime.combine(value, time()), styles.day)
        case Lamp():
            sheet.write_string(row, at, cell_text(value, tr), styles.lights.get(value.light, styles.text))
        case _:
            text = cell_text(value, tr)
            sheet.write_string(row, at, text, styles.nothing if text == NOTHING else styles.text)


def _set_paper(sheet: Any, heading: int) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_footer("&C&P / &N")
