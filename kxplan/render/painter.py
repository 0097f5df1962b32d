"""The painter: pages and large figures as lines of a full screen, coloured as the terminal can."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from io import StringIO
from typing import NamedTuple

from rich.console import Console, RenderableType
from rich.text import Text

from kxplan.locale import Translator
from kxplan.progress.standing import Light
from kxplan.render.cells import ASCII, GLYPHS, Signs
from kxplan.render.plain import plain_text
from kxplan.render.terminal import STYLES, terminal_page
from kxplan.reports.page import Page

_DIGITS = {
    "0": ("███", "█ █", "█ █", "█ █", "███"), "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"), "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"), "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"), "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"), "9": ("███", "█ █", "███", "  █", "███"),
    ".": (" ", " ", " ", " ", "█"), "—": ("   ", "   ", "███", "   ", "   "),
}  # fmt: skip
_HEIGHT = 5
_BETWEEN = 4


class Figure(NamedTuple):
    """A number to be seen from the last row."""

    label: str
    number: str
    light: Light = "none"


class Painter:
    """Turns pages into lines for one terminal: its colours, its language, ASCII where asked."""

    def __init__(self, tr: Translator, *, plain: bool, no_color: bool) -> None:
        self.tr = tr
        self.is_plain = plain
        terminal = Console(file=sys.stdout, no_color=no_color or None)
        self._no_color = terminal.no_color
        self._colors = terminal.color_system

    @property
    def signs(self) -> Signs:
        """The characters that the terminal is trusted with."""
        return ASCII if self.is_plain else GLYPHS

    def page(self, page: Page, width: int) -> list[str]:
        """Return the lines of a page."""
        if self.is_plain:
            return plain_text(page, self.tr, width).splitlines()
        return self._lines(terminal_page(page, self.tr, width), width)

    def line(self, text: str, width: int, style: str = "") -> str:
        """Return one line of text, cut where the screen ends."""
        if self.is_plain:
            return text
        cut = Text(text, style=style, no_wrap=True)
        cut.truncate(width)
        return self._lines(cut, width)[0] if text else ""

    def large(self, figures: Sequence[Figure], width: int) -> list[str]:
        """Return figures in large digits, each over its label: as wide as they fit, none where they do not."""
        for across in (2, 1):
            rows = self._large(figures, across)
            if max(row.cell_len for row in rows) <= width:
                return [line for row in rows for line in self._text(row, width)]
        return []

    def _large(self, figures: Sequence[Figure], across: int) -> list[Text]:
        """Return the rows of large digits, each point of them `across` columns wide."""
        rows = [Text() for _ in range(_HEIGHT + 1)]
        for index, figure in enumerate(figures):
            glyphs = [_DIGITS[character] for character in figure.number]
            style = STYLES[figure.light]
            label = Text(figure.label, style=style)
            size = max((sum(len(glyph[0]) + 1 for glyph in glyphs) - 1) * across, label.cell_len)
            gap = " " * (_BETWEEN if index else 0)
            for row in range(_HEIGHT):
                points = " ".join(glyph[row] for glyph in glyphs)
                drawn = "".join(point * across for point in points).replace("█", self.signs.done)
                rows[row].append(gap).append(f"{drawn:<{size}}", style=style)
            rows[_HEIGHT].append(gap).append_text(label).append(" " * (size - label.cell_len))
        return rows

    def _text(self, row: Text, width: int) -> list[str]:
        return [row.plain.rstrip()] if self.is_plain else self._lines(row, width)

    def _lines(self, renderable: RenderableType, width: int) -> list[str]:
        file = StringIO()
        console = Console(
            file=file, width=width, force_terminal=True, color_system=self._colors or None,  # type: ignore[arg-type]
            no_color=self._no_color, legacy_windows=False, markup=False, emoji=False, highlight=False,
        )  # fmt: skip
        console.print(renderable, end="")
        return file.getvalue().splitlines()
