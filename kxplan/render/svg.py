"""Drawings: the geometry of bars and of the year's chart, in the units of their own view boxes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from fractions import Fraction
from math import ceil
from typing import NamedTuple

from kxplan.locale import Translator
from kxplan.progress.standing import Light
from kxplan.render.cells import cell_text, words
from kxplan.render.course import course_figure, course_names
from kxplan.render.numbers import fixed
from kxplan.reports.page import Bar, Curve, Lights, Share

BAR_WIDTH = 100
"""How wide a bar's view box is."""
STRIP_WIDTH = 1000
"""How wide the view box of the strip of lights is."""
_LEFT, _RIGHT, _TOP, _BOTTOM = 62, 706, 14, 244
_FEWEST_DOTS = 20
"""A curve with more points than this is drawn without dots."""


class BarDrawing(NamedTuple):
    """A bar: what is done from the left, and where it should be by now."""

    done: str
    """Its width."""
    mark: str | None
    """The middle of the mark; None: it has none."""
    light: Light
    title: str


class Segment(NamedTuple):
    """A piece of the strip of lights."""

    x: str
    width: str
    light: Light


class Tick(NamedTuple):
    """A place on an axis with its label."""

    at: str
    label: str
    is_minor: bool = False
    """Left out where there is little room."""


class Chart(NamedTuple):
    """The year's chart; points are written as SVG has them."""

    title: str
    description: str
    levels: tuple[Tick, ...]
    months: tuple[Tick, ...]
    lines: tuple[str, ...]
    """Where months begin."""
    expected: str
    actual: str
    area: str
    dots: tuple[tuple[str, str], ...]
    today: Tick | None
    legend: tuple[tuple[str, str], ...]
    """What is drawn, as a name for the style sheet, and what it says."""


def bar_drawing(bar: Bar, tr: Translator) -> BarDrawing | None:
    """Return the drawing of a bar; None where there is nothing to draw."""
    if bar.value is None:
        return None
    title = tr("page.bar", done=cell_text(Share(bar.value), tr))
    if bar.mark is None:
        return BarDrawing(_places(bar.value), None, bar.light, title)
    title = tr("page.bar-marked", done=cell_text(Share(bar.value), tr), due=cell_text(Share(bar.mark), tr))
    return BarDrawing(_places(bar.value), _places(bar.mark), bar.light, title)


def strip_segments(lights: Lights) -> tuple[Segment, ...]:
    """Return the lights as pieces of one strip, as wide as their counts."""
    total = sum(count for _, count in lights.counts)
    segments, x = [], Fraction(0)
    for light, count in lights.counts:
        if count:
            width = Fraction(count * STRIP_WIDTH, total)
            segments.append(Segment(fixed(x, 1), fixed(width, 1), light))
            x += width
    return tuple(segments)


def chart(curve: Curve, tr: Translator) -> Chart:
    """Return the drawing of actual against expected over the days of a curve."""
    frame = _Frame(curve)
    expected, actual = tuple(frame.points(curve.expected)), tuple(frame.points(curve.actual))
    area = (
        (f"{actual[0][0]},{_BOTTOM}", *map(",".join, actual), f"{actual[-1][0]},{_BOTTOM}") if len(actual) > 1 else ()
    )
    now, due = (cell_text(course_figure(curve, _at(curve, one)), tr) for one in (curve.actual, curve.expected))
    names = [words(name, tr) for name in course_names(curve)]
    return Chart(
        tr("page.chart-title", actual=names[0], expected=names[1]),
        tr("page.chart-description", on=curve.on, actual=names[0], now=now, expected=names[1], due=due),
        tuple(frame.levels()),
        tuple(frame.months(tr)),
        tuple(frame.month_starts()),
        " ".join(map(",".join, expected)),
        " ".join(map(",".join, actual)),
        " ".join(area),
        actual if len(curve.days) <= _FEWEST_DOTS else (),
        Tick(frame.x(curve.on), curve.on.isoformat()) if curve.days[0] <= curve.on <= curve.days[-1] else None,
        (
            ("actual", tr("words.count", word=names[0], count=now)),
            ("expected", tr("words.count", word=names[1], count=due)),
            ("today", curve.on.isoformat()),
        ),
    )


class _Frame:
    """The axes of a chart: days to the right, shares of the way upward."""

    def __init__(self, curve: Curve) -> None:
        self._days = curve.days
        self._sign = "" if curve.is_score else "%"
        self._length = max((curve.days[-1] - curve.days[0]).days, 1)
        known = [share for share in (*curve.actual, *curve.expected) if share is not None]
        quarters = max(ceil(max([Fraction(1), *known]) * 4), 4)
        self._step = Fraction(ceil(Fraction(quarters, 8)), 4)
        self._top = ceil(Fraction(quarters, 4) / self._step) * self._step

    def x(self, day: date) -> str:
        gone = Fraction((day - self._days[0]).days, self._length)
        return fixed(_LEFT + gone * (_RIGHT - _LEFT), 1)

    def y(self, share: Fraction) -> str:
        return fixed(_BOTTOM - max(share, Fraction(0)) / self._top * (_BOTTOM - _TOP), 1)

    def points(self, shares: Sequence[Fraction | None]) -> Iterator[tuple[str, str]]:
        for day, share in zip(self._days, shares, strict=True):
            if share is not None:
                yield self.x(day), self.y(share)

    def levels(self) -> Iterator[Tick]:
        share = Fraction(0)
        while share <= self._top:
            yield Tick(self.y(share), fixed(share * 100, 0) + self._sign)
            share += self._step

    def month_starts(self) -> Iterator[str]:
        return (self.x(first) for first in self._firsts())

    def months(self, tr: Translator) -> Iterator[Tick]:
        """Yield the middle of each month that has room for its name."""
        starts = [self._days[0], *self._firsts()]
        every = max(ceil(Fraction(len(starts), 14)), 1)
        for number, (first, after) in enumerate(zip(starts, [*starts[1:], self._days[-1]], strict=True)):
            middle = first + (after - first) / 2
            if (after - first).days > 14 and number % every == 0:
                yield Tick(self.x(middle), tr(f"show.month.{middle.month}"), is_minor=middle.month % 2 == 0)

    def _firsts(self) -> list[date]:
        """Return the first days of months after the chart's own first day."""
        found: list[date] = []
        year, month = self._days[0].year, self._days[0].month
        while True:
            year, month = (year, month + 1) if month < 12 else (year + 1, 1)
            if date(year, month, 1) > self._days[-1]:
                return found
            found.append(date(year, month, 1))


def _at(curve: Curve, shares: Sequence[Fraction | None]) -> Fraction | None:
    """Return the share of the day asked for; the last before it where that day is not among the others."""
    told = [share for day, share in zip(curve.days, shares, strict=True) if day <= curve.on]
    return told[-1] if told else None


def _places(share: Fraction) -> str:
    return fixed(min(max(share, Fraction(0)), Fraction(1)) * BAR_WIDTH, 1)
