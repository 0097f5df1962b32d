"""The words of `log`: amounts sorted to targets by their units, and breakdown values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from kxplan.errors import BadQuantityError, UsageError
from kxplan.message import message
from kxplan.model.plan import Goal, Plan, Target
from kxplan.model.quantity import amount_in, parse_quantity, parse_ratio
from kxplan.record import Record
from kxplan.text import folded


class Logged(Record):
    """An amount for one target; None for a note."""

    target: Target
    amount: Decimal | None
    denominator: Decimal | None = None


def read_amounts(
    goal: Goal, target: Target | None, words: Sequence[str]
) -> tuple[tuple[Logged, ...], tuple[tuple[str, str], ...]]:
    """Return the amounts of `words`, each with the target it is meant for, and the KEY=VALUE pairs.

    A bare unit joins the number before it. Units decide among several targets.

    Raises:
        BadQuantityError: a word is no quantity.
        UsageError: a unit that no target has, or no unit where several targets need one; a fraction of a
            whole unit; a sign where none can be; an amount for a goal that takes none.
    """
    pairs = tuple(_pair(word) for word in words if _is_pair(word))
    texts = _joined([word for word in words if not _is_pair(word)])
    candidates = (target,) if target is not None else goal.targets
    logged: list[Logged] = []
    for text in texts:
        one = _read(goal, candidates, text)
        if any(one.target.id == other.target.id for other in logged):
            raise UsageError("cli.target-twice", target=one.target.id, goal=goal.title)
        logged.append(one)
    return tuple(logged), pairs


def read_amount(goal: Goal, target: Target, text: str) -> Logged:
    """Return one amount for a target that is known already; raises as `read_amounts` does."""
    return _read_for(target, text, goal.title)


def breakdown_of(plan: Plan, goal: Goal, pairs: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Return the breakdown values of an entry as the plan spells them.

    Raises:
        UsageError: an unknown key or value, a key given twice, or a goal that does not add up.
    """
    known = dict(plan.breakdowns)
    found: dict[str, str] = {}
    for key, value in pairs:
        name = next((name for name in known if folded(name) == folded(key)), None)
        if name is None:
            raise UsageError("cli.unknown-breakdown", key=key, known=tuple(known) or (message("cli.none"),))
        if name in found:
            raise UsageError("cli.breakdown-twice", key=name)
        spelled = next((each for each in known[name] if folded(each) == folded(value)), None)
        if spelled is None:
            raise UsageError("cli.unknown-value", key=name, value=value, known=known[name])
        found[name] = spelled
    if found and not any(target.kind == "sum" for target in goal.targets):
        raise UsageError("cli.breakdown-not-sum", goal=goal.title)
    return tuple(found.items())


def _is_pair(word: str) -> bool:
    return "=" in word or "＝" in word


def _pair(word: str) -> tuple[str, str]:
    key, _, value = word.replace("＝", "=").partition("=")
    return key.strip(), value.strip()


def _joined(words: Sequence[str]) -> list[str]:
    texts: list[str] = []
    for word in words:
        if texts and _is_bare_number(texts[-1]) and not _is_quantity(word):
            texts[-1] += word
        else:
            texts.append(word)
    return texts


def _is_bare_number(text: str) -> bool:
    if "/" in text:
        return True
    try:
        return parse_quantity(text, signed=True).unit is None
    except BadQuantityError:
        return False


def _is_quantity(text: str) -> bool:
    if "/" in text:
        return True
    try:
        parse_quantity(text, signed=True)
    except BadQuantityError:
        return any(character.isdigit() for character in text)
    return True


def _read(goal: Goal, candidates: Sequence[Target], text: str) -> Logged:
    if candidates[0].kind in ("milestone", "ongoing"):
        raise _no_amount(goal, candidates[0])
    if len(candidates) == 1:
        return _read_for(candidates[0], text, goal.title)
    unit: str | None = text
    if "/" in text:
        fitting = [target for target in candidates if target.kind == "ratio"]
    else:
        quantity = parse_quantity(text, signed=True)
        unit = quantity.unit
        fitting = [each for each in candidates if unit is None or amount_in(each.unit, quantity) is not None]
    if len(fitting) == 1:
        return _read_for(fitting[0], text, goal.title)
    names = tuple(message("cli.target-choice", id=f"{goal.id}.{each.id}", unit=each.unit or "") for each in candidates)
    if not fitting:
        raise UsageError("cli.wrong-unit-of-several", unit=unit, goal=goal.title, targets=names)
    raise UsageError("cli.which-target", text=text, goal=goal.title, targets=names)


def _no_amount(goal: Goal, target: Target) -> UsageError:
    steps = target.terms[-1].steps
    if len(steps) < 2:
        return UsageError(f"cli.no-amount-{target.kind}", goal=goal.title, id=goal.id)
    titles = tuple(step.title for step in steps)
    return UsageError("cli.no-amount-milestone-steps", goal=goal.title, id=goal.id, step=steps[0].id, steps=titles)


def _read_for(target: Target, text: str, called: str) -> Logged:
    if target.kind == "ratio":
        return _ratio(target, text, called)
    quantity = parse_quantity(text, signed=True)
    amount = quantity.amount if quantity.unit is None else amount_in(target.unit, quantity)
    if amount is None:
        unit = target.unit or message("cli.a-number")
        raise UsageError("cli.wrong-unit", text=text, unit=unit, goal=called)
    if amount < 0 and target.kind != "latest":
        raise UsageError("cli.negative", text=text, kind=message(f"words.kind.{target.kind}"))
    if target.whole and amount != amount.to_integral_value():
        raise UsageError("cli.fraction", text=text, unit=target.unit or message("cli.a-number"))
    return Logged(target, amount)


def _ratio(target: Target, text: str, called: str) -> Logged:
    if "/" not in text and "／" not in text:
        raise UsageError("cli.ratio-form", text=text, goal=called)
    numerator, denominator = parse_ratio(text)
    return Logged(target, numerator, denominator)
