"""Span: what the deadlines of a draft mean once the plan's years are known."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from kxplan.intake.draft.deadlines import cell_deadline, deadlines
from kxplan.intake.draft.draft import Draft, Target


def within_years(draft: Draft) -> Draft:
    """Return `draft` without the question whether a day lies in its years, where it does."""
    first, last = draft.year, draft.last_year
    if first is None or last is None:
        return draft
    return _each(
        draft,
        lambda target: (
            _without(target, "draft.ask-other-year")
            if target.due is not None and first <= target.due.year <= last
            else target
        ),
    )


def dated(draft: Draft, year: int) -> Draft:
    """Return `draft` with the days that lacked nothing but the year, where it names none and `year` stands in."""
    if draft.year is not None:
        return draft

    def given(target: Target) -> Target:
        due = _day(target, year)
        return target if due is None else _without(target, "draft.ask-day")._replace(due=due)

    return _each(draft, given)


def _each(draft: Draft, change: Callable[[Target], Target]) -> Draft:
    tasks = tuple(task._replace(targets=tuple(map(change, task.targets))) for task in draft.tasks)
    return draft._replace(tasks=tasks)


def _without(target: Target, question: str) -> Target:
    return target._replace(asks=tuple(ask for ask in target.asks if ask.id != question))


def _day(target: Target, year: int) -> date | None:
    asked = next((ask for ask in target.asks if ask.id == "draft.ask-day"), None)
    if asked is None or target.due is not None:
        return None
    said = str(asked.data["written"])
    return next((one.due for one in deadlines(said, year) if one.due), cell_deadline(said, year, is_limit=True))
