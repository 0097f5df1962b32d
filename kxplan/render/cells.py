"""Cells: each value of a page as text in one language, and the bar as pieces."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from fractions import Fraction
from itertools import groupby
from typing import Any, cast

from kxplan.dates import Period
from kxplan.locale import Translator
from kxplan.message import Message
from kxplan.record import Record
from kxplan.render import numbers
from kxplan.reports.page import (
    Absent,
    Amount,
    Bar,
    Before,
    Dot,
    Entries,
    Lamp,
    People,
    Points,
    Progress,
    Rows,
    Score,
    Share,
    Sign,
    Steps,
)
from kxplan.text import shortened, shown

NOTHING = "—"
_LONGEST = 5_000
"""No cell shows more characters: a table would be worked at for minutes."""


class Signs(Record):
    """The characters of a drawing: signs of lights, and pieces of a bar."""

    lights: dict[str, str]
    done: str
    rest: str
    mark: str
    rule: str
    nothing: str = NOTHING


GLYPHS = Signs({"green": "●", "yellow": "▲", "red": "■", "blue": "◆", "grey": "○", "none": "·"}, "█", "─", "┃", "─")
"""Every one of them can be written in GBK."""

NO_SIGNS = Signs(dict.fromkeys(GLYPHS.lights, ""), "", "", "", "", "")
"""For formats that say everything in words, and leave out what has no meaning."""

ASCII = Signs({"green": "+", "yellow": "!", "red": "X", "blue": ">", "grey": "?", "none": "-"}, "#", ".", "|", "-", "-")
"""For consoles whose box characters are two columns wide, and for plain text."""


def words(value: str | Message, tr: Translator, signs: Signs = GLYPHS) -> str:
    """Return text of people inert, or a message in the language of `tr`, figures in it rounded."""
    if isinstance(value, str):
        return shown(value)
    data = {name: _inner(inner, tr, signs) for name, inner in value.data.items()}
    return tr(value.id, **data)


def cell_text(value: object, tr: Translator, signs: Signs = GLYPHS) -> str:
    """Return a value of a page as one line of text. A bar has none; `bar_pieces` draws it.

    Raises:
        TypeError: it is no value of a page.
    """
    write = _WRITERS.get(type(value))
    if write is None:
        raise TypeError(value)
    return write(value, tr, signs)


def row_notes(group: Rows, tr: Translator) -> dict[int, list[str]]:
    """Return the remarks under each row of a group that has some, by the row's index."""
    found: dict[int, list[str]] = {}
    for at, note in group.notes:
        found.setdefault(at, []).append(words(note, tr))
    return found


def with_unit(number: str, unit: str | None) -> str:
    """Return a number with its unit as the language of the unit asks: `10%`, `3 km`, `30,000册`."""
    if not unit:
        return number
    return f"{number} {shown(unit)}" if unit[0].isascii() and unit[0].isalpha() else f"{number}{shown(unit)}"


class Piece(Record):
    """A run of a bar's characters and what it stands for."""

    text: str
    role: str
    """`done`, `rest` or `mark`."""


def bar_pieces(bar: Bar, width: int, signs: Signs) -> tuple[Piece, ...]:
    """Return the pieces of a bar that take `width` columns together; none where there is no bar."""
    if bar.value is None:
        return ()
    filled = _columns(bar.value, width)
    cells = ["done"] * filled + ["rest"] * (width - filled)
    if bar.mark is not None:
        cells[max(min(_columns(bar.mark, width), width) - 1, 0)] = "mark"
    looks = {"done": signs.done, "rest": signs.rest, "mark": signs.mark}
    return tuple(Piece(looks[role] * len(list(run)), role) for role, run in groupby(cells))


