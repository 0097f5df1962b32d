"""The text of a mail: short lines that read well in a narrow window and in any typeface."""

from __future__ import annotations

from collections.abc import Iterator

from kxplan.locale import Translator
from kxplan.render.cards import Card, cards, is_carded
from kxplan.render.cells import GLYPHS, cell_text, words
from kxplan.render.headings import heading_text
from kxplan.render.mail_blocks import pieces
from kxplan.render.plain import lights_text
from kxplan.reports.page import Block, Curve, Fields, Heading, Lights, Page, Paragraph, Table

_CHINESE_GAP, _GAP = "　", "  "


def mail_text(page: Page, tr: Translator) -> str:
    """Return `page` as the text part of a mail; a line is as long as what it says, and mail programs fold it."""
    lines = [words(page.title, tr), ""]
    for piece in pieces(page.blocks):
        lines += [*(line for block in piece for line in _block_lines(block, tr)), ""]
    return "\n".join(line.rstrip() for line in lines).strip() + "\n"


def _block_lines(block: Block, tr: Translator) -> Iterator[str]:
    match block:
        case Heading():
            yield heading_text(block, tr)
        case Paragraph():
            yield words(block.words, tr)
        case Lights():
            yield lights_text(block, tr, GLYPHS)
        case Fields():
            for label, value in block.pairs:
                yield tr("mail.fact", label=words(label, tr), value=cell_text(value, tr))
        case Table():
            yield from _table_lines(block, tr)
        case Curve():
            return


def _table_lines(table: Table, tr: Translator) -> Iterator[str]:
    gap = _CHINESE_GAP if tr.language == "zh" else _GAP
    if not is_carded(table):
        yield gap.join(words(column.title, tr) for column in table.columns)
    for number, group in enumerate(table.groups):
        if number:
            yield ""
        if group.title is not None:
            yield words(group.title, tr)
        if is_carded(table):
            for card in cards(table, group, tr):
                yield from _card_lines(card, tr, gap)
        else:
            for index, row in enumerate(group.rows):
                # A cell without words keeps its place, or the next would stand under its head.
                yield "- " + gap.join(cell_text(value, tr) or GLYPHS.nothing for value in row)
                yield from (f"    {words(note, tr)}" for at, note in group.notes if at == index)


def _card_lines(card: Card, tr: Translator, gap: str) -> Iterator[str]:
    yield gap.join(part for part in (card.lamp, card.title) if part)
    facts = [tr("mail.fact", label=label, value=value) for label, value in card.facts]
    rest = [part for part in (*card.figures, *facts) if part]
    if rest:
        yield "    " + gap.join(rest)
    for note in card.notes:
        yield "    " + note
