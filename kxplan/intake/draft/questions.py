"""Questions: what a person must decide about a figure that is sound in itself."""

from __future__ import annotations

from collections.abc import Iterator

from kxplan.intake.draft.damage import is_implausible
from kxplan.intake.draft.deadlines import Deadline
from kxplan.intake.draft.figures import Figure
from kxplan.intake.draft.limits import Comparator
from kxplan.intake.draft.rhythm import Rhythm, per_what
from kxplan.message import Message, message

_BATCHES = frozenset({"批", "期", "种", "轮", "套", "组", "类", "次", "场", "班"})


def questions(figure: Figure, how: Comparator, per: Rhythm, gap: str | None, tail: str, noun: str) -> Iterator[Message]:
    """Return what to ask about a figure of `noun`; `gap` is what separates it from the one before it."""
    if figure.is_range:
        yield message("draft.ask-range")
    if not figure.unit:
        yield message("draft.ask-unit")
    if gap == "" or (
        figure.unit in _BATCHES and tail in ("共", "") and figure.amount != 1 and gap is None and tail == "共"
    ):
        yield message("draft.ask-batches")
    if how == "delta":
        yield message("draft.ask-delta")
    if per.scope is not None:
        yield message("draft.ask-scope", scope=per_what(per.period, per.scope))
    if is_implausible(figure.amount, figure.unit, per.scope, noun):
        yield message("draft.ask-implausible", unit=figure.unit)


def deadline_questions(limit: Deadline | None, year: int | None) -> Iterator[Message]:
    """Return what to ask about the deadline of a target of a plan for `year`."""
    if limit is None:
        return
    if limit.is_damaged:
        yield message("draft.ask-no-such-day", written=limit.text)
    elif limit.due is None:
        yield message("draft.ask-day", written=limit.text)
    elif year is not None and limit.due.year != year:
        yield message("draft.ask-other-year", written=limit.text, year=limit.due.year)
