"""Remarks: what is said under a standing: the reason given for its light, and how its promise was changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from kxplan.message import Message, chained, message
from kxplan.model.entry import Reason
from kxplan.model.plan import Declaration, Target, Terms
from kxplan.progress.standing import Standing
from kxplan.reports.page import Amount, Value, Words

Remarks = Callable[[Standing], Sequence[Words]]
"""What is said under the row of a standing, a line each."""


def remarks(reasons: Mapping[str, Reason]) -> Remarks:
    """Return the remarks of each standing; `reasons` holds the newest of each goal, by its present id."""
    return lambda standing: (*declared(standing), *answer(standing, reasons.get(standing.goal.id)))


def answer(standing: Standing, reason: Reason | None) -> tuple[Message, ...]:
    """Return who says what about a yellow or red light, or that nobody does; nothing for other lights."""
    if standing.light not in ("yellow", "red"):
        return ()
    if reason is None:
        return (message("reports.no-reason"),)
    return (reason_line(reason, standing.on),)


def reason_line(reason: Reason, on: date) -> Message:
    """Return a reason with its measure and its day, which is called passed once `on` lies behind it."""
    parts: list[Message] = [message("reports.reason-text", text=reason.text)]
    if reason.measure:
        parts.append(message("reports.reason-measure", measure=reason.measure))
    if reason.until:
        passed = "reports.reason-until-passed" if reason.until < on else "reports.reason-until"
        parts.append(message(passed, until=reason.until))
    return message("reports.reason", parts=joined(parts), who=reason.who, day=reason.day)


def joined(parts: Sequence[Words]) -> Words:
    """Return clauses as one; there is at least one."""
    return chained("reports.and", parts)


def declared(standing: Standing) -> tuple[Message, ...]:
    """Return what the plan openly changed about a promise by the day of the standing."""
    lines = list(revised(standing.target, standing.on))
    added, cancelled = standing.goal.added, standing.goal.cancelled
    if added is not None and added.holds_on(standing.on):
        lines.append(_declared(added, "show.added", "show.added-since"))
    if cancelled is not None and standing.state == "cancelled":
        lines.append(_declared(cancelled, "show.cancelled", "show.cancelled-since"))
    return tuple(lines)


def revised(target: Target, on: date) -> tuple[Message, ...]:
    """Return each revision in force on a day: what stood before, what stands since, and why."""
    lines = []
    for before, after in zip(target.terms, target.terms[1:], strict=False):
        if after.since > on or after.revision is None:
            continue
        changes = changed_terms(target, before, after)
        if changes:
            lines.append(
                message(
                    "show.revised",
                    changes=joined(changes),
                    when=month_of(after.since),
                    why=because(after.revision.reason, after.revision.document),
                )
            )
    return tuple(lines)


def changed_terms(target: Target, before: Terms, after: Terms) -> tuple[Message, ...]:
    """Return what differs between two terms of a target, each as before → after."""
    changes = []
    if before.amount != after.amount and target.kind != "milestone":
        changes.append(_change(_amount(before, None), _amount(after, target.unit)))
    if before.by != after.by:
        changes.append(message("show.change-by", change=_change(before.by, after.by)))
    if before.pace != after.pace:
        paces = (message(f"show.pace.{before.pace}"), message(f"show.pace.{after.pace}"))
        changes.append(message("show.change-pace", change=_change(*paces)))
    elif before.checkpoints != after.checkpoints and "checkpoints" in _named(after):
        changes.append(message("show.change-checkpoints"))
    old = {step.id: step for step in before.steps}
    changes += [
        message("show.change-step", title=step.title, change=_change(old[step.id].due, step.due))
        for step in after.steps
        if step.id in old and old[step.id].due != step.due and len(after.steps) > 1
    ]
    return tuple(changes)


def because(reason: str, document: str | None) -> Words:
    """Return why a plan was changed, with the document that says so."""
    return message("show.why", reason=reason, document=document) if document else reason


def month_of(day: date) -> Message:
    """Return the name of a day's month."""
    return message(f"show.month.{day.month}")


def _named(terms: Terms) -> tuple[str, ...]:
    return terms.revision.changes if terms.revision else ()


def _amount(terms: Terms, unit: str | None) -> Amount:
    return Amount(Fraction(terms.amount or 0), unit)


def _change(before: Value, after: Value) -> Message:
    return message("show.change", before=before, after=after)


def _declared(declared: Declaration, plain: str, dated: str) -> Message:
    why = because(declared.reason, declared.document)
    if declared.since is None:
        return message(plain, why=why)
    return message(dated, when=month_of(declared.since), why=why)
