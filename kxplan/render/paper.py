"""Paper: the room that columns of a table need, the parts of a page, and which of them lie on their side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from kxplan.dates import Period
from kxplan.locale import Translator
from kxplan.message import Message
from kxplan.render.cells import NOTHING, cell_text, words
from kxplan.render.layout import pieces
from kxplan.reports.page import Absent, Bar, Block, Column, Dot, Heading, Lamp, Page, People, Table, Value
from kxplan.text import width as columns_of

_LEAST = 6
"""Half ems below which no column is squeezed that has more to say."""
_HEAD = 4
"""Half ems that a column's title may be folded to."""
_BAR = 10
_FOLDED = (str, Message, People, Absent, Period)
"""What may be broken over several lines."""
PADDING = 2
"""Half ems that each column takes beside its text."""
_UPRIGHT = 96
"""Half ems of small type across an upright page of A4."""


class Part(NamedTuple):
    """A heading of the second level, or none, with what stands under it."""

    heading: Heading | None
    blocks: tuple[Block, ...]


class Need(NamedTuple):
    """The room a column needs, in half ems, without its padding."""

    least: int
    natural: int
    """With this much nothing of it is broken."""


def parts_of(page: Page) -> tuple[Part, ...]:
    """Return the blocks of a page by the headings of the second level, in order; the first part has no heading."""
    found: list[tuple[Heading | None, list[Block]]] = [(None, [])]
    for block in page.blocks:
        if isinstance(block, Heading) and block.level <= 2:
            found.append((block, []))
        else:
            found[-1][1].append(block)
    return tuple(Part(heading, tuple(blocks)) for heading, blocks in found)


def is_wide(part: Part, tr: Translator) -> bool:
    """Tell whether a table of a part needs a page on its side."""
    return any(_least_width(block, tr) > _UPRIGHT for block in part.blocks if isinstance(block, Table))


def needs(table: Table, tr: Translator) -> tuple[Need | None, ...]:
    """Return the need of each column; None for one that may be left out and has nothing to say."""
    rows = [row for group in table.groups for row in group.rows]
    return tuple(_need(column, [row[index] for row in rows], tr) for index, column in enumerate(table.columns))


def has_bars(table: Table, index: int) -> bool:
    """Tell whether a column of a table holds bars."""
    return any(isinstance(row[index], Bar) for group in table.groups for row in group.rows)


def _need(column: Column, values: Sequence[Value], tr: Translator) -> Need | None:
    bars = [value for value in values if isinstance(value, Bar)]
    if bars:
        return Need(_BAR, _BAR) if any(bar.value is not None for bar in bars) else None
    texts = [cell_text(value, tr) for value in values]
    if column.keep and not set(texts) - {NOTHING, ""}:
        return None
    title = words(column.title, tr)
    head = min(columns_of(title), max(_HEAD, _widest(title)))
    natural = max((columns_of(text) for text in texts), default=0)
    least = max((_least(value, text, tr) for value, text in zip(values, texts, strict=True)), default=0)
    floor = max(_LEAST, column.min_width or 0)
    least = max(least, min(natural, floor), head)
    return Need(least, max(natural, least, min(columns_of(title), 2 * _HEAD)))


def _least(value: Value, text: str, tr: Translator) -> int:
    """Return the width of what must stand on one line: all of a figure, the longest piece of a text."""
    if isinstance(value, _FOLDED) or (isinstance(value, Lamp) and tr.language == "en"):
        return _widest(text)
    # Chinese typefaces draw a light's sign two half ems wide.
    return columns_of(text) + isinstance(value, (Lamp, Dot))


def _widest(text: str) -> int:
    return max((columns_of(piece.strip()) for piece in pieces(text)), default=0)


def _least_width(table: Table, tr: Translator) -> int:
    """Return the half ems that a table cannot do without; its bars can be as short as need be."""
    told = (need for index, need in enumerate(needs(table, tr)) if not has_bars(table, index))
    return sum(need.least + PADDING for need in told if need is not None)
