"""Tables of a document: real ones, with a grid that adds up, a repeated head, and rows that stay whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from docx.oxml.parser import OxmlElement

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, cell_text, row_notes, words
from kxplan.render.colours import COLOURS
from kxplan.render.docx_look import Look
from kxplan.render.docx_text import Run, add_paragraph, under, value_runs
from kxplan.render.paper import PADDING, Need, has_bars, needs
from kxplan.reports.page import Column, Dot, Fields, Lights, Rows, Score, Table, Value

_HEAD_FILL, _GROUP_FILL = "E7ECF2", "F5F7F9"
_ROOMY = 9
"""Tenths of the room that a table of the larger type may need at least; above that the smaller is taken."""


def table_element(table: Table, tr: Translator, look: Look, room: int) -> Any:
    """Return `table` as a `w:tbl` that is `room` wide, in twentieths of a point. It has no bars: figures tell them."""
    found = needs(table, tr)
    told = [index for index, need in enumerate(found) if need is not None and not has_bars(table, index)]
    wanted = [need for index in told if (need := found[index]) is not None]
    size = _size(wanted, look, room)
    drawing = _Drawing(column_widths(wanted, room, look.cells[size][1].half_points * 5), look.cells[size][0], tr)
    columns = [table.columns[index] for index in told]
    drawing.head([words(column.title, tr) for column in columns])
    for group in table.groups:
        if group.title is not None:
            drawing.line("Group", [words(group.title, tr)], fill=_GROUP_FILL)
        drawing.rows(group, columns, told)
    return drawing.element


def fields_element(fields: Fields, tr: Translator, look: Look, room: int) -> Any:
    """Return labelled values as a table of two columns."""
    label = max((look.body.half_points * 10 * 5, room // 5))
    drawing = _Drawing([label, room - label], "", tr)
    for name, value in fields.pairs:
        drawing.row([("Label", [Run(words(name, tr))]), ("Cell", value_runs(value, tr))], heads=1)
    return drawing.element


def lights_element(lights: Lights, tr: Translator, room: int) -> Any:
    """Return the counts of lights as a table of two rows: names above, figures below."""
    names = [
        [Run(GLYPHS.lights[light], COLOURS[light][1:]), Run(tr(f"words.light.{light}"))] for light, _ in lights.counts
    ]
    names += [[Run(tr("words.done"))], [Run(tr("report.column.score"))]]
    figures = [*(str(count) for _, count in lights.counts), str(lights.done), cell_text(Score(lights.score), tr)]
    drawing = _Drawing(_evenly(room, len(names)), "", tr)
    drawing.row([("Head", name) for name in names], heads=len(names))
    drawing.row([("Head", [Run(figure)]) for figure in figures])
    return drawing.element


def column_widths(found: Sequence[Need], room: int, half_em: int) -> list[int]:
    """Return the widths of columns with such needs, in the unit of `room` and `half_em`; they add up to `room`."""
    least = [(need.least + PADDING) * half_em for need in found]
    natural = [(need.natural + PADDING) * half_em for need in found]
    if sum(natural) <= room or sum(least) >= room:
        base = natural if sum(natural) <= room else least
        return _shares(base, room)
    spare = [most - few for few, most in zip(least, natural, strict=True)]
    return [few + more for few, more in zip(least, _shares(spare, room - sum(least)), strict=True)]


class _Drawing:
    """A table while its rows are added."""

    def __init__(self, widths: Sequence[int], suffix: str, tr: Translator) -> None:
        self.element = OxmlElement("w:tbl")
        self._widths = widths
        self._suffix = suffix
        self._tr = tr
        properties = under(self.element, "w:tblPr")
        under(properties, "w:tblStyle", "Ruled")
        under(properties, "w:tblW", w=str(sum(widths)), type="dxa")
        under(properties, "w:jc", "center")
        under(properties, "w:tblLayout", type="fixed")
        grid = under(self.element, "w:tblGrid")
        for width in widths:
            under(grid, "w:gridCol", w=str(width))

    def head(self, texts: Sequence[str]) -> None:
        """Add the row that is repeated on every page."""
        self.row([("Head", [Run(text)]) for text in texts], heads=len(texts), is_repeated=True)

    def rows(self, group: Rows, columns: Sequence[Column], told: Sequence[int]) -> None:
        """Add the rows of a group, each with its remarks below it."""
        notes = row_notes(group, self._tr)
        for index, row in enumerate(group.rows):
            cells = [
                (_style(row[at], column), value_runs(row[at], self._tr))
                for at, column in zip(told, columns, strict=True)
            ]
            self.row(cells, keeps_next=index in notes)
            if index in notes:
                self.line("Note", notes[index])

    def row(
        self, cells: Sequence[tuple[str, Sequence[Run]]], *, heads: int = 0, is_repeated: bool = False,
        keeps_next: bool = False,
    ) -> None:  # fmt: skip
        """Add a row of cells, the first `heads` of them shaded."""
        row = self._row(is_repeated=is_repeated)
        for number, (width, (style, runs)) in enumerate(zip(self._widths, cells, strict=True)):
            cell = _cell(row, width, fill=_HEAD_FILL if number < heads else "")
            add_paragraph(cell, style + self._suffix, runs, self._tr, keeps_next=keeps_next)

    def line(self, style: str, texts: Sequence[str], fill: str = "") -> None:
        """Add a row that is one cell with a paragraph for each text."""
        cell = _cell(self._row(), sum(self._widths), span=len(self._widths), fill=fill)
        for text in texts:
            add_paragraph(cell, style + self._suffix, [Run(text)], self._tr)

    def _row(self, *, is_repeated: bool = False) -> Any:
        row = under(self.element, "w:tr")
        properties = under(row, "w:trPr")
        under(properties, "w:cantSplit")
        if is_repeated:
            under(properties, "w:tblHeader")
        return row


def _style(value: Value, column: Column) -> str:
    if isinstance(value, Dot):
        return "Sign"
    return "Figure" if column.align == "right" else "Cell"


def _cell(row: Any, width: int, *, span: int = 1, fill: str = "") -> Any:
    cell = under(row, "w:tc")
    properties = under(cell, "w:tcPr")
    under(properties, "w:tcW", w=str(width), type="dxa")
    if span > 1:
        under(properties, "w:gridSpan", str(span))
    if fill:
        under(properties, "w:shd", "clear", color="auto", fill=fill)
    under(properties, "w:vAlign", "center")
    return cell


def _size(found: Sequence[Need], look: Look, room: int) -> int:
    """Return which of the sizes of cells a table is set in."""
    half_em = look.cells[0][1].half_points * 5
    least = sum((need.least + PADDING) * half_em for need in found)
    return 0 if least * 10 <= room * _ROOMY else 1


def _evenly(room: int, columns: int) -> list[int]:
    return _shares([1] * columns, room)


def _shares(weights: Sequence[int], room: int) -> list[int]:
    """Return `room` in whole parts that stand to each other as `weights` do, as nearly as can be."""
    total = sum(weights)
    ends = [room * sum(weights[: index + 1]) // total for index in range(len(weights))]
    return [end - start for start, end in zip([0, *ends], ends, strict=False)]
