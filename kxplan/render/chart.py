"""The chart in text: actual against expected over the days of a curve, as lines of pieces."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date
from fractions import Fraction
from itertools import pairwise
from math import ceil

from kxplan.locale import Translator
from kxplan.render.cells import ASCII, Piece, Signs
from kxplan.reports.page import Curve
from kxplan.text import width as columns_of

_ROWS = 8
_WIDEST = 96
_LABEL = 6
_EIGHTHS = "▁▂▃▄▅▆▇█"
_LEAST_MONTH = 4
"""Columns that the name of a month needs."""


def chart_lines(curve: Curve, tr: Translator, width: int | None, signs: Signs) -> list[str]:
    """Return the lines of a chart as text."""
    return ["".join(piece.text for piece in line) for line in chart_pieces(curve, tr, width, signs)]


def chart_pieces(curve: Curve, tr: Translator, width: int | None, signs: Signs) -> list[tuple[Piece, ...]]:
    """Return the lines of a chart: the share of the way upward, the days to the right.

    Actual is drawn as columns up to the day asked, expected as a line of marks through them. The
    roles of the pieces are `done`, `expected` and `axis`.
    """
    across = max(min((width or _WIDEST) - _LABEL, _WIDEST - _LABEL), 10)
    top = max([Fraction(1), *(share for share in (*curve.actual, *curve.expected) if share is not None)])
    grid = [
        _column(_sample(curve.actual, index, across), _sample(curve.expected, index, across), top, signs)
        for index in range(across)
    ]
    lines = []
    for row in range(_ROWS - 1, -1, -1):
        label = f"{int(top * (row + 1) * 100 / _ROWS + Fraction(1, 2))}%" if row % 2 else ""
        head = Piece(f"{label:>{_LABEL - 1}} ", "axis")
        lines.append(_joined([head, *(column[row] for column in grid)]))
    lines.append((Piece(f"{'0%':>{_LABEL - 1}} " + _axis(curve, across, signs), "axis"),))
    lines.append((Piece(" " * _LABEL + _months(curve.days, across, tr), "axis"),))
    done, expected, today = signs.done, _mark(signs), _today(signs)
    legend = tr("words.chart-legend", actual=done, expected=expected, today=today, on=curve.on)
    return [*lines, (Piece(" " * _LABEL + legend, "axis"),)]


def _column(actual: Fraction | None, expected: Fraction | None, top: Fraction, signs: Signs) -> list[Piece]:
    """Return the cells of one column, the lowest first."""
    eighths = 0
    if actual is not None and actual > 0:
        eighths = max(int(actual / top * _ROWS * 8 + Fraction(1, 2)), 1)
    cells = [_cell(min(max(eighths - row * 8, 0), 8), signs) for row in range(_ROWS)]
    if expected is not None:
        row = min(max(ceil(expected / top * _ROWS) - 1, 0), _ROWS - 1)
        is_over = eighths > row * 8
        cells[row] = Piece(_through(signs) if is_over else _mark(signs), "expected")
    return cells


def _cell(eighths: int, signs: Signs) -> Piece:
    if signs is ASCII:
        return Piece(signs.done if eighths >= 4 else " ", "done")
    return Piece(_EIGHTHS[eighths - 1] if eighths else " ", "done")


def _mark(signs: Signs) -> str:
    return "." if signs is ASCII else "·"


def _through(signs: Signs) -> str:
    return "+" if signs is ASCII else "○"


def _today(signs: Signs) -> str:
    return "^" if signs is ASCII else "▲"


def _axis(curve: Curve, across: int, signs: Signs) -> str:
    line = [signs.rule] * across
    if curve.days[0] <= curve.on <= curve.days[-1]:
        line[_place(bisect_right(curve.days, curve.on) - 1, len(curve.days), across)] = _today(signs)
    return "".join(line)


def _months(days: Sequence[date], across: int, tr: Translator) -> str:
    """Return the names of the months under their first days; of a curve by months, under each month's column."""
    starts = [(index, day) for index, (before, day) in enumerate(pairwise(days), 1) if day.month != before.month]
    if days[0].day == 1:
        starts.insert(0, (0, days[0]))
    length_days = (days[-1] - days[0]).days + 1
    every = next((n for n in (1, 2, 3, 6, 12) if n * across * 28 >= length_days * _LEAST_MONTH), 12)
    line = ""
    for index, day in starts:
        if (day.month - 1) % every:
            continue
        place = _place(index, len(days), across)
        name = tr(f"show.month.{day.month}")
        blanks = place - columns_of(line)
        if blanks >= (1 if line else 0) and place + columns_of(name) <= across:
            line += " " * blanks + name
    return line


def _place(index: int, days: int, across: int) -> int:
    """Return the column that the day with this index falls into."""
    return min(index * across // days, across - 1)


def _sample(shares: Sequence[Fraction | None], column: int, across: int) -> Fraction | None:
    """Return the share at the end of a column; of the column that today falls into, today's."""
    last = max(((column + 1) * len(shares) - 1) // across, 0)
    first = column * len(shares) // across
    known = [share for share in shares[first : last + 1] if share is not None]
    return known[-1] if known else (shares[last] if first > last else None)


def _joined(pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    """Return pieces with neighbours of one role made one."""
    whole: list[Piece] = []
    for piece in pieces:
        if whole and whole[-1].role == piece.role:
            whole[-1] = Piece(whole[-1].text + piece.text, piece.role)
        else:
            whole.append(piece)
    return tuple(whole)
