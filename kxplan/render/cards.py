"""Cards: a row of a table as a small piece of its own, for screens that are narrower than any table."""

from __future__ import annotations

from typing import NamedTuple

from kxplan.locale import Translator
from kxplan.progress.standing import Light
from kxplan.render.cells import GLYPHS, cell_text, words
from kxplan.reports.page import Bar, Lamp, Progress, Rows, Share, Table


class Card(NamedTuple):
    """A row: its light, its title, what matters most, and the rest as labelled facts."""

    light: Light
    lamp: str
    """The light's sign and word, with the state; "" where the row has none."""
    title: str
    bar: Bar | None
    figures: tuple[str, ...]
    """What was reached of what was promised, and the share."""
    facts: tuple[tuple[str, str], ...]
    """Labels and values, without those that have no meaning."""
    notes: tuple[str, ...]


def is_carded(table: Table) -> bool:
    """Tell whether the rows of a table are things with a light each."""
    return any(isinstance(value, Lamp) for group in table.groups for row in group.rows for value in row)


def cards(table: Table, group: Rows, tr: Translator) -> tuple[Card, ...]:
    """Return a card for each row of a group, in order."""
    found = []
    for index, row in enumerate(group.rows):
        light: Light = "none"
        lamp, title, bar = "", "", None
        figures: list[str] = []
        facts: list[tuple[str, str]] = []
        for column, value in zip(table.columns, row, strict=True):
            text = cell_text(value, tr)
            if isinstance(value, Lamp):
                light, lamp = value.light, text
            elif isinstance(value, Bar):
                bar = value if value.value is not None else None
            elif column.key == "goal":
                title = text
            elif isinstance(value, (Progress, Share)) or column.key == "progress":
                figures += [text] if text not in ("", GLYPHS.nothing) else []
            elif text not in ("", GLYPHS.nothing):
                facts.append((words(column.title, tr), text))
        notes = tuple(words(note, tr) for at, note in group.notes if at == index)
        found.append(Card(light, lamp, title, bar, tuple(figures), tuple(facts), notes))
    return tuple(found)
