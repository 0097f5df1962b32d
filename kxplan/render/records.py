"""Records: standings and entries as the plain values of `--json`."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from fractions import Fraction

from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Goal, Plan, Target
from kxplan.progress.forecast import Forecast
from kxplan.progress.standing import Standing
from kxplan.progress.summary import Summary, summary
from kxplan.render import numbers

VERSION = 1
"""The number under "kxplan" in every object of `--json`."""


def status_record(plan: Plan, standings: Iterable[Standing], *, on: date, known_by: date | None) -> dict[str, object]:
    """Return the object of `status --json`: the summary and every standing, in plan order."""
    listed = tuple(standings)
    return {
        "kxplan": VERSION,
        "plan": plan.id,
        "title": plan.title,
        "as_of": on.isoformat(),
        "known_by": known_by.isoformat() if known_by else None,
        "summary": summary_record(summary(listed)),
        "targets": [standing_record(standing) for standing in listed],
    }


def summary_record(total: Summary) -> dict[str, object]:
    """Return the counts of the lights, of what is done, and the score."""
    score = None if total.score is None else numbers.score(total.score)
    return {**dict(total.lights.items()), "done": total.done, "score": score}


def standing_record(standing: Standing) -> dict[str, object]:
    """Return one target of `status --json`."""
    goal, target, terms = standing.goal, standing.target, standing.terms
    is_counted = target.kind != "ongoing"
    return {
        "goal": goal.id,
        "target": target.id,
        "title": goal.title,
        "sections": list(goal.sections),
        "lead": goal.lead,
        "assist": list(goal.assist),
        "kind": target.kind,
        "direction": target.direction,
        "unit": target.unit,
        "baseline": numbers.plain(target.baseline) if is_counted else None,
        "amount": None if terms.amount is None else numbers.plain(terms.amount),
        "actual": _plain(standing.actual),
        "expected": _plain(standing.expected),
        "attained": None if standing.attained is None else numbers.attained(standing.attained),
        "gap": None if standing.gap is None else numbers.fixed(standing.gap, 1),
        "state": standing.state,
        "light": standing.light,
        "from": terms.start.isoformat(),
        "by": terms.by.isoformat(),
        "due_soon": standing.due_soon,
        "need_per_week": _plain(standing.need_per_week),
        "forecast": _forecast_record(standing.forecast),
        "entries": standing.tally.entries,
        "last_entry": standing.tally.last.isoformat() if standing.tally.last else None,
    }


def entry_record(entry: Entry) -> dict[str, object]:
    """Return one entry of `log --json` and `history --json`.

    A ratio's amount is written `numerator/denominator`; a note or a `done` has none.
    """
    return {
        "number": entry.number,
        "id": entry.id,
        "act": entry.act,
        "goal": entry.goal,
        "target": entry.target,
        "day": entry.day.isoformat(),
        "amount": entry_amount(entry),
        "note": entry.note,
        "who": entry.who,
        "recorded_at": instant_text(entry.recorded_at),
        "state": entry.state,
        "corrects": entry.corrects,
        "reason": entry.reason,
        "steps": list(entry.steps),
        "breakdown": dict(entry.breakdown),
        "evidence": entry.evidence,
    }


def reason_record(reason: Reason) -> dict[str, object]:
    """Return one reason of `reason --json` and `show --json`."""
    return {
        "number": reason.number,
        "goal": reason.goal,
        "reason": reason.text,
        "measure": reason.measure,
        "until": reason.until.isoformat() if reason.until else None,
        "who": reason.who,
        "day": reason.day.isoformat(),
        "recorded_at": instant_text(reason.recorded_at),
    }


def instant_text(instant: datetime) -> str:
    """Return an instant in UTC with microseconds, `2023-06-30T01:00:00.000000Z`."""
    return instant.isoformat(timespec="microseconds").replace("+00:00", "Z")


def entry_amount(entry: Entry) -> str | None:
    """Return the amount of an entry as plain text; None where it has none."""
    if entry.amount is None:
        return None
    if entry.denominator is None:
        return numbers.plain(entry.amount)
    return f"{numbers.plain(entry.amount)}/{numbers.plain(entry.denominator)}"


def _plain(value: Fraction | None) -> str | None:
    return None if value is None else numbers.plain(value)


def _forecast_record(outlook: Forecast | None) -> dict[str, object] | None:
    if outlook is None:
        return None
    return {
        "final": numbers.plain(outlook.final),
        "reaches_on": outlook.reaches_on.isoformat() if outlook.reaches_on else None,
    }


def goal_record(goal: Goal, on: date) -> dict[str, object]:
    """Return one goal of `goals --json`."""
    return {
        "goal": goal.id,
        "title": goal.title,
        "aliases": list(goal.aliases),
        "lead": goal.lead,
        "assist": list(goal.assist),
        "sections": list(goal.sections),
        "targets": [_target_record(target, on) for target in goal.targets],
    }


def _target_record(target: Target, on: date) -> dict[str, object]:
    terms = target.in_force(on)
    return {
        "target": target.id,
        "kind": target.kind,
        "unit": target.unit,
        "amount": None if terms.amount is None else numbers.plain(terms.amount),
        "from": terms.start.isoformat(),
        "by": terms.by.isoformat(),
        "reporting": target.reporting,
    }
