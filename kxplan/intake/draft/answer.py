"""Answer: a draft as the plain values that `draft --json` prints."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

from kxplan.intake.draft.draft import Draft, Target
from kxplan.message import Message


def answer(draft: Draft, tr: Callable[[Message], str]) -> dict[str, object]:
    """Return the object of a draft, without the key `kxplan`; `tr` gives flags and asks their language."""
    return {
        "targets": [_target(target, tr) for target in draft.targets],
        "skipped": [{"text": one.text, "number": one.number, "reason": one.reason} for one in draft.skipped],
    }


def written(amount: Decimal) -> str:
    """Return an exact amount in plain digits, without trailing zeros and never -0."""
    text = f"{amount:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _target(target: Target, tr: Callable[[Message], str]) -> dict[str, object]:
    return {
        "amount": None if target.amount is None else written(target.amount),
        "unit": target.unit,
        "noun": target.noun,
        "comparator": target.comparator,
        "text": target.text,
        "section": list(target.section),
        "lead": target.lead,
        "due": None if target.due is None else target.due.isoformat(),
        "period": target.period,
        "scope": target.scope,
        "flags": [tr(flag) for flag in target.flags],
        "asks": [tr(ask) for ask in target.asks],
    }
