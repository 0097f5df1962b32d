"""The course in figures: what a chart says at the end of each month, for those who cannot see it or must file it."""

from __future__ import annotations

from fractions import Fraction

from kxplan.message import Message, message
from kxplan.reports.page import Column, Curve, Rows, Score, Share, Table


def course_table(curve: Curve) -> Table:
    """Return the last day of each month of `curve` that it knows, and the day asked for, with both figures."""
    told = [
        index
        for index, day in enumerate(curve.days)
        if day == curve.on or index + 1 == len(curve.days) or curve.days[index + 1].month != day.month
    ]
    actual, expected = course_names(curve)
    columns = (
        Column("day", message("report.column.day")),
        Column("actual", actual, "right"),
        Column("expected", expected, "right"),
    )
    rows = tuple(
        (curve.days[at], course_figure(curve, curve.actual[at]), course_figure(curve, curve.expected[at]))
        for at in told
    )
    return Table(columns, (Rows(rows),), "course")


def course_names(curve: Curve) -> tuple[Message, Message]:
    """Return what the two lines of a curve are called: actual, then expected."""
    if curve.is_score:
        return message("report.column.score"), message("report.column.score-due")
    return message("page.actual"), message("page.expected")


def course_figure(curve: Curve, share: Fraction | None) -> Score | Share:
    """Return a share of a curve as the figure that it is."""
    if curve.is_score:
        return Score(None if share is None else share * 100)
    return Share(share)
