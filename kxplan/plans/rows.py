"""Rows: what a plan promises as plain texts, one row per target, and what of it changed in silence."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from kxplan.message import Message, message
from kxplan.model.entry import PlainRow
from kxplan.model.plan import Calendar, Checkpoint, Declaration, Goal, Plan, Target, Terms
from kxplan.record import Record

_PROMISED = (
    *("kind", "direction", "unit", "baseline", "amount", "from", "by"),
    *("pace", "checkpoints", "interpolate", "steps"),
)
"""The values that only a revision may change; titles, offices and weights may be edited freely."""

_NAMED_BY = {
    "amount": ("amount",),
    "by": ("by",),
    "pace": ("pace", "checkpoints"),
    "checkpoints": ("pace", "checkpoints"),
    "steps": ("steps", "by"),
}
"""The keys of a revision that speak of a value; the others are covered by any from the first day."""

_WAYS_OUT = {
    **dict.fromkeys(("kind", "direction", "unit"), "plans.changed-nature"),
    **dict.fromkeys(("baseline", "from", "interpolate"), "plans.changed-start"),
    "cancelled": "plans.changed-cancelled",
}
"""What is advised where no revision can name the value."""


class Change(Record):
    """A difference between what was promised and what the plan now says, that nothing declares."""

    goal: str
    target: str
    key: str
    before: str | None
    now: str | None
    title: str

    @property
    def message(self) -> Message:
        """The change as a sentence."""
        if self.key == "goal":
            return message("plans.gone", title=self.title, goal=self.goal, target=self.target)
        name = message(f"plans.change-{self.key}")
        nothing = message("plans.nothing")
        before, now = self.before or nothing, self.now or nothing
        advised = _WAYS_OUT.get(self.key, "plans.changed")
        return message(advised, title=self.title, goal=self.goal, name=name, before=before, now=now)


def plain_rows(plan: Plan) -> tuple[PlainRow, ...]:
    """Return what the plan promises, one row per target in the plan's order.

    The same promise is always written the same: days as 2023-05-04, exact numbers without trailing
    zeros, shares as fractions, lists as JSON.
    """
    return tuple(_row(goal, target) for goal in plan.goals for target in goal.targets)


def plain_calendar(calendar: Calendar) -> dict[str, list[Any]]:
    """Return where the working days depart from Monday to Friday, as plain values."""
    return {
        "off": sorted(day.isoformat() for day in calendar.off),
        "work": sorted(day.isoformat() for day in calendar.work),
        "estimated": list(calendar.estimated),
    }


def calendar_of(plain: Mapping[str, Sequence[Any]]) -> Calendar:
    """Return the calendar that `plain_calendar` wrote."""
    off, work = (frozenset(map(date.fromisoformat, plain[name])) for name in ("off", "work"))
    return Calendar(off, work, tuple(plain["estimated"]))


def changed(accepted: Sequence[PlainRow], now: Plan) -> tuple[Change, ...]:
    """Return what differs from the accepted promises and is not declared, in their order.

    Declared is what a new revision covers: from the target's first day for a value it names or cannot
    name. To cancel a goal declares that alone: the days before it keep their promises. New targets are no change.
    """
    rows = _by_key(plain_rows(now))
    return tuple(change for before in accepted for change in _changes(before, _successor(before, rows)))


def rescaled(recorded: Sequence[PlainRow], now: Sequence[PlainRow]) -> tuple[Change, ...]:
    """Return the targets whose figures, `recorded` under these rows, are read in another unit `now`.

    A revision from the first day that names the unit anew and leaves the amount tells a slip of the pen: the figures
    meant it all along.
    """
    rows = _by_key(now)
    found = []
    for before in recorded:
        after = _successor(before, rows)
        if after is None or before.get("unit", after["unit"]) == after["unit"]:
            continue
        is_slip = before.get("amount") == after["amount"] and all(
            change.key != "unit" for change in _changes(before, after)
        )
        if not is_slip:
            found.append(_change(before, "unit", after))
    return tuple(found)


def accepted_after(accepted: Sequence[PlainRow], rows: Sequence[PlainRow]) -> tuple[PlainRow, ...]:
    """Return the promises that later versions of the plan are measured against.

    A row that differs only by what it declares takes the place of the accepted one; otherwise the
    older stays. New targets are accepted as they first appear.
    """
    kept, taken = [], set()
    by_key = _by_key(rows)
    for before in accepted:
        after = _successor(before, by_key)
        is_declared = after is not None and not any(_changes(before, after))
        kept.append(after if after is not None and is_declared else before)
        taken.add(_key(after if after is not None else before))
    return (*kept, *(row for row in rows if _key(row) not in taken))


def _row(goal: Goal, target: Target) -> PlainRow:
    first = target.terms[0]
    return {
        "goal": goal.id,
        "target": target.id,
        "title": goal.title,
        "lead": goal.lead,
        "kind": target.kind,
        "direction": target.direction,
        "unit": target.unit,
        "baseline": _exact(target.baseline),
        "weight": str(target.weight),
        "reporting": target.reporting,
        "amount": None if first.amount is None else _exact(first.amount),
        "from": first.start.isoformat(),
        "by": first.by.isoformat(),
        "pace": first.pace,
        "checkpoints": _json([_point(point) for point in first.checkpoints]),
        "interpolate": first.interpolate,
        "steps": _steps(first),
        "revisions": _json([_revision(terms) for terms in target.terms[1:]]),
        "formerly": _json(list(goal.formerly)),
        "added": _declaration(goal.added),
        "cancelled": _declaration(goal.cancelled),
    }


def _point(point: Checkpoint) -> list[str]:
    return [point.by.isoformat(), str(point.share)]


def _steps(terms: Terms) -> str | None:
    return _json([[step.id, step.due.isoformat(), _exact(step.weight)] for step in terms.steps])


def _revision(terms: Terms) -> dict[str, Any]:
    revision = terms.revision
    if revision is None:
        return {}
    values = {
        "amount": None if terms.amount is None else _exact(terms.amount),
        "by": terms.by.isoformat(),
        "pace": terms.pace,
        "checkpoints": [_point(point) for point in terms.checkpoints],
        "steps": [[step.id, step.due.isoformat()] for step in terms.steps],
    }
    told = {"from": revision.since.isoformat(), "reason": revision.reason, "document": revision.document}
    return told | {key: values[key] for key in revision.changes}


def _declaration(declared: Declaration | None) -> str | None:
    if declared is None:
        return None
    since = declared.since.isoformat() if declared.since else None
    return _json({"from": since, "reason": declared.reason, "document": declared.document})


def _exact(amount: Decimal) -> str:
    return f"{amount.normalize():f}"


def _json(value: list[Any] | dict[str, Any]) -> str | None:
    """Return a list or mapping as text, always the same; None where it is empty."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else None


