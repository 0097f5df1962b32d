"""The look of a form: the styles of its cells, how wide its columns are, and its sheets on paper."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from kxplan.render.sheet_cells import LIGHTS
from kxplan.text import width


class Styles:
    """The looks of the cells."""

    def __init__(self, book: Any) -> None:
        base = {"font_name": _FONT, "font_size": 11, "valign": "vcenter"}
        framed = {**base, "border": 1, "border_color": "#B7BDC6"}
        typed = {**framed, "locked": False, "bg_color": "#FFFDE8"}
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
            for light, colour in LIGHTS.items()
        }


def column_width(texts: Iterable[str], least: int, most: int) -> int:
    """Return how wide a column is that shows `texts` whole, within these limits."""
    return min(max(max(map(width, texts), default=0) + _PADDING, least), most)


def lines_of(text: str, columns: int) -> int:
    """Return how many lines `text` takes in so many columns."""
    return -(-width(text) // columns)


def set_paper(sheet: Any, heading: int, left: str, right: str) -> None:
    """Lay a sheet on A4, its headings on every page, with what it is and the pages' numbers at the foot."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.center_horizontally()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(heading)
    sheet.set_footer(f"&L{_at_the_foot(left)}&C&P / &N&R{_at_the_foot(right)}")


_FONT = "微软雅黑"
_PADDING = 4
_LONGEST_FOOT = 80
"""A foot has 255 characters in all. Source: Excel specifications and limits."""


def _at_the_foot(text: str) -> str:
    return text[:_LONGEST_FOOT].replace("&", "&&")
