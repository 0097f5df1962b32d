"""Finding: the one goal that a typed word means, by id, title, alias or pinyin, or the list to choose from."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from kxplan.errors.plans import AmbiguousGoalError, UnknownGoalError, UnknownTargetError
from kxplan.message import Message, message
from kxplan.model.plan import Goal, Plan, Step, Target
from kxplan.record import Record
from kxplan.text import folded

_FEWEST = 3
"""How many initials must be typed to be found in the middle of a title."""


def find_goal(plan: Plan, word: str, on: date | None = None) -> Goal:
    """Return the goal that `word` means.

    An exact id comes before an exact title or alias, that before exact pinyin or initials, then
    beginnings in the same order, then a part of a title or of its initials, then what is nearly the same; the first
    of these that any goal fits must be fitted by one alone. A goal that is cancelled on the day `on` gives
    way to one of the same title that is not.

    Raises:
        UnknownGoalError: none fits; the nearest are named.
        AmbiguousGoalError: several fit equally well; they are named.
    """
    found = _likely(next(_fitting(plan, word), ()), on)
    if len(found) == 1:
        return found[0]
    if found:
        titles = {folded(goal.title) for goal in found}
        raise AmbiguousGoalError(word, goal_lines(found, on), is_title_shared=len(titles) < len(found))
    from kxplan.plans.nearest import nearest_goals  # noqa: PLC0415 -- its library is for words that fit nothing

    near = nearest_goals(plan, word)
    if near.winner is not None:
        return near.winner
    raise UnknownGoalError(word, goal_lines(near.goals, on))


def find_target(plan: Plan, word: str, on: date | None = None) -> tuple[Goal, Target | None]:
    """Return the goal that `GOAL` or `GOAL.TARGET` means, and the target where one is named.

    Raises:
        UnknownGoalError, AmbiguousGoalError: as `find_goal` does.
        UnknownTargetError: the goal has no such target.
    """
    goal, name = _parted(plan, word, on)
    if name is None:
        return goal, None
    names = [_Named(target.id, "") for target in goal.targets]
    return goal, goal.targets[_chosen(names, name, goal, "plans.unknown-target")]


def find_step(plan: Plan, word: str, on: date | None = None) -> tuple[Goal, Step | None]:
    """Return the goal that `GOAL` or `GOAL.STEP` means, and the step where one is named.

    The step is the one of the newest terms. Raises as `find_target` does.
    """
    goal, name = _parted(plan, word, on)
    if name is None:
        return goal, None
    steps = goal.targets[0].terms[-1].steps
    return goal, steps[_chosen([_Named(step.id, step.title) for step in steps], name, goal, "plans.unknown-step-of")]


def matching_goals(plan: Plan, word: str) -> tuple[Goal, ...]:
    """Return every goal that `word` fits in any way, in the plan's order.

    Raises:
        UnknownGoalError: it fits none.
    """
    fitting = {goal.id for found in _fitting(plan, word) for goal in found}
    if not fitting:
        return (find_goal(plan, word),)
    return tuple(goal for goal in plan.goals if goal.id in fitting)


def fits(plan: Plan, word: str) -> bool:
    """Tell whether `word` fits any goal of the plan by more than a likeness."""
    return any(True for _ in _fitting(plan, word))


def goal_lines(goals: Sequence[Goal], on: date | None = None) -> tuple[Message, ...]:
    """Return the goals as a list names them; those of one title with what they promise on the day `on`."""
    titles = Counter(folded(goal.title) for goal in goals)
    return tuple(
        message("plans.goal-line", id=goal.id, title=goal.title)
        if titles[folded(goal.title)] == 1
        else message("plans.goal-line-promised", id=goal.id, title=goal.title, promised=_promised(goal, on))
        for goal in goals
    )


class _Named(Record):
    id: str
    title: str


def _fitting(plan: Plan, word: str) -> Iterator[tuple[Goal, ...]]:
    """Yield the goals that fit in each way that any does, the surest way first."""
    typed = folded(word)
    if not typed:
        return
    keys = [(goal, _names(goal), (*goal.pinyin, *goal.initials)) for goal in plan.goals]
    yield from filter(
        None,
        (
            tuple(goal for goal, _, _ in keys if goal.id == typed),
            tuple(goal for goal, names, _ in keys if typed in names),
            tuple(goal for goal, _, spelled in keys if typed in spelled),
            tuple(goal for goal, names, _ in keys if _begins((goal.id, *names), typed)),
            tuple(goal for goal, _, spelled in keys if _begins(spelled, typed)),
            tuple(goal for goal, names, _ in keys if _within(names, typed)),
            tuple(goal for goal in plan.goals if len(typed) >= _FEWEST and _within(goal.initials, typed)),
        ),
    )


def _likely(found: tuple[Goal, ...], on: date | None) -> tuple[Goal, ...]:
    """Return `found` without what is cancelled and stands in the plan anew, under the same title."""
    if on is None:
        return found
    standing = [goal for goal in found if goal.cancelled is None or not goal.cancelled.holds_on(on)]
    titles = {folded(goal.title) for goal in standing}
    return tuple(goal for goal in found if goal in standing or folded(goal.title) not in titles)


def _promised(goal: Goal, on: date | None) -> tuple[Message, ...]:
    """Return the figure of each target and the day that it is due."""
    told = []
    for target in goal.targets:
        terms = target.terms[-1] if on is None else target.in_force(on)
        if target.kind == "ongoing":
            told.append(message("words.kind.ongoing"))
        elif target.kind == "milestone":
            told.append(message("plans.due", by=terms.by))
        else:
            told.append(message("plans.promise", amount=terms.amount, unit=target.unit or "", by=terms.by))
    return tuple(told)


def _names(goal: Goal) -> tuple[str, ...]:
    return (folded(goal.title), *map(folded, goal.aliases), *goal.formerly)


def _begins(names: Iterable[str], typed: str) -> bool:
    return any(name.startswith(typed) for name in names)


def _within(names: Iterable[str], typed: str) -> bool:
    return any(typed in name for name in names)


def _parted(plan: Plan, word: str, on: date | None) -> tuple[Goal, str | None]:
    """Return the goal, and what stands behind the last point; a title may have points of its own."""
    head, point, tail = word.replace("．", ".").rpartition(".")
    if not point or len(_likely(next(_fitting(plan, word), ()), on)) == 1:
        return find_goal(plan, word, on), None
    return find_goal(plan, head, on), tail


def _chosen(names: list[_Named], word: str, goal: Goal, message_id: str) -> int:
    """Return the number of the one among `names` that `word` is, or begins."""
    typed = folded(word)
    for fits in (str.__eq__, str.startswith):
        found = [number for number, name in enumerate(names) if any(fits(folded(text), typed) for text in name)]
        if typed and len(found) == 1:
            return found[0]
    raise UnknownTargetError(message_id, word=word, goal=goal.title, known=tuple(name.id for name in names))
