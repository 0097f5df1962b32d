"""Corrections: figures that were told for a period and have changed since."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from kxplan.dates import Period

KEPT = 4
"""How many periods back a mail remembers what was told."""

Figures = Mapping[str, tuple[str | None, str | None]]
"""By `goal.target`: the actual and the promised amount as exact text; None where it has no meaning."""


class Correction(NamedTuple):
    """A figure of a period that is over, as it was told and as it is now known."""

    period: Period
    target: str
    """As `goal.target`."""
    told: str | None
    now: str | None
    is_amount: bool
    """The promise was changed, rather than what was reached."""


def frozen(figures: Mapping[Period, Figures]) -> str:
    """Return figures of the latest periods as text for the outbox."""
    latest = sorted(figures, reverse=True)[:KEPT]
    return json.dumps(
        {f"{period.start}/{period.end}": dict(figures[period]) for period in latest}, ensure_ascii=False, sort_keys=True
    )


def thawed(text: str) -> dict[Period, Figures]:
    """Return what `frozen` wrote."""
    found: dict[Period, Figures] = {}
    for days, figures in json.loads(text).items():
        start, _, end = days.partition("/")
        period = Period(date.fromisoformat(start), date.fromisoformat(end))
        found[period] = {target: (pair[0], pair[1]) for target, pair in figures.items()}
    return found


def corrections(told: Mapping[Period, Figures], now: Mapping[Period, Figures]) -> tuple[Correction, ...]:
    """Return what differs, each target once, as it stands in the latest period where it differs.

    What somebody reports late changes every total since: told once, with the newest, it is clear.
    A target that is in only one of them is no correction of figures. In order of targets.
    """
    found: dict[tuple[str, bool], Correction] = {}
    for period in sorted(told.keys() & now.keys()):
        for target, (actual, amount) in told[period].items():
            if target not in now[period]:
                continue
            present, promised = now[period][target]
            if promised != amount:
                found[target, True] = Correction(period, target, amount, promised, is_amount=True)
            if present != actual:
                found[target, False] = Correction(period, target, actual, present, is_amount=False)
    return tuple(found[key] for key in sorted(found))
