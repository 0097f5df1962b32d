"""Wrong cells: what is wrong on a sheet, every cell named, the same thing told once for all of them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kxplan.message import Message, message


class WrongCell(NamedTuple):
    """What is wrong in a cell, or with its row."""

    cell: str
    """As `填报!B5`; without a sheet `B5`."""
    what: Message


def sentences(wrong: Sequence[WrongCell]) -> list[Message]:
    """Return a sentence for each thing that is wrong, in the order of the first cell that has it."""
    cells: dict[str, list[str]] = {}
    whats: dict[str, Message] = {}
    for cell, what in wrong:
        same = f"{what.id} {what.data}"
        whats.setdefault(same, what)
        cells.setdefault(same, []).append(cell)
    return [message("import.problem", cell=tuple(_ranges(cells[same])), what=what) for same, what in whats.items()]


_CELL = re.compile(r"(.*?)([A-Z]+)(\d+)", re.DOTALL)


def _ranges(cells: Iterable[str]) -> Iterator[str]:
    """Yield cells that stand one below the other as one range: `填报!B5:B9`."""
    first: tuple[str, int] | None = None
    last = 0
    for cell in cells:
        match = _CELL.fullmatch(cell)
        if match is None:
            raise ValueError(cell)
        column, row = match[1] + match[2], int(match[3])
        if first is not None and column == first[0] and row == last + 1:
            last = row
            continue
        if first is not None:
            yield _range(*first, last)
        first, last = (column, row), row
    if first is not None:
        yield _range(*first, last)


def _range(column: str, first: int, last: int) -> str:
    start = f"{column}{first}"
    return start if first == last else f"{start}:{column.rpartition('!')[2]}{last}"
