"""The second sheet of a form: what a department has promised and what stands, to be looked at only."""

from __future__ import annotations

from datetime import date, datetime, time
from fractions import Fraction
from typing import Any

from kxplan.locale import Translator
from kxplan.render.cells import NOTHING, cell_text, words
from kxplan.render.form_look import Styles, column_width, lines_of, set_paper
from kxplan.render.numbers import attained_share, fixed
from kxplan.reports.form import Form
from kxplan.reports.page import Amount, Lamp, Points, Share, Value


def fill_standings(sheet: Any, form: Form, tr: Translator, styles: Styles) -> None:
    """Write the table of what stands, locked, every column wide enough to be read."""
    table = form.standings
    rows = table.groups[0].rows
    for at, column in enumerate(table.columns):
        title = words(column.title, tr)
        texts = [title, *(cell_text(row[at], tr) for row in rows)]
        sheet.set_column(at, at, column_width(texts, _NARROWEST, _WIDEST))
        sheet.write_string(0, at, title, styles.heading)
    sheet.set_row(0, 24)
    for row, values in enumerate(rows, 1):
        lines = max(lines_of(cell_text(value, tr), _WIDEST - 2) for value in values)
        sheet.set_row(row, 20 if lines < 2 else 17 * lines)
        for at, value in enumerate(values):
            _write(sheet, row, at, value, tr, styles)
    sheet.freeze_panes(1, 1)
    sheet.protect("", {"format_columns": True, "format_rows": True})
    set_paper(sheet, 0, form.title, tr("form.stands-on", on=form.on))


_NARROWEST, _WIDEST = 11, 44


def _write(sheet: Any, row: int, at: int, value: Value, tr: Translator, styles: Styles) -> None:
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
