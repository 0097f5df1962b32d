"""Nearest: the goals that a mistyped word comes closest to."""

from __future__ import annotations

from typing import NamedTuple

from rapidfuzz import fuzz

from kxplan.model.plan import Goal, Plan
from kxplan.text import folded

_SURE = 90
_AHEAD = 10
_LIKELY = 60
_MOST = 5


class Nearest(NamedTuple):
    """The goals nearest to a word, the nearest first; a winner only where there is no doubt."""

    winner: Goal | None
    goals: tuple[Goal, ...]


def nearest_goals(plan: Plan, word: str) -> Nearest:
    """Return the goals most like `word`, by id, title, alias, pinyin and initials.

    The first is the winner where it is at least 90 of 100 alike, and 10 ahead of the next.
    """
    typed = folded(word)
    ranked = sorted(((_likeness(goal, typed), goal) for goal in plan.goals), key=lambda pair: -pair[0])
    near = [(score, goal) for score, goal in ranked if score >= _LIKELY][:_MOST]
    if not near or not typed:
        return Nearest(None, ())
    best, goal = near[0]
    next_best = ranked[1][0] if len(ranked) > 1 else 0
    is_sure = best >= _SURE and best - next_best >= _AHEAD
    return Nearest(goal if is_sure else None, tuple(goal for _, goal in near))


def _likeness(goal: Goal, typed: str) -> float:
    """Return how alike `typed` and the goal's names are, from 0 to 100."""
    names = (goal.id, goal.title, *goal.aliases, *goal.formerly, *goal.pinyin, *goal.initials)
    return max(fuzz.ratio(folded(name), typed) for name in names)