def _columns(share: Fraction, width: int) -> int:
    numerator, denominator = share.as_integer_ratio()
    if numerator <= 0:
        return 0
    if numerator >= denominator:
        return width
    return min(max((2 * numerator * width + denominator) // (2 * denominator), 1), width - 1)


def _inner(value: object, tr: Translator, signs: Signs) -> object:
    if type(value) in _WRITTEN_IN_WORDS:
        return cell_text(value, tr, signs)
    if type(value) in (tuple, list):
        return [_inner(item, tr, signs) for item in cast("Sequence[object]", value)]
    return value


def bare_points(points: Points) -> str:
    """Return percentage points as a plain number, without a plus."""
    value = points.value or Fraction(0)
    return numbers.plain(value) if points.is_exact else numbers.fixed(value, 1)


def _points(points: Points) -> str:
    text = bare_points(points)
    return numbers.signed(text) if points.is_signed else text


def _dot(dot: Dot, tr: Translator, signs: Signs) -> str:
    if dot.light is None:
        return ""
    sign = signs.lights[dot.light]
    return sign if dot.light == "none" and sign else sign + tr(f"words.light-short.{dot.light}")


def state_text(lamp: Lamp, tr: Translator) -> str:
    """Return the state behind a light, with its mark."""
    state = tr("words.due-soon" if lamp.light == "blue" else f"words.state.{lamp.state}")
    if lamp.months:
        state += tr("words.escalated-twice" if lamp.months == 2 else "words.escalated", months=lamp.months)
    return state


def _lamp(lamp: Lamp, tr: Translator, signs: Signs) -> str:
    state = state_text(lamp, tr)
    sign = f"{signs.lights[lamp.light]} ".lstrip()
    if lamp.light == "none":
        return sign + state
    return sign + tr("words.light-state", light=tr(f"words.light.{lamp.light}"), state=state)


def _text(value: str | Message, tr: Translator, signs: Signs) -> str:
    return shortened(words(value, tr, signs), _LONGEST).replace("\n", " ")


def _progress(progress: Progress, _tr: Translator, signs: Signs) -> str:
    reached = signs.nothing if progress.value is None else numbers.grouped(progress.value)
    return with_unit(f"{reached}/{numbers.grouped(progress.amount)}", progress.unit)


def _steps(steps: Steps, tr: Translator, _signs: Signs) -> str:
    return tr("report.steps", n=steps.n) if steps.of is None else tr("reports.steps", done=steps.n, n=steps.of)


def _people(people: People, tr: Translator, signs: Signs) -> str:
    return tr("report.people", people=tuple(map(shown, people.names))) if people.names else signs.nothing


def _figure(write: Callable[[Any], str]) -> Callable[[Any, Translator, Signs], str]:
    """Return the writer of a value that has none where it has no meaning."""
    return lambda value, _tr, signs: signs.nothing if value.value is None else write(value)


_WRITERS: Mapping[type, Callable[[Any, Translator, Signs], str]] = {
    type(None): lambda _nothing, _tr, signs: signs.nothing,
    str: _text,
    Message: _text,
    Amount: _figure(lambda amount: with_unit(numbers.grouped(amount.value, amount.places), amount.unit)),
    Progress: _progress,
    Steps: _steps,
    Entries: lambda entries, tr, _signs: tr("reports.entries", n=entries.n),
    Before: lambda before, tr, _signs: tr("report.before", day=before.day),
    People: _people,
    Absent: lambda absent, tr, signs: cell_text(absent.words, tr, signs),
    Period: lambda period, tr, _signs: tr("reports.owed-period", start=period.start, end=period.end),
    Share: _figure(lambda share: numbers.percent(share.value)),
    Points: _figure(_points),
    Score: _figure(lambda score: numbers.score(score.value)),
    Lamp: _lamp,
    Dot: _dot,
    Sign: lambda sign, _tr, signs: str(getattr(signs, sign.name)),
    datetime: lambda instant, _tr, _signs: instant.isoformat(sep=" ", timespec="minutes"),
    date: lambda day, _tr, _signs: day.isoformat(),
    int: lambda number, _tr, _signs: str(number),
    Fraction: lambda number, _tr, _signs: numbers.plain(number),
    Bar: lambda _bar, _tr, _signs: "",
}
"""How each kind of value is written."""

_WRITTEN_IN_WORDS = frozenset({Amount, Progress, Share, Points, Score, Lamp, Dot, Sign, Message, datetime})
"""The kinds of value in a message that are written as in a cell; the translator writes the others."""
