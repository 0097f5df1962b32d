"""Plain text: a page without colour, for pipes, files and old consoles."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kxplan.locale import Translator
from kxplan.render.cells import ASCII, Signs, bar_pieces, cell_text, words
from kxplan.render.headings import heading_text
from kxplan.render.layout import GAP, Fitted, fitted, legend_of, wrapped
from kxplan.reports.page import Bar, Block, Curve, Fields, Heading, Lights, Page, Paragraph, Rows, Score, Table
from kxplan.text import width as columns_of

NOTE_INDENT = "    "
"""What stands before a remark under a row."""


def plain_text(page: Page, tr: Translator, width: int | None, signs: Signs = ASCII) -> str:
    """Return `page` as lines of text, each at most `width` columns where that can be (None: no limit)."""
    lines = [*_folded(words(page.title, tr, signs), width), ""]
    for block in page.blocks:
        lines += _block_lines(block, tr, width, signs)
    return "\n".join(line.rstrip() for line in lines).rstrip("\n") + "\n"


def padded(text: str, width: int, align: str) -> str:
    """Return `text` with blanks up to `width` columns."""
    blanks = " " * max(width - columns_of(text), 0)
    return blanks + text if align == "right" else text + blanks


def lights_text(lights: Lights, tr: Translator, signs: Signs) -> str:
    """Return the counts of lights and the score as one line."""
    counts = [
        f"{signs.lights[light]} {tr('words.count', word=tr(f'words.light.{light}'), count=count)}"
        for light, count in lights.counts
    ]
    return "  ".join(
        [*counts, tr("words.count", word=tr("words.done"), count=lights.done), score_text(lights, tr, signs)]
    )


def score_text(lights: Lights, tr: Translator, signs: Signs) -> str:
    """Return the score with its word."""
    return tr("words.score", score=cell_text(Score(lights.score), tr, signs))


def _block_lines(block: Block, tr: Translator, width: int | None, signs: Signs) -> Iterable[str]:
    match block:
        case Table():
            return _table_lines(block, tr, width, signs)
        case Heading():
            return [*_folded(heading_text(block, tr, signs), width), ""]
        case Paragraph():
            mark = "! " if block.tone in ("warning", "alarm") else ""
            text = mark + words(block.words, tr, signs)
            return [*(line for part in text.split("\n") for line in _folded(part, width)), *_after(block)]
        case Lights():
            return [*_folded(lights_text(block, tr, signs), width), ""]
        case Fields():
            return [*_field_lines(block, tr, width, signs), ""]
        case Curve():
            from kxplan.render.chart import chart_lines  # noqa: PLC0415 -- few pages have a curve

            return [*chart_lines(block, tr, width, signs), ""]


def _after(block: Paragraph) -> list[str]:
    return [] if block.tone == "quiet" else [""]


def _folded(text: str, width: int | None) -> list[str]:
    return [text] if width is None else wrapped(text, width)


def _field_lines(block: Fields, tr: Translator, width: int | None, signs: Signs) -> Iterator[str]:
    labels = [words(label, tr, signs) for label, _ in block.pairs]
    widest = max((columns_of(label) for label in labels), default=0)
    for label, (_, value) in zip(labels, block.pairs, strict=True):
        room = None if width is None else max(width - widest - GAP, 10)
        first, *rest = _folded(cell_text(value, tr, signs), room)
        yield padded(label, widest + GAP, "left") + first
        for line in rest:
            yield " " * (widest + GAP) + line


def _table_lines(table: Table, tr: Translator, width: int | None, signs: Signs) -> Iterator[str]:
    fit = fitted(table, tr, signs, width)
    yield _joined(table, fit, [fit.heads[index] for index in fit.shown])
    yield (" " * GAP).join(signs.rule * size for size in fit.widths)
    for number, group in enumerate(table.groups):
        if group.title is not None:
            yield from _folded(words(group.title, tr, signs), width)
        yield from _group_lines(table, fit, group, fit.texts[number], (tr, width, signs))
        yield ""
    legend = legend_of(table, fit)
    if legend is not None:
        yield from _folded(words(legend, tr, signs), width)


def _group_lines(
    table: Table,
    fit: Fitted,
    group: Rows,
    texts: tuple[tuple[str, ...], ...],
    context: tuple[Translator, int | None, Signs],
) -> Iterator[str]:
    tr, width, signs = context
    for index, (row, line) in enumerate(zip(group.rows, texts, strict=True)):
        cells = []
        for column, size in zip(fit.shown, fit.widths, strict=True):
            value = row[column]
            if isinstance(value, Bar):
                cells.append(["".join(piece.text for piece in bar_pieces(value, size, signs))])
            else:
                cells.append(wrapped(line[column], size))
        for part in range(max(len(cell) for cell in cells)):
            yield _joined(table, fit, [cell[part] if part < len(cell) else "" for cell in cells])
        for at, note in group.notes:
            if at == index:
                for text in _folded(words(note, tr, signs), None if width is None else width - len(NOTE_INDENT)):
                    yield NOTE_INDENT + text


def _joined(table: Table, fit: Fitted, texts: list[str]) -> str:
    cells = zip(fit.shown, fit.widths, texts, strict=True)
    return (" " * GAP).join(padded(text, size, table.columns[index].align) for index, size, text in cells)
