"""The chart in text: actual against expected over the days of a curve."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from kxplan.locale import Translator
from kxplan.render.cells import ASCII, Signs
from kxplan.reports.page import Curve
from kxplan.text import width as columns_of

_ROWS = 9
_WIDEST = 73
_LABEL = 6


def chart_lines(curve: Curve, tr: Translator, width: int | None, signs: Signs) -> list[str]:
    """Return the lines of a chart: the share of the way upward, the days to the right.

    Actual is drawn as filled columns up to the day asked; expected as a line of marks over them.
    """
    across = max(min((width or _WIDEST + _LABEL) - _LABEL, _WIDEST), 10)
    top = max([Fraction(1), *(share for share in (*curve.actual, *curve.expected) if share is not None)])
    actual = [_sample(curve.actual, column, across) for column in range(across)]
    expected = [_sample(curve.expected, column, across) for column in range(across)]
    mark = "." if signs is ASCII else "·"
    lines = []
    for row in range(_ROWS, 0, -1):
        line = "".join(
            _glyph(actual[column], expected[column], row, top, (signs.done, mark)) for column in range(across)
        )
        label = f"{int(top * row * 100 / _ROWS + Fraction(1, 2))}%" if row in (_ROWS, 5, 1) else ""
        lines.append(f"{label:>{_LABEL - 1}} {line}".rstrip())
    axis = f"{'0%':>{_LABEL - 1}} " + signs.rule * across
    return [*lines, axis, _days(curve.days, across), tr("words.chart-legend", actual=signs.done, expected=mark)]


def _glyph(actual: Fraction | None, expected: Fraction | None, row: int, top: Fraction, looks: tuple[str, str]) -> str:
    reaches = Fraction(row * 2 - 1, 2 * _ROWS) * top
    if expected is not None and _row(expected, top) == row:
        return looks[1] if actual is None or actual < reaches else "+" if looks[0] == ASCII.done else "○"
    return looks[0] if actual is not None and actual >= reaches else " "


def _row(share: Fraction, top: Fraction) -> int:
    return min(int(share / top * _ROWS) + 1, _ROWS) if share > 0 else 1


def _sample(shares: Sequence[Fraction | None], column: int, across: int) -> Fraction | None:
    return shares[min((column + 1) * len(shares) // across, len(shares)) - 1] if shares else None


def _days(days: Sequence[date], across: int) -> str:
    first, last = days[0].isoformat(), days[-1].isoformat()
    middle = days[len(days) // 2].isoformat()
    gap = across - columns_of(first) - columns_of(last) - columns_of(middle)
    if gap < 2:
        return " " * _LABEL + first
    return " " * _LABEL + first + " " * (gap // 2) + middle + " " * (gap - gap // 2) + last
