"""Headings of the ledger as a sheet: each names its column to a person and to an import, and no other."""

from __future__ import annotations

from collections.abc import Sequence

from kxplan.locale import Translator
from kxplan.model.form import COLUMNS
from kxplan.text import folded

_NAMES = {column.id: column.names for column in COLUMNS}


def sheet_headings(columns: Sequence[str], zone: str, tr: Translator) -> tuple[str, ...]:
    """Return the headings of the columns with these ids.

    A breakdown is headed by its key; a heading that is the key of one gives way to another of its names.
    """
    keys = [column.partition(":")[2] for column in columns if ":" in column]
    taken = set(map(folded, keys))
    headings = []
    for column in columns:
        kind, _, key = column.partition(":")
        heading = key or _free(kind, tr(f"export.column.{kind}"), taken, tr)
        headings.append(tr("export.in-zone", heading=heading, zone=zone) if kind == "recorded" else heading)
    return tuple(headings)


def _free(column: str, heading: str, taken: set[str], tr: Translator) -> str:
    if folded(heading) not in taken:
        return heading
    is_ascii = tr.language == "en"
    others = (name for name in _NAMES.get(column, ()) if name.isascii() == is_ascii and name not in taken)
    return next(others, f"{heading} 2")
