"""Promises: how a target of a draft is written in a plan file, and what of it a person must decide first."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kxplan.intake.draft.answer import written
from kxplan.intake.draft.draft import Target
from kxplan.intake.draft.rhythm import Period, per_what
from kxplan.message import Message, message


class Promise(NamedTuple):
    """The value of the key `target`, or why there is none yet."""

    value: str | None
    """As it stands behind the colon; None where a person must decide first."""
    pace: str | None = None
    remarks: tuple[Message, ...] = ()


def promise(target: Target, start: date, end: date) -> Promise:
    """Return how `target` stands in a plan from `start` through `end`.

    An amount per month or quarter is multiplied by the periods through its due day and keeps its
    rhythm as the pace; an amount per village or per session is never multiplied.
    """
    if target.amount is None:
        return Promise(None, remarks=(message("draft.write-fill", unit=target.unit),))
    if not _fits(target.amount):
        return Promise(None, remarks=(message("draft.write-too-large"),))
    if target.scope is not None and target.scope not in _MEANS:
        return Promise(
            None,
            remarks=(
                message(
                    "draft.write-scope",
                    scope=per_what(target.period, target.scope),
                    amount=target.amount,
                    unit=target.unit,
                ),
            ),
        )
    if target.unit in _LEVELS or target.scope in _MEANS or any(word in target.text for word in _TOTALS):
        return _level(target)
    if _is_between(target) or (target.is_level and target.comparator == "le"):
        return _level(target)
    if target.period is None or target.period == "per-year":
        return Promise(_sum(target, target.amount), remarks=_reached(target))
    until = min(target.due, end) if target.due and target.due >= start else end
    times = _periods(target.period, start, until)
    pace, name = _PACES[target.period]
    whole = message("draft.write-period", period=message(name), amount=target.amount, unit=target.unit, times=times)
    return Promise(_sum(target, target.amount * times), pace, (whole,))


_MOST = Decimal(10**12)
_PLACES = 6
_LEVELS = frozenset({"%", "‰", "成", "百分点", "个百分点", "倍"})
_MEANS = frozenset({"人均", "户均", "村均", "亩均", "校均", "场均", "班均"})
_TOTALS = ("总数", "总量", "总规模", "总人数", "保有量", "总面积", "亩产", "单产", "系数", "指数")
_PACES: dict[Period, tuple[str, str]] = {
    "per-week": ("even", "draft.per-week"),
    "per-month": ("monthly", "draft.per-month"),
    "per-quarter": ("quarterly", "draft.per-quarter"),
}


def _fits(amount: Decimal) -> bool:
    exponent = amount.normalize().as_tuple().exponent
    return amount < _MOST and isinstance(exponent, int) and -exponent <= _PLACES


def _level(target: Target) -> Promise:
    """A share, a mean or a total is a level at a day; one that is to fall needs to know from where."""
    amount = f"{written(target.amount or Decimal(0))}{target.unit}"
    if _is_between(target):
        falls = (target.baseline or Decimal(0)) > (target.amount or Decimal(0))
        start = f"baseline: {written(target.baseline or Decimal(0))}{target.unit}"
        return Promise(f"{{amount: {amount}, kind: latest, {'direction: down, ' if falls else ''}{start}}}")
    if target.comparator == "le" or target.amount == 0:
        return Promise(None, remarks=(message("draft.write-baseline", amount=amount),))
    return Promise(f"{{amount: {amount}, kind: latest}}")


def _is_between(target: Target) -> bool:
    """Whether the text gives both levels, the present one and the one to be reached."""
    return target.baseline is not None and _fits(target.baseline) and target.baseline != target.amount


def _sum(target: Target, amount: Decimal) -> str:
    text = f"{written(amount)}{target.unit}"
    return f"{{amount: {text}, direction: down}}" if target.comparator == "le" or amount == 0 else text


def _reached(target: Target) -> tuple[Message, ...]:
    """Ask of a level without a present one whether departments report it or what was added."""
    if not target.is_level:
        return ()
    return (message("draft.write-reached", amount=f"{written(target.amount or Decimal(0))}{target.unit}"),)


def _periods(period: Period, start: date, until: date) -> int:
    """How many weeks (whole ones), months or quarters from `start` through `until`, at least one."""
    if period == "per-week":
        return max(((until - start).days + 1) // 7, 1)
    months = (until.year - start.year) * 12 + until.month - start.month + 1
    return max(months if period == "per-month" else -(-months // 3), 1)
