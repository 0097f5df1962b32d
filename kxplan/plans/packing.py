"""Packing: a Plan as JSON, and back."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from kxplan.dates import Period
from kxplan.model.plan import (
    Calendar,
    Checkpoint,
    Declaration,
    Goal,
    Lights,
    Plan,
    Revision,
    Section,
    Step,
    Target,
    Terms,
)


def packed(plan: Plan) -> bytes:
    """Return the plan as JSON; every value in it comes back from `unpacked` as it was."""
    return json.dumps(_plain(plan), ensure_ascii=False, separators=(",", ":")).encode()


def unpacked(data: bytes) -> Plan | None:
    """Return the plan that `packed` wrote; None where the data is of another shape."""
    try:
        return _plan(json.loads(data))
    except (ValueError, TypeError, AttributeError, ArithmeticError, RecursionError):
        return None


def _plain(value: object) -> Any:
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (Decimal, Fraction)):
        return str(value)
    return value


def _plan(row: list[Any]) -> Plan:
    plan = Plan(*row)
    return plan._replace(
        period=Period(*map(_day, plan.period)),
        lights=_lights(Lights(*plan.lights)),
        breakdowns=tuple((key, tuple(values)) for key, values in plan.breakdowns),
        calendar=_calendar(Calendar(*plan.calendar)),
        sections=tuple(Section(id_, title, tuple(path)) for id_, title, path in plan.sections),
        goals=tuple(_goal(Goal(*goal)) for goal in plan.goals),
    )


def _lights(lights: Lights) -> Lights:
    return lights._replace(yellow=Decimal(lights.yellow), red=Decimal(lights.red))


def _calendar(calendar: Calendar) -> Calendar:
    off, work, estimated = calendar
    return Calendar(frozenset(map(_day, off)), frozenset(map(_day, work)), tuple(estimated))


def _goal(goal: Goal) -> Goal:
    return goal._replace(
        targets=tuple(_target(Target(*target)) for target in goal.targets),
        sections=tuple(goal.sections),
        assist=tuple(goal.assist),
        aliases=tuple(goal.aliases),
        formerly=tuple(goal.formerly),
        added=_declaration(goal.added),
        cancelled=_declaration(goal.cancelled),
        pinyin=tuple(goal.pinyin),
        initials=tuple(goal.initials),
    )


def _declaration(row: Any) -> Declaration | None:
    if row is None:
        return None
    since, reason, document = row
    return Declaration(None if since is None else _day(since), reason, document)


def _target(target: Target) -> Target:
    return target._replace(
        baseline=Decimal(target.baseline),
        weight=Fraction(target.weight),
        terms=tuple(_terms(Terms(*terms)) for terms in target.terms),
    )


def _terms(terms: Terms) -> Terms:
    return terms._replace(
        since=_day(terms.since),
        amount=None if terms.amount is None else Decimal(terms.amount),
        start=_day(terms.start),
        by=_day(terms.by),
        checkpoints=tuple(Checkpoint(_day(by), Fraction(share), title) for by, share, title in terms.checkpoints),
        steps=tuple(Step(id_, title, _day(due), Decimal(weight)) for id_, title, due, weight in terms.steps),
        revision=None if terms.revision is None else _revision(terms.revision),
    )


def _revision(row: Any) -> Revision:
    since, reason, document, changes = row
    return Revision(_day(since), reason, document, tuple(changes))


def _day(text: Any) -> date:
    return date.fromisoformat(text)
