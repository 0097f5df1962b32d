"""The breakdown page: what each value of a key adds up to, of which whole, and what names no value."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from kxplan.message import message
from kxplan.model.plan import Plan
from kxplan.progress.standing import Standing
from kxplan.reports.page import Amount, Bar, Block, Column, Page, Paragraph, Rows, Share, Table, Value, Words
from kxplan.reports.status import Moment, goal_title, page_title

_COLUMNS = (
    Column("value", message("show.column.value"), min_width=12),
    Column("actual", message("show.column.actual"), "right"),
    Column("share", message("show.column.share"), "right"),
    Column("bar", message("show.column.bar"), keep=1, min_width=8),
)


class Broken(NamedTuple):
    """One target's actual, broken down by the values of a key."""

    standing: Standing
    parts: tuple[tuple[str, Fraction], ...]
    """Every value of the plan in its order, then values that entries name and the plan no more."""
    rest: Fraction
    """未分: what names no value, the baseline included."""
    foreign: frozenset[str] = frozenset()
    """The values that the plan no longer has."""

    @property
    def whole(self) -> Fraction:
        """The target's actual."""
        return self.standing.actual or Fraction(0)

    @property
    def sums_up(self) -> bool:
        """Whether the parts and the rest add up to the actual, and none of it is hidden by a negative one."""
        return sum((part for _, part in self.parts), self.rest) == self.whole


def broken_down(standing: Standing, values: Sequence[str], sums: Mapping[str | None, Fraction]) -> Broken:
    """Return a target's breakdown: `values` are the plan's; `sums` the ledger's, under None what names no value."""
    named = {value: total for value, total in sums.items() if value is not None}
    foreign = [value for value in named if value not in values]
    parts = tuple((value, named.get(value, Fraction(0))) for value in (*values, *foreign))
    rest = sums.get(None, Fraction(0)) + Fraction(standing.target.baseline)
    return Broken(standing, parts, rest, frozenset(foreign))


def breakdown_page(plan: Plan, key: str, broken: Sequence[Broken], moment: Moment) -> Page:
    """Return the page of a breakdown: targets with something to break down, and how many have nothing."""
    shown = [one for one in broken if any(part for _, part in one.parts)]
    blocks: list[Block] = []
    if shown:
        blocks.append(Table(_COLUMNS, tuple(_group(one) for one in shown)))
    blocks += [
        Paragraph(message("show.breakdown-off", goal=goal_title(one.standing)), "warning")
        for one in shown
        if not one.sums_up
    ]
    if len(shown) < len(broken):
        titles = tuple(goal_title(one.standing) for one in broken if one not in shown)
        blocks.append(Paragraph(message("show.not-broken-down", n=len(titles), key=key, goals=titles), "quiet"))
    if not broken:
        blocks.append(Paragraph(message("show.no-sums"), "quiet"))
    return Page(message("show.breakdown-title", title=page_title(plan, moment), key=key), tuple(blocks))


def _group(one: Broken) -> Rows:
    unit = one.standing.target.unit
    rows: list[tuple[Value, ...]] = []
    for value, part in one.parts:
        label: Words = message("show.foreign-value", value=value) if value in one.foreign else value
        rows.append(_row(one, label, part))
    rows.append(_row(one, message("show.unassigned"), one.rest))
    verdict = "show.breakdown-rest" if one.rest else "show.breakdown-full"
    whole = Amount(one.whole, unit)
    title = message(verdict, goal=goal_title(one.standing), whole=whole, rest=Amount(one.rest, unit))
    return Rows(tuple(rows), title)


def _row(one: Broken, label: Words, part: Fraction) -> tuple[Value, ...]:
    share = part / one.whole if one.whole else None
    return (label, Amount(part, one.standing.target.unit), Share(share), Bar(share))
