"""A page as CSV: its tables one below the other, figures bare, for any spreadsheet."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence

from kxplan.inert import inert
from kxplan.locale import Translator
from kxplan.render import numbers
from kxplan.render.cells import NO_SIGNS, bare_points, cell_text, words
from kxplan.render.course import course_table
from kxplan.render.flat import flat
from kxplan.render.headings import heading_text
from kxplan.reports.page import (
    Amount,
    Block,
    Curve,
    Fields,
    Heading,
    Lights,
    Page,
    Paragraph,
    Points,
    Score,
    Share,
    Table,
    Value,
)


def page_csv(page: Page, tr: Translator) -> bytes:
    """Return `page` as CSV with the mark that Excel knows UTF-8 by; an empty line stands before each table."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow([inert(words(page.title, tr, NO_SIGNS))])
    for block in page.blocks:
        writer.writerows(_block_rows(block, tr))
    return text.getvalue().encode("utf-8-sig")


def _block_rows(block: Block, tr: Translator) -> Iterator[Sequence[str]]:
    match block:
        case Heading():
            yield []
            yield [inert(heading_text(block, tr, NO_SIGNS))]
        case Paragraph():
            yield [inert(words(block.words, tr, NO_SIGNS).replace("\n", " "))]
        case Lights():
            lights = [tr(f"words.light.{light}") for light, _ in block.counts]
            yield [*lights, tr("words.done"), tr("report.column.score")]
            yield [*(str(count) for _, count in block.counts), str(block.done), _cell(Score(block.score), tr)]
        case Fields():
            yield from ([inert(words(label, tr)), _cell(value, tr)] for label, value in block.pairs)
        case Table():
            yield from _table_rows(block, tr)
        case Curve():
            yield from _table_rows(course_table(block), tr)


def _table_rows(block: Table, tr: Translator) -> Iterator[Sequence[str]]:
    table = flat(block, tr, joint=tr("report.semicolon"), with_units=True)
    yield [inert(words(column.title, tr, NO_SIGNS)) for column in table.columns]
    yield from ([_cell(value, tr) for value in row] for row in table.rows)


def _cell(value: Value, tr: Translator) -> str:
    """Return a figure bare, as a spreadsheet reads it, and a text inert."""
    match value:
        case Amount() if value.value is not None:
            return numbers.plain(value.value)
        case Points() if value.value is not None:
            return bare_points(value)
        case Share() | Score():
            return cell_text(value, tr, NO_SIGNS)
    return inert(cell_text(value, tr, NO_SIGNS))
