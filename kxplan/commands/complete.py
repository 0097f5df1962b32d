"""Completion: what the shell offers: goal ids with their titles, leads, known words."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from typer import Context

from kxplan.errors import KxplanError

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def goal_words(ctx: Context, incomplete: str) -> list[tuple[str, str]]:
    """Return the goals that `incomplete` may mean: the name of each that begins so, with its title."""
    call: Call = ctx.find_root().obj
    try:
        goals = call.plan.goals
    except (KxplanError, OSError):
        return []
    word = incomplete.casefold()
    found = []
    for goal in goals:
        names = (goal.id, goal.title, *goal.aliases, *goal.pinyin, *goal.initials)
        name = next((name for name in names if name.casefold().startswith(word)), None)
        if name is not None:
            found.append((name, goal.title if name != goal.title else goal.id))
    return found


def lead_words(ctx: Context, incomplete: str) -> list[str]:
    """Return the departments that begin with `incomplete`."""
    call: Call = ctx.find_root().obj
    try:
        leads = dict.fromkeys(goal.lead for goal in call.plan.goals)
    except (KxplanError, OSError):
        return []
    return [lead for lead in leads if lead.startswith(incomplete)]


def one_of(known: Sequence[str]) -> Callable[[str], list[str]]:
    """Return a function that returns those of the `known` words that begin with `incomplete`."""

    def words(incomplete: str) -> list[str]:
        return [word for word in known if word.startswith(incomplete)]

    return words
