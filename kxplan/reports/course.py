"""The course of the year: the whole plan's score at the end of each month, against what was due by then."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from fractions import Fraction

from kxplan.dates import Period, spanning
from kxplan.progress.standing import Standing
from kxplan.progress.summary import summary
from kxplan.reports.page import Curve

_NOTHING, _ALL = Fraction(0), Fraction(1)


def course_days(period: Period, on: date) -> tuple[date, ...]:
    """Return the days of the chart: the eve of the period, the end of each month of it, and `on`."""
    ends = {min(month.end, period.end) for month in spanning("month", period)}
    return (period.start - timedelta(days=1), *sorted(ends | ({on} if on in period else set())))


def course(by_day: Sequence[tuple[date, Sequence[Standing]]], on: date) -> Curve | None:
    """Return the chart of `by_day`, the standings of one set of targets on days in order.

    Work is counted through `on`, what is due on every day. None where nothing can be scored.
    """
    actual: list[Fraction | None] = []
    expected: list[Fraction | None] = []
    for day, standings in by_day:
        score = summary(standings).score
        actual.append(None if score is None or day > on else score / 100)
        expected.append(_due(standings))
    if all(share is None for share in expected):
        return None
    return Curve(tuple(day for day, _ in by_day), tuple(actual), tuple(expected), on, is_score=True)


def _due(standings: Iterable[Standing]) -> Fraction | None:
    """Return what the score would be with every target where its curve asks it to be."""
    due = weights = _NOTHING
    for standing in standings:
        if standing.target.kind == "ongoing" or standing.state == "cancelled":
            continue
        weights += standing.target.weight
        due += standing.target.weight * _due_share(standing)
    return due / weights if weights else None


def _due_share(standing: Standing) -> Fraction:
    amount, baseline = standing.terms.amount, standing.target.baseline
    if standing.target.is_ceiling:
        return _ALL
    if standing.planned is None or amount is None or amount == baseline:
        return _NOTHING
    share = (standing.planned - Fraction(baseline)) / (Fraction(amount) - Fraction(baseline))
    return min(max(share, _NOTHING), _ALL)
