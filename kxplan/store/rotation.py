"""Rotation: of many backups the newest of each of the last days, weeks and months stay."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from datetime import datetime
from typing import NamedTuple

_NAME = re.compile(r"kxplan-(\d{4}-\d{2}-\d{2}-\d{6})(?:-(\d{1,3}))?(?:-([a-z][a-z-]*))?\.zip")
_STAMP = "%Y-%m-%d-%H%M%S"


class Keeping(NamedTuple):
    """How many backups stay, counted over the days, weeks and months that have one."""

    daily: int
    weekly: int
    monthly: int


def backup_name(at: datetime, *, kind: str | None = None, again: int = 0) -> str:
    """Return the name of a backup made at the local time `at`.

    `kind` is what sets it apart from an ordinary one, as in `before-import`; `again` tells apart those
    of one second.
    """
    parts = ["kxplan", at.strftime(_STAMP), *([str(again)] if again else []), *([kind] if kind else [])]
    return "-".join(parts) + ".zip"


def made_at(name: str) -> datetime | None:
    """Return the local time that a backup's name says; None for any other name."""
    dated = _dated(name)
    return dated.at if dated else None


def surplus(names: Iterable[str], keeping: Keeping) -> tuple[str, ...]:
    """Return, oldest first, which backups may go; a name of any other form never does, the newest never does.

    Each kind is kept for itself: one without evidence does not push out one that has it.
    """
    series: dict[str | None, list[_Dated]] = {}
    for name in names:
        dated = _dated(name)
        if dated is not None:
            series.setdefault(dated.kind, []).append(dated)
    going = [dated for each in series.values() for dated in _going(each, keeping)]
    return tuple(dated.name for dated in sorted(going, key=_age))


class _Dated(NamedTuple):
    name: str
    at: datetime
    again: int
    kind: str | None


def _dated(name: str) -> _Dated | None:
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    try:
        at = datetime.strptime(match[1], _STAMP)  # noqa: DTZ007 -- local time, as the name has it
    except ValueError:
        return None
    return _Dated(name, at, int(match[2] or 0), match[3])


def _age(dated: _Dated) -> tuple[datetime, int]:
    return dated.at, dated.again


def _going(series: list[_Dated], keeping: Keeping) -> list[_Dated]:
    newest_first = sorted(series, key=_age, reverse=True)
    kept = {newest_first[0].name}
    spans: tuple[tuple[int, Callable[[datetime], object]], ...] = (
        (keeping.daily, lambda at: at.date()),
        (keeping.weekly, lambda at: at.isocalendar()[:2]),
        (keeping.monthly, lambda at: (at.year, at.month)),
    )
    for most, span in spans:
        newest_of: dict[object, str] = {}
        for dated in newest_first:
            newest_of.setdefault(span(dated.at), dated.name)
        kept.update(list(newest_of.values())[:most])
    return [dated for dated in newest_first if dated.name not in kept]
