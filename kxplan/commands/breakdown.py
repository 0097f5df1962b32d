"""`status --group KEY`: what each value of a breakdown adds up to."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from kxplan.commands.figures import View
from kxplan.errors import UsageError
from kxplan.progress.standing import Standing
from kxplan.render import numbers
from kxplan.reports.breakdown import Broken, breakdown_page, broken_down
from kxplan.reports.page import Page

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def broken_page(call: Call, seen: View, shown: tuple[Standing, ...], key: str) -> Page:
    """Return the page of the breakdown by `key`.

    Raises:
        UsageError: the plan has no such key.
    """
    name, broken = _broken(call, seen, shown, key)
    return breakdown_page(seen.plan, name, broken, seen.moment)


def broken_record(call: Call, seen: View, shown: tuple[Standing, ...], key: str) -> dict[str, object]:
    """Return the breakdown for `--json`: per target its actual, the part of each value, and what names none."""
    name, broken = _broken(call, seen, shown, key)
    return {
        "key": name,
        "targets": [
            {
                "goal": one.standing.goal.id,
                "target": one.standing.target.id,
                "actual": numbers.plain(one.whole),
                "values": {value: numbers.plain(part) for value, part in one.parts},
                "unassigned": numbers.plain(one.rest),
                "sums_up": one.sums_up,
            }
            for one in broken
        ],
    }


def _broken(call: Call, seen: View, shown: tuple[Standing, ...], key: str) -> tuple[str, list[Broken]]:
    name, values = _key(seen, key)
    return name, [
        broken_down(standing, values, _sums(call, seen, standing, name))
        for standing in shown
        if standing.target.kind == "sum"
    ]


def _key(seen: View, key: str) -> tuple[str, tuple[str, ...]]:
    for name, values in seen.plan.breakdowns:
        if name == key:
            return name, values
    raise UsageError("show.bad-group", word=key, known=("section", "lead", *(name for name, _ in seen.plan.breakdowns)))


def _sums(call: Call, seen: View, standing: Standing, key: str) -> dict[str | None, Fraction]:
    """Return the sums of a target under its goal's present id and the ids it had."""
    whole: dict[str | None, Fraction] = {}
    goal = standing.goal
    for id in goal.ids:
        target = id if standing.target.id == goal.id else standing.target.id
        sums = call.reading.breakdown_sums(seen.plan.id, id, target, key, seen.on, known_by=seen.instant)
        for value, part in sums.items():
            whole[value] = whole.get(value, Fraction(0)) + Fraction(part)
    return whole
