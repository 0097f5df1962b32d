"""The terminal: a page with colour, for people and projectors.

Laid out by `layout`, as plain text is, into runs of text with a style; rich knows the colours of
the terminal and writes them. Its own tables would take longer than everything else a status does.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.segment import Segment, Segments
from rich.style import Style

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, Signs, bar_pieces, cell_text, words
from kxplan.render.chart import chart_pieces
from kxplan.render.headings import heading_text
from kxplan.render.layout import GAP, fitted, legend_of, wrapped
from kxplan.render.plain import NOTE_INDENT, padded, score_text
from kxplan.reports.page import (
    Bar,
    Block,
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
from kxplan.text import width as columns_of

STYLES = {
    "green": "green", "yellow": "yellow", "red": "bold red", "blue": "bright_blue", "grey": "bright_magenta",
    "none": "default",
}  # fmt: skip
"""Grey is a duty nobody met: it gets a colour that does not fade on a projector."""
_TONES = {"plain": "", "quiet": "dim", "strong": "bold", "warning": "bold yellow", "alarm": "bold red"}
_TONE_MARKS = {"warning": "▲ ", "alarm": "■ "}


def terminal_page(page: Page, tr: Translator, width: int) -> Segments:
    """Return `page` as a rich renderable for a screen of `width` columns."""
    lines = [*_folded(words(page.title, tr), width, "bold"), ()]
    for block in page.blocks:
        lines += _block(block, tr, width)
    return Segments(_segments(lines))


def show(page: Page, tr: Translator, console: Console) -> None:
    """Write `page` to the console."""
    console.print(terminal_page(page, tr, console.width), end="", crop=False)


Run = tuple[str, str]
"""Text, and the style it is written in."""
Line = Sequence[Run]


def _segments(lines: Iterable[Line]) -> Iterator[Segment]:
    styles: dict[str, Style | None] = {"": None}
    for line in lines:
        for text, style in _trimmed(line):
            if style not in styles:
                styles[style] = Style.parse(style)
            yield Segment(text, styles[style])
        yield Segment.line()


def _trimmed(line: Line) -> Line:
    """Return the line without the blanks at its end."""
    runs = list(line)
    while runs:
        text, style = runs.pop()
        if text.rstrip():
            return [*runs, (text.rstrip(), style)]
    return runs


def _block(block: Block, tr: Translator, width: int) -> list[Line]:
    match block:
        case Table():
            return list(_table(block, tr, width))
        case Heading():
            return [*_folded(heading_text(block, tr), width, "bold"), ()]
        case Paragraph():
            mark = _TONE_MARKS.get(block.tone, "")
            text = _folded(mark + words(block.words, tr), width, _TONES[block.tone])
            return text if block.tone == "quiet" else [*text, ()]
        case Lights():
            return [*_lights(block, tr, width), ()]
        case Fields():
            return [*_fields(block, tr, width), ()]
        case Curve():
            return [*_chart(block, tr, width), ()]


def _chart(curve: Curve, tr: Translator, width: int) -> list[Line]:
    looks = {"done": "cyan", "expected": "bold", "axis": "dim"}
    return [[(piece.text, looks[piece.role]) for piece in line] for line in chart_pieces(curve, tr, width, GLYPHS)]


def _folded(text: str, width: int, style: str = "") -> list[Line]:
    return [[(line, style)] for part in text.split("\n") for line in wrapped(part, width)]


def _lights(lights: Lights, tr: Translator, width: int) -> list[Line]:
    parts = [
        (
            f"{GLYPHS.lights[light]} {tr('words.count', word=tr(f'words.light.{light}'), count=count)}",
            STYLES[light] if count else "dim",
        )
        for light, count in lights.counts
    ]
    parts.append((tr("words.count", word=tr("words.done"), count=lights.done), ""))
    parts.append((score_text(lights, tr, GLYPHS), "bold"))
    lines: list[list[Run]] = [[]]
    column = 0
    for part in parts:
        size = columns_of(part[0])
        if column and column + 3 + size > width:
            lines.append([])
            column = 0
        elif column:
            lines[-1].append(("   ", ""))
            column += 3
        lines[-1].append(part)
        column += size
    return list(lines)


def _fields(block: Fields, tr: Translator, width: int) -> Iterator[Line]:
    labels = [words(label, tr) for label, _ in block.pairs]
    widest = max((columns_of(label) for label in labels), default=0)
    for label, (_, value) in zip(labels, block.pairs, strict=True):
        head = padded(label, widest + GAP, "left")
        for text in wrapped(cell_text(value, tr), max(width - widest - GAP, 10)):
            yield [(head, "dim"), (text, _style(value))]
            head = " " * (widest + GAP)


def _table(table: Table, tr: Translator, width: int) -> Iterator[Line]:
    fit = fitted(table, tr, GLYPHS, width)
    columns = [(index, size, table.columns[index].align) for index, size in zip(fit.shown, fit.widths, strict=True)]
    head = [[[(line, "dim")] for line in _aligned(fit.heads[index], size, align)] for index, size, align in columns]
    rule = GLYPHS.rule * (sum(fit.widths) + GAP * (len(columns) - 1))
    for number, group in enumerate(table.groups):
        if group.title is not None:
            yield from _folded(words(group.title, tr), width, "bold")
        if not number:
            yield from _side_by_side(head, fit.widths)
            yield [(rule, "")]
        for at, (row, texts) in enumerate(zip(group.rows, fit.texts[number], strict=True)):
            yield from _side_by_side(
                [_cell(row[index], texts[index], size, align) for index, size, align in columns], fit.widths
            )
            for index, note in group.notes:
                if index == at:
                    yield from _note(words(note, tr), width)
        yield ()
    legend = legend_of(table, fit)
    if legend is not None:
        yield from _folded(words(legend, tr, GLYPHS), width, _TONES["quiet"])


def _note(text: str, width: int) -> list[Line]:
    return [[(NOTE_INDENT + line, "")] for line in wrapped(text, width - len(NOTE_INDENT))]


def _side_by_side(cells: Sequence[Sequence[Line]], widths: Sequence[int]) -> Iterator[Line]:
    """Yield the lines of a row, each cell's beside those of the others, two blanks apart."""
    for part in range(max(len(cell) for cell in cells)):
        line: list[Run] = []
        for cell, size in zip(cells, widths, strict=True):
            line += cell[part] if part < len(cell) else [(" " * size, "")]
            line.append((" " * GAP, ""))
        yield line[:-1]


def _cell(value: Value, text: str, size: int, align: str) -> list[Line]:
    if isinstance(value, Bar):
        return [_bar(value, size, GLYPHS)]
    style = _style(value)
    return [[(line, style)] for line in _aligned(text, size, align)]


def _aligned(text: str, size: int, align: str) -> list[str]:
    return [padded(line, size, align) for line in wrapped(text, size)]


def _bar(bar: Bar, size: int, signs: Signs) -> Line:
    looks = {"done": STYLES[bar.light].replace("bold ", ""), "rest": "dim", "mark": "bold"}
    pieces = [(piece.text, looks[piece.role]) for piece in bar_pieces(bar, size, signs)]
    return pieces or [(" " * size, "")]


def _style(value: Value) -> str:
    match value:
        case Lamp() | Dot(light=str()):
            return STYLES[value.light or "none"]
        case Points(value=gap) if gap is not None and gap < 0:
            return "bold"
    return ""
