"""Cells of a workbook: each value of a page as a real number, day or text in the look that it asks for."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from math import ceil
from typing import Any

from kxplan.locale import Translator
from kxplan.render import numbers
from kxplan.render.cells import NO_SIGNS, bare_points, cell_text
from kxplan.reports.page import Amount, Before, Dot, Entries, Lamp, Points, Score, Share, Value
from kxplan.text import shortened, shown
from kxplan.text import width as columns_of

LONGEST_TEXT = 32_767
"""Characters of a cell. Source: Microsoft, Excel specifications and limits."""
_EXACT_DIGITS = 15
"""A longer number is text: Excel would round it."""
_LONGEST_FORMAT = 200
_FONT = "微软雅黑"
_WRAPPED_FROM = 44
"""Columns of text from which on a cell breaks its lines."""
LIGHTS = {"green": "#1A7F37", "yellow": "#9A6700", "red": "#C4242B", "blue": "#0A5CB8", "grey": "#8250DF"}
_BASE = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
_FRAMED = {**_BASE, "border": 1, "border_color": "#B7BDC6"}
_LOOKS = {
    "title": {**_BASE, "font_size": 16, "bold": True},
    "heading": {**_BASE, "font_size": 12, "bold": True},
    "plain": _BASE,
    "strong": {**_BASE, "bold": True},
    "quiet": {**_BASE, "font_color": "#57606A"},
    "warning": {**_BASE, "font_color": "#9A6700", "bold": True},
    "alarm": {**_BASE, "font_color": "#C4242B", "bold": True},
    "head": {
        **_FRAMED, "bold": True, "bg_color": "#1F4E79", "font_color": "white", "align": "center", "text_wrap": True,
    },
    "text": {**_FRAMED, "text_wrap": True, "indent": 1},
    "day": {**_FRAMED, "num_format": "yyyy-mm-dd", "align": "center"},
}  # fmt: skip


class Cells:
    """Writes values into the cells of one workbook; each look is made once."""

    def __init__(self, book: Any, tr: Translator) -> None:
        self._book = book
        self._tr = tr
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def text(self, sheet: Any, row: int, column: int, text: str, look: str) -> None:
        """Write a text, whatever it begins with."""
        self._string(sheet, row, column, shown(text, lines=True), _LOOKS[look])

    def merged(self, sheet: Any, row: int, last: int, text: str, look: str) -> None:
        """Write a text over the cells of a row from the first through `last`."""
        looks = {**_LOOKS[look], "text_wrap": True, "valign": "top"}
        sheet.merge_range(row, 0, row, last, "", self._format(looks))
        self._string(sheet, row, 0, shown(text, lines=True), looks)

    def value(self, sheet: Any, row: int, column: int, value: Value, align: str = "left") -> str:
        """Write a value of a page; return what the cell shows. `align` is for what is no figure."""
        match value:
            case None:
                sheet.write_blank(row, column, None, self._format(_FRAMED))
                return ""
            case date():
                sheet.write_datetime(row, column, value, self._format(_LOOKS["day"]))
            case Before():
                look = {**_LOOKS["day"], "num_format": self._around("report.before", "yyyy-mm-dd", day=value.day)}
                sheet.write_datetime(row, column, value.day, self._format(look))
            case Lamp() | Dot():
                colour = LIGHTS.get(value.light or "")
                look = {**_FRAMED, "align": "center", **({"font_color": colour, "bold": True} if colour else {})}
                self._string(sheet, row, column, cell_text(value, self._tr, NO_SIGNS), look)
            case str():
                self._string(sheet, row, column, shown(value, lines=True), _LOOKS["text"])
                return shown(value, lines=True)
            case _:
                self._figure(sheet, row, column, value, align)
        return cell_text(value, self._tr, NO_SIGNS)

    def _figure(self, sheet: Any, row: int, column: int, value: Value, align: str) -> None:
        """Write a number with a format that shows it as every other format of the page does."""
        number, shape = self._number(value)
        if number is None or len(shape) > _LONGEST_FORMAT or not _is_exact(number):
            self._string(sheet, row, column, cell_text(value, self._tr, NO_SIGNS), {**_LOOKS["text"], "align": align})
        else:
            sheet.write_number(row, column, float(number), self._format({**_FRAMED, "num_format": shape}))

    def _number(self, value: Value) -> tuple[Fraction | None, str]:
        """Return a figure and the number format that shows it; None where it is text or has no meaning."""
        match value:
            case Amount(value=Fraction() as amount):
                return _amount(amount, value.unit, value.places)
            case Share(value=Fraction() as share):
                return Fraction(numbers.percent(share).rstrip("%")) / 100, "0.0%"
            case Points(value=Fraction()):
                text = bare_points(value)
                shape = _shape("0", text)
                return Fraction(text), f"+{shape};-{shape};{shape}" if value.is_signed else shape
            case Score(value=Fraction() as score):
                return Fraction(numbers.score(score)), "0.0"
            case Entries():
                return Fraction(value.n), self._around("reports.entries", "#,##0", n=value.n)
            case int():
                return Fraction(value), "0"
        return None, ""

    def _around(self, id: str, shape: str, **data: object) -> str:
        """Return a number format with the words that a sentence has around its only figure."""
        ((_, figure),) = data.items()
        before, _, after = self._tr(id, **data).partition(str(figure))
        return _literal(before) + shape + _literal(after)

    def _string(self, sheet: Any, row: int, column: int, text: str, look: dict[str, object]) -> None:
        if text:
            sheet.write_string(row, column, shortened(text, LONGEST_TEXT), self._format(look))
        else:
            sheet.write_blank(row, column, None, self._format(look))

    def _format(self, look: dict[str, object]) -> Any:
        key = tuple(sorted(look.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format(look)
        return self._made[key]


def column_width(text: str) -> float:
    """Return how wide a column must be for `text`, before it breaks its lines; each of several is kept whole."""
    lines = text.split("\n")
    widest = max(map(columns_of, lines))
    return (min(widest, _WRAPPED_FROM) if len(lines) == 1 else widest) * 1.1


def lines_in(text: str, width: float) -> int:
    """Return how many lines `text` takes in a column of that width."""
    return sum(max(ceil(columns_of(line) * 1.1 / width), 1) for line in text.split("\n"))


def _amount(amount: Fraction, unit: str | None, places: int) -> tuple[Fraction, str]:
    text = numbers.plain(amount, places)
    shape = _shape("#,##0", text)
    if unit == "%":
        return Fraction(text) / 100, shape + "%"
    if not unit:
        return Fraction(text), shape
    return Fraction(text), shape + _literal(f" {unit}" if unit[0].isascii() and unit[0].isalpha() else unit)


def _shape(whole: str, text: str) -> str:
    """Return the number format that shows as many places as `text` has."""
    places = len(text.partition(".")[2])
    return whole + ("." + "0" * places if places else "")


def _literal(text: str) -> str:
    return "".join(f"\\{character}" for character in shown(text))


def _is_exact(number: Fraction) -> bool:
    """Tell whether a cell keeps every digit of a number."""
    digits = numbers.fixed(abs(number), 8).replace(".", "").strip("0")
    return len(digits) <= _EXACT_DIGITS
