"""Wording: what a mail says beside the report: its subject, what is owed, what was corrected, what went astray."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from kxplan.dates import Period, Span
from kxplan.delivery.corrections import Correction
from kxplan.delivery.letters import Row
from kxplan.message import Message, chained, message
from kxplan.model.plan import Plan
from kxplan.progress.standing import Light, Standing
from kxplan.progress.summary import summary
from kxplan.reports.page import Amount, Words
from kxplan.reports.status import goal_title

_TOLD: tuple[Light, ...] = ("red", "yellow", "grey")
"""The lights that a subject names, the most urgent first."""


def subject(plan: Plan, leads: Sequence[str] | None, kind: Span, period: Period, of: Iterable[Standing]) -> Message:
    """Return a mail's subject: how many lights need somebody, whose work it is, and which period."""
    lights = summary(of).lights
    troubles = [message(f"mail.trouble.{light}", count=lights[light]) for light in _TOLD if lights[light]]
    whose: Words | tuple[str, ...] = plan.org or plan.title
    if leads is not None:
        whose = message("mail.whose", leads=tuple(leads), org=plan.org or plan.title)
    when = short_name(kind, period)
    if not troubles:
        return message("mail.subject", whose=whose, period=when)
    return message("mail.subject-troubled", troubles=chained("mail.spaced", troubles), whose=whose, period=when)


def short_name(kind: Span, period: Period) -> Message:
    """Return what people call a period: 第47周, 11月, 第四季度, 上半年, 2026年."""
    match kind:
        case "week":
            return message("mail.period.week", number=period.start.isocalendar().week)
        case "month":
            return message(f"show.month.{period.start.month}")
        case "quarter":
            return message(f"mail.period.quarter.{(period.start.month + 2) // 3}")
        case "half":
            return message(f"mail.period.half.{1 if period.start.month == 1 else 2}")
        case "year":
            return message("mail.period.year", year=period.start.year)


def period_days(period: Period) -> Message:
    """Return the first and the last day of a period as an office writes them: 11.16–11.22."""
    start, end = period
    return message(
        "mail.period-days", m1=start.month, d1=f"{start.day:02d}", m2=end.month, d2=f"{end.day:02d}", year=start.year
    )


def chased(standings: Iterable[Standing]) -> tuple[Message, ...]:
    """Return what a department has not reported, and since when: a heading and a line each; nothing where it has."""
    owing = [standing for standing in standings if standing.state == "unreported"]
    if not owing:
        return ()
    lines = [message("mail.owing", n=len(owing))]
    for standing in owing:
        data = {"goal": goal_title(standing), "id": standing.goal.id}
        if standing.owed is None:
            lines.append(message("mail.owing-line-ever", **data))
        else:
            lines.append(message("mail.owing-line", start=standing.owed.start, end=standing.owed.end, **data))
    return tuple(lines)


def corrected(found: Sequence[Correction], standings: Mapping[str, Standing], kind: Span) -> tuple[Message, ...]:
    """Return what was told before and is different now: a heading and a line each; nothing where all holds."""
    if not found:
        return ()
    lines = [message("mail.corrected", n=len(found))]
    for one in found:
        standing = standings.get(one.target)
        unit = standing.target.unit if standing else None
        lines.append(
            message(
                "mail.corrected-amount" if one.is_amount else "mail.corrected-actual",
                period=short_name(kind, one.period),
                goal=goal_title(standing) if standing else one.target,
                told=_amount(one.told, unit),
                now=_amount(one.now, unit),
            )
        )
    return tuple(lines)


def astray(rows: Sequence[Row]) -> tuple[Message, ...]:
    """Return which earlier mails may not have arrived: a heading and a line each; nothing where all have."""
    if not rows:
        return ()
    lines = (
        message("mail.astray-line", period=short_name(row.kind, row.period), recipient=row.recipient) for row in rows
    )
    return (message("mail.astray", n=len(rows)), *lines)


def _amount(text: str | None, unit: str | None) -> Amount:
    return Amount(None if text is None else Fraction(text), unit)
