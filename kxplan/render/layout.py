"""Layout: which columns of a table a screen holds, how wide each is, and where its lines break."""

from __future__ import annotations

from collections.abc import Sequence

from kxplan.locale import Translator
from kxplan.record import Record
from kxplan.render.cells import Signs, cell_text, words
from kxplan.reports.page import Bar, Column, Table, Words
from kxplan.text import width as columns_of

GAP = 2
"""Blanks between two columns."""
_WIDEST_BAR = 20
_NEVER_AT_HEAD = "，。、；：！？）》」』”’〕】,.;:!?)]}%"
_NEVER_AT_TAIL = "（《「『“‘〔【([{"


class Fitted(Record):
    """A table as a screen holds it."""

    shown: tuple[int, ...]
    """The indices of the columns that are shown, in order."""
    widths: tuple[int, ...]
    """How many columns of the screen each takes, in the same order."""
    texts: tuple[tuple[tuple[str, ...], ...], ...]
    """Per group and row, the text of every column of the table (shown or not)."""
    heads: tuple[str, ...]
    """The titles of every column of the table."""


def fitted(table: Table, tr: Translator, signs: Signs, width: int | None) -> Fitted:
    """Return how `table` fits into `width` columns; None: it may take what it needs.

    Columns leave in the order of their `keep`, and the flexible ones give way before that,
    but never below their least width.
    """
    heads = tuple(words(column.title, tr, signs) for column in table.columns)
    texts = tuple(
        tuple(tuple(cell_text(value, tr, signs) for value in row) for row in group.rows) for group in table.groups
    )
    natural = [_natural(index, table, heads, texts) for index in range(len(table.columns))]
    shown = [index for index in range(len(table.columns)) if not _is_empty(index, table, texts)]
    widths = natural
    while width is not None:
        widths = _squeezed(table.columns, natural, shown, width)
        dropped = max(shown, key=lambda index: table.columns[index].keep)
        if _total(widths, shown) <= width or not table.columns[dropped].keep:
            break
        shown.remove(dropped)
    return Fitted(tuple(shown), tuple(widths[index] for index in shown), texts, heads)


def legend_of(table: Table, fit: Fitted) -> Words | None:
    """Return what explains the bars of a table; None where a screen shows none of them."""
    rows = [row for group in table.groups for row in group.rows]
    is_drawn = any(isinstance(bar := row[index], Bar) and bar.value is not None for row in rows for index in fit.shown)
    return table.legend if is_drawn else None


def wrapped(text: str, width: int) -> list[str]:
    """Return the lines of `text` broken to `width` columns: at blanks, and between Chinese characters.

    A number stays with its unit.
    A word that is wider than a line stands alone on a line of its own and is not broken.
    """
    if columns_of(text) <= width:
        return [text.rstrip()]
    lines: list[str] = []
    line, line_width = "", 0
    for piece in pieces(text):
        piece_width = columns_of(piece)
        if line and line_width + columns_of(piece.rstrip()) > width:
            lines.append(line.rstrip())
            line, line_width = "", 0
            piece = piece.lstrip()  # noqa: PLW2901 -- a new line does not begin with a blank
            piece_width = columns_of(piece)
        line, line_width = line + piece, line_width + piece_width
    lines.append(line.rstrip())
    return lines


def pieces(text: str) -> list[str]:
    """Return `text` cut wherever a line may break; a number stays with its unit, a mark with its word."""
    found: list[str] = []
    for character in text:
        is_wide = columns_of(character) == 2
        if found and (
            character in _NEVER_AT_HEAD
            or character == " "
            or found[-1][-1] in _NEVER_AT_TAIL
            or (is_wide and found[-1][-1].isdecimal())
            or (not is_wide and not found[-1].endswith(" ") and columns_of(found[-1][-1]) != 2)
        ):
            found[-1] += character
        else:
            found.append(character)
    return found


def _natural(index: int, table: Table, heads: Sequence[str], texts: Sequence[Sequence[Sequence[str]]]) -> int:
    if any(isinstance(row[index], Bar) for group in table.groups for row in group.rows):
        return _WIDEST_BAR
    cells = (columns_of(row[index]) for group in texts for row in group)
    return max(columns_of(heads[index]), *cells, 1)


def _is_empty(index: int, table: Table, texts: Sequence[Sequence[Sequence[str]]]) -> bool:
    column = table.columns[index]
    if not column.keep:
        return False
    rows = [row for group in table.groups for row in group.rows]
    if any(isinstance(row[index], Bar) for row in rows):
        return not any(isinstance(bar := row[index], Bar) and bar.value is not None for row in rows)
    return len({row[index] for group in texts for row in group} - {"—", "-", ""}) == 0


def _squeezed(columns: Sequence[Column], natural: Sequence[int], shown: Sequence[int], width: int) -> list[int]:
    widths = list(natural)
    over = _total(widths, shown) - width
    for index in sorted(shown, key=lambda index: -columns[index].keep):
        least = columns[index].min_width
        if over <= 0 or least is None:
            continue
        given = min(over, max(widths[index] - least, 0))
        widths[index] -= given
        over -= given
    return widths


def _total(widths: Sequence[int], shown: Sequence[int]) -> int:
    return sum(widths[index] for index in shown) + GAP * (len(shown) - 1)
