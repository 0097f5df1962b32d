"""The ledger as csv: every cell in quotes, no text a formula, written as it is read."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path

from kxplan.inert import inert
from kxplan.locale import Translator
from kxplan.message import Message
from kxplan.render.numbers import plain
from kxplan.reports.ledger_sheet import Cell
from kxplan.text import shown


def write_ledger_csv(path: Path, headings: Sequence[str], rows: Iterable[Sequence[Cell]], tr: Translator) -> None:
    """Write the rows under the headings into the file `path`. Raises OSError."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        # Quotes around everything: a reader that guesses the separator sees no other.
        table = csv.writer(file, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
        table.writerow([inert(shown(heading)) for heading in headings])
        table.writerows([_text(cell, tr) for cell in row] for row in rows)


def _text(cell: Cell, tr: Translator) -> str:
    match cell:
        case None:
            return ""
        case str():
            return inert(shown(cell, lines=True))
        case Message():
            return tr(cell)
        case Decimal():
            return plain(cell)
        case date():
            return str(cell)
    return str(cell)
