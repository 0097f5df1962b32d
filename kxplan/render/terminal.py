"""The terminal: a page with colour, for people and projectors, drawn by rich."""

from __future__ import annotations

from rich import box
from rich.console import Console, Group, RenderableType
from rich.table import Table as RichTable
from rich.text import Text

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, Signs, bar_pieces, cell_text, words
from kxplan.render.chart import chart_pieces
from kxplan.render.headings import heading_text
from kxplan.render.layout import GAP, Fitted, fitted, wrapped
from kxplan.render.plain import NOTE_INDENT, padded, score_text
from kxplan.reports.page import (
    Bar,
    Block,
    Column,
    Curve,
    Dot,
    Fields,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    Points,
    Table,
    Value,
)

STYLES = {
    "green": "green", "yellow": "yellow", "red": "bold red", "blue": "bright_blue", "grey": "bright_magenta",
    "none": "default",
}  # fmt: skip
"""Grey is a duty nobody met: it gets a colour that does not fade on a projector."""
_TONES = {"plain": "", "quiet": "dim", "strong": "bold", "warning": "bold yellow", "alarm": "bold red"}
_TONE_MARKS = {"warning": "▲ ", "alarm": "■ "}


def terminal_page(page: Page, tr: Translator, width: int) -> RenderableType:
    """Return `page` as a rich renderable for a screen of `width` columns."""
    parts: list[RenderableType] = [_lines(words(page.title, tr), width, "bold"), Text()]
    for block in page.blocks:
        parts += _block(block, tr, width)
    return Group(*parts)


def show(page: Page, tr: Translator, console: Console) -> None:
    """Write `page` to the console."""
    console.print(terminal_page(page, tr, console.width), soft_wrap=False, highlight=False)


def _block(block: Block, tr: Translator, width: int) -> list[RenderableType]:
    match block:
        case Table():
            return [*_table(block, tr, width), Text()]
        case Heading():
            return [_lines(heading_text(block, tr), width, "bold"), Text()]
        case Paragraph():
            mark = _TONE_MARKS.get(block.tone, "")
            text = _lines(mark + words(block.words, tr), width, _TONES[block.tone])
            return [text] if block.tone == "quiet" else [text, Text()]
        case Lights():
            return [_lights(block, tr, width), Text()]
        case Fields():
            return [_fields(block, tr, width), Text()]
        case Curve():
            return [*_chart(block, tr, width), Text()]


def _chart(curve: Curve, tr: Translator, width: int) -> list[Text]:
    looks = {"done": "cyan", "expected": "bold", "axis": "dim"}
    return [
        Text.assemble(*((piece.text, looks[piece.role]) for piece in line))
        for line in chart_pieces(curve, tr, width, GLYPHS)
    ]


def _lines(text: str, width: int, style: str) -> Text:
    return Text("\n".join(line for part in text.split("\n") for line in wrapped(part, width)), style=style)


def _lights(lights: Lights, tr: Translator, width: int) -> Text:
    parts = [
        Text(
            f"{GLYPHS.lights[light]} {tr('words.count', word=tr(f'words.light.{light}'), count=count)}",
            style=STYLES[light] if count else "dim",
        )
        for light, count in lights.counts
    ]
    parts.append(Text(tr("words.count", word=tr("words.done"), count=lights.done)))
    parts.append(Text(score_text(lights, tr, GLYPHS), style="bold"))
    line = Text()
    column = 0
    for part in parts:
        if column and column + 3 + part.cell_len > width:
            line.append("\n")
            column = 0
        elif column:
            line.append("   ")
            column += 3
        line.append_text(part)
        column += part.cell_len
    return line


def _fields(block: Fields, tr: Translator, width: int) -> RichTable:
    labels = [Text(words(label, tr), style="dim") for label, _ in block.pairs]
    widest = max((label.cell_len for label in labels), default=0)
    grid = RichTable.grid(padding=(0, GAP, 0, 0))
    grid.add_column(width=widest)
    grid.add_column()
    for label, (_, value) in zip(labels, block.pairs, strict=True):
        room = max(width - widest - GAP, 10)
        grid.add_row(label, Text("\n".join(wrapped(cell_text(value, tr), room)), style=_style(value)))
    return grid


def _table(table: Table, tr: Translator, width: int) -> list[RenderableType]:
    fit = fitted(table, tr, GLYPHS, width)
    drawn: list[RenderableType] = []
    for number, group in enumerate(table.groups):
        if group.title is not None:
            drawn.append(_lines(words(group.title, tr), width, "bold"))
        grid = _grid(table, fit, is_first=number == 0)
        for at, (row, line) in enumerate(zip(group.rows, fit.texts[number], strict=True)):
            cells = zip(fit.shown, fit.widths, strict=True)
            grid.add_row(*(_cell(row[index], line[index], table.columns[index], size) for index, size in cells))
            notes = [words(note, tr) for index, note in group.notes if index == at]
            if notes:
                drawn += [grid, *(_note(note, width) for note in notes)]
                grid = _grid(table, fit, is_first=False)
        if grid.row_count:
            drawn.append(grid)
        if number + 1 < len(table.groups):
            drawn.append(Text())
    return drawn


def _note(text: str, width: int) -> Text:
    return Text("\n".join(NOTE_INDENT + line for line in wrapped(text, width - len(NOTE_INDENT))))


def _grid(table: Table, fit: Fitted, *, is_first: bool) -> RichTable:
    """Return an empty table whose columns are two blanks apart, as `layout` reckons."""
    grid = RichTable(
        box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, padding=(0, GAP - 1, 0, 0), header_style="dim",
        show_header=is_first,
    )  # fmt: skip
    for index, size in zip(fit.shown, fit.widths, strict=True):
        head = _aligned(fit.heads[index], table.columns[index], size)
        grid.add_column(Text(head), width=size, no_wrap=True, overflow="ignore")
    return grid


def _aligned(text: str, column: Column, size: int) -> str:
    return "\n".join(padded(line, size, column.align) for line in wrapped(text, size))


def _cell(value: Value, text: str, column: Column, size: int) -> Text:
    if isinstance(value, Bar):
        return _bar(value, size, GLYPHS)
    return Text(_aligned(text, column, size), style=_style(value))


def _bar(bar: Bar, size: int, signs: Signs) -> Text:
    looks = {"done": STYLES[bar.light].replace("bold ", ""), "rest": "dim", "mark": "bold"}
    text = Text()
    for piece in bar_pieces(bar, size, signs):
        text.append(piece.text, style=looks[piece.role])
    return text


def _style(value: Value) -> str:
    match value:
        case Lamp() | Dot(light=str()):
            return STYLES[value.light or "none"]
        case Points(value=gap) if gap is not None and gap < 0:
            return "bold"
    return ""
