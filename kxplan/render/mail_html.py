"""The HTML of a mail: tables and coloured cells that every mail program draws, nothing fetched, below 100 KB."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import NamedTuple

from css_inline import CSSInliner

from kxplan.locale import Translator
from kxplan.render.cards import Card, cards, is_carded
from kxplan.render.cells import GLYPHS, cell_text, words
from kxplan.render.colours import COLOURS, INK
from kxplan.render.headings import heading_text
from kxplan.render.mail_blocks import RAISED, pieces
from kxplan.render.plain import score_text
from kxplan.render.template import filled
from kxplan.reports.page import Bar, Block, Curve, Fields, Heading, Lights, Page, Paragraph, Table

LIMIT_BYTES = 100_000
"""Above this Gmail cuts a mail off."""

_REST, _MARK = "#e0e0e0", "#212121"


class _Cell(NamedTuple):
    """A coloured piece of a bar."""

    percent: int
    colour: str


def mail_html(page: Page, tr: Translator) -> str:
    """Return `page` as the HTML part of a mail; of tables too long for it the first rows, and how many are left out."""
    most = max(
        (len(group.rows) for block in page.blocks if isinstance(block, Table) for group in block.groups), default=0
    )
    while True:
        html = _html(page, tr, most)
        size = len(html.encode())
        if size < LIMIT_BYTES or most == 0:
            return html
        most = min(most * LIMIT_BYTES // size, most - 1)


def _html(page: Page, tr: Translator, most: int) -> str:
    """Return the page with at most so many rows of each group of a table."""
    blocks = [view for piece in pieces(page.blocks) for view in _piece_views(piece, tr, most)]
    html = filled(
        "mail.html", title=words(page.title, tr), blocks=blocks, language="zh-CN" if tr.language == "zh" else "en"
    )
    return CSSInliner(load_remote_stylesheets=False, keep_style_tags=False).inline(html)


def _piece_views(piece: tuple[Block, ...], tr: Translator, most: int) -> Iterator[dict[str, object]]:
    first = piece[0]
    if isinstance(first, Paragraph) and first.tone in RAISED:
        lines = [words(block.words, tr) for block in piece if isinstance(block, Paragraph)]
        yield {"kind": "box", "tone": first.tone, "lines": lines}
    else:
        yield from _views(first, tr, most)


def _views(block: Block, tr: Translator, most: int) -> Iterator[dict[str, object]]:
    match block:
        case Heading():
            yield {"kind": "heading", "text": heading_text(block, tr)}
        case Paragraph():
            yield {"kind": "paragraph", "tone": block.tone, "lines": words(block.words, tr).split("\n")}
        case Lights():
            yield _lights_view(block, tr)
        case Fields():
            pairs = [(words(label, tr), cell_text(value, tr)) for label, value in block.pairs]
            yield {"kind": "fields", "pairs": pairs}
        case Table():
            yield _cards_view(block, tr, most) if is_carded(block) else _table_view(block, tr, most)
            left_out = sum(max(len(group.rows) - most, 0) for group in block.groups)
            if left_out:
                yield {"kind": "paragraph", "tone": "quiet", "lines": [tr("mail.more-rows", n=left_out)]}
        case Curve():
            return


def _lights_view(lights: Lights, tr: Translator) -> dict[str, object]:
    chips = [
        {
            "text": f"{GLYPHS.lights[light]} {tr('words.count', word=tr(f'words.light.{light}'), count=count)}",
            "colour": COLOURS[light],
            "ink": INK[light],
        }
        for light, count in lights.counts
        if count
    ]
    done = tr("words.count", word=tr("words.done"), count=lights.done)
    return {"kind": "lights", "chips": chips, "facts": [done, score_text(lights, tr, GLYPHS)]}


def _cards_view(table: Table, tr: Translator, most: int) -> dict[str, object]:
    groups = []
    for group in table.groups:
        shown = [_card_view(card, tr) for card in cards(table, group, tr)[:most]]
        groups.append({"title": None if group.title is None else words(group.title, tr), "cards": shown})
    return {"kind": "cards", "groups": groups}


def _card_view(card: Card, tr: Translator) -> dict[str, object]:
    return {
        "lamp": card.lamp,
        "colour": COLOURS[card.light],
        "ink": INK[card.light],
        "title": card.title,
        "cells": _bar_cells(card.bar) if card.bar else [],
        "figures": card.figures,
        "facts": [tr("mail.fact", label=label, value=value) for label, value in card.facts],
        "notes": card.notes,
    }


def _table_view(table: Table, tr: Translator, most: int) -> dict[str, object]:
    rows: list[dict[str, object]] = []
    for group in table.groups:
        if group.title is not None:
            rows.append({"group": words(group.title, tr)})
        for index, row in enumerate(group.rows[:most]):
            notes = [words(note, tr) for at, note in group.notes if at == index]
            rows.append({"group": None, "texts": [cell_text(value, tr) for value in row], "notes": notes})
    heads = [words(column.title, tr) for column in table.columns]
    return {"kind": "table", "heads": heads, "aligns": [column.align for column in table.columns], "rows": rows}


def _bar_cells(bar: Bar) -> list[_Cell]:
    """Return the pieces of a bar, left to right, with the mark where it should be by now; 100 in all."""
    done = _percent(bar.value or Fraction(0))
    if bar.mark is None:
        return _pieces((done, COLOURS[bar.light]), (100 - done, _REST))
    mark = min(max(_percent(bar.mark), 1), 99)
    if done < mark:
        return _pieces((done, COLOURS[bar.light]), (mark - done, _REST), (1, _MARK), (99 - mark, _REST))
    filled = max(done - mark - 1, 0)
    return _pieces((mark, COLOURS[bar.light]), (1, _MARK), (filled, COLOURS[bar.light]), (99 - mark - filled, _REST))


def _pieces(*parts: tuple[int, str]) -> list[_Cell]:
    return [_Cell(percent, colour) for percent, colour in parts if percent > 0]


def _percent(share: Fraction) -> int:
    if share <= 0:
        return 0
    return 100 if share >= 1 else min(max(int(share * 100 + Fraction(1, 2)), 1), 99)