def _key(row: PlainRow) -> tuple[str | None, str | None]:
    return row["goal"], row["target"]


def _by_key(rows: Sequence[PlainRow]) -> dict[tuple[str | None, str | None], PlainRow]:
    return {_key(row): row for row in rows}


def _successor(before: PlainRow, rows: Mapping[tuple[str | None, str | None], PlainRow]) -> PlainRow | None:
    """Return the row of the same target now, also under the goal's new id; None where it is gone."""
    goal, target = _key(before)
    if (goal, target) in rows:
        return rows[goal, target]
    for row in rows.values():
        renamed = row["goal"] if target == goal else target
        if goal in _loaded(row, "formerly") and row["target"] == renamed:
            return row
    return None


def _changes(before: PlainRow, after: PlainRow | None) -> Iterator[Change]:
    if after is None:
        yield _change(before, "goal", None)
        return
    if before == after:
        return
    if before["cancelled"] is not None and after["cancelled"] is None:
        yield _change(before, "cancelled", after)
    new = []
    earlier = {revision["from"]: revision for revision in _loaded(before, "revisions")}
    later = {revision["from"]: revision for revision in _loaded(after, "revisions")}
    for since, revision in later.items():
        old = earlier.pop(since, None)
        if old is None or (old != revision and old["reason"] != revision["reason"]):
            new.append(revision)
        elif old != revision:
            yield _change(before, "revisions", after)
    if earlier:
        yield _change(before, "revisions", after)
    for key in _PROMISED:
        if before[key] != after[key] and not any(_covers(revision, key, after) for revision in new):
            yield _change(before, key, after)


def _covers(revision: dict[str, Any], key: str, row: PlainRow) -> bool:
    first = row["from"] or ""
    names = _NAMED_BY.get(key)
    return str(revision["from"]) <= first and (names is None or any(name in revision for name in names))


def _loaded(row: PlainRow, key: str) -> list[Any]:
    text = row.get(key)
    return list(json.loads(text)) if text else []


def _change(before: PlainRow, key: str, after: PlainRow | None) -> Change:
    return Change(
        goal=before["goal"] or "",
        target=before["target"] or "",
        key=key,
        before=before.get(key),
        now=after.get(key) if after is not None else None,
        title=before["title"] or "",
    )
