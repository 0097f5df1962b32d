"""Periods: the facts of a report, gathered from plan and ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from kxplan.commands.figures import View, accounts, of_lead, undeclared
from kxplan.commands.past import Ends, ends_of, entries_between, in_trouble, months_of, reasons_of
from kxplan.dates import Period, Span, end_of
from kxplan.errors import UsageError
from kxplan.model.entry import Entry, Reason
from kxplan.model.plan import Plan
from kxplan.progress.months import months_before, past_months
from kxplan.progress.standing import Standing, standings
from kxplan.reports.course import course, course_days
from kxplan.reports.entries import key_of
from kxplan.reports.evidence import backed_entries
from kxplan.reports.facts import Correction, Evidenced, Key, PeriodFacts
from kxplan.reports.page import Curve, Page, Words
from kxplan.reports.period import period_page
from kxplan.reports.spans import covered
from kxplan.reports.status import Moment
from kxplan.reports.worked import NOTED, entries_in

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Reader


def report_page(
    call: Call,
    ledger: Reader,
    span: Span,
    *,
    of: date | None = None,
    lead: str | None = None,
    notices: Sequence[Words] = (),
) -> Page:
    """Return the report of the period that holds `of`, or of the running one; `notices` are said at its head.

    Raises:
        UsageError: plan or period has not begun, the day lies outside the plan, or the department leads nothing.
    """
    facts = period_facts(call, ledger, span, of=of, lead=lead)
    return period_page(facts._replace(notices=(*notices, *facts.notices)))


def period_facts(
    call: Call,
    ledger: Reader,
    span: Span,
    *,
    of: date | None = None,
    lead: str | None = None,
    whole: Period | None = None,
    leads: Sequence[str] = (),
) -> PeriodFacts:
    """Return the facts of that report; see `report_page`.

    `whole` is a period within the plan's in place of the one that holds `of`; `leads` are departments
    by their full names, told of together.
    """
    plan = call.plan
    period = whole or _period(call, plan, span, of)
    on = min(period.end, call.today)
    everything = _standings(ledger, plan, on)
    now = of_lead(everything, lead) if lead is not None else everything
    if leads:
        now = tuple(one for one in everything if one.goal.lead in leads)
    shown = frozenset(one.key for one in now)
    seen = View(plan, Moment(on), _instant_after(call, on), everything)
    bare = PeriodFacts(plan, span, period, on, now, _before(ledger, plan, period, shown))
    known = _ends(call, ledger, seen) if bare.is_long else None
    facts = bare._replace(
        noted=_noted(ledger, bare),
        reasons=_reasons(ledger, plan, seen.instant),
        in_trouble=in_trouble(call, ledger, seen, now, known),
        corrections=_corrections(call, ledger, plan, period, {one.goal.id for one in now}),
        course=_course(ledger, plan, seen, shown),
        lead=now[0].goal.lead if lead is not None else None,
        is_staged=on == call.settings.today,
        notices=undeclared(ledger, plan),
    )
    if not facts.is_long:
        return facts
    return facts._replace(months=months_of(call, ledger, seen, now, known), evidence=_evidence(ledger, bare))


def _period(call: Call, plan: Plan, span: Span, of: date | None) -> Period:
    """Return the period to report on: the one that holds `of`, the running one, or the last of a plan that is over."""
    if call.today < plan.period.start:
        raise UsageError("report.not-begun", start=plan.period.start, today=call.today)
    if of is not None and of not in plan.period:
        raise UsageError("cli.day-outside", day=of, start=plan.period.start, end=plan.period.end)
    period = covered(span, of or min(call.today, plan.period.end), plan.period)
    if period.start > call.today:
        raise UsageError("cli.future-day", day=of, today=call.today)
    return period


def _standings(ledger: Reader, plan: Plan, on: date) -> tuple[Standing, ...]:
    return standings(plan, accounts(ledger, plan, on), on)


def _before(ledger: Reader, plan: Plan, period: Period, shown: frozenset[Key]) -> dict[Key, Standing]:
    eve = period.start - timedelta(days=1)
    if eve not in plan.period:
        return {}
    return {one.key: one for one in _standings(ledger, plan, eve) if one.key in shown}


def _instant_after(call: Call, on: date) -> datetime | None:
    """Return the end of a day that is over; None while it runs: then all that is recorded is known."""
    return None if on >= call.today else end_of(on, call.settings.timezone)


def _ends(call: Call, ledger: Reader, seen: View) -> Ends:
    """Return every end of a month that a long report speaks of, looked back to at once."""
    months = (*past_months(seen.plan.period, seen.on), *months_before(seen.on, (seen.plan.lights.escalate or 1) - 1))
    return ends_of(call, ledger, seen, months, seen.standings)


def _noted(ledger: Reader, facts: PeriodFacts) -> dict[Key, Sequence[Entry]]:
    """Return the newest entries of the period that say something, of each target that was worked on."""
    noted: dict[Key, Sequence[Entry]] = {}
    for standing in facts.now:
        if not entries_in(facts, standing):
            continue
        entries = ledger.history(
            facts.plan.id,
            goals=(standing.goal.id, *standing.goal.formerly),
            since=facts.period.start,
            as_of=facts.on,
            limit=NOTED * len(standing.goal.targets) * 4,
            has_note=True,
        )
        telling = [entry for entry in entries if entry.state == "counted" and entry.act != "void"]
        own = [entry for entry in telling if key_of(facts.plan, entry) == standing.key]
        noted[standing.key] = sorted(own[:NOTED], key=lambda entry: (entry.day, entry.number))
    return noted


def _reasons(ledger: Reader, plan: Plan, instant: datetime | None) -> Mapping[str, Reason]:
    """Return the newest reason that was given by then; the newest of all where there was none yet."""
    newest = reasons_of(ledger, plan, None)
    return newest if instant is None or not newest else {**newest, **reasons_of(ledger, plan, instant)}


def _corrections(call: Call, ledger: Reader, plan: Plan, period: Period, shown: set[str]) -> list[Correction]:
    """Return what was recorded in the period and changed figures of the days before it, by number.

    Nothing was reported, and nothing is corrected, before the ledger knew the plan.
    """
    start = end_of(period.start - timedelta(days=1), call.settings.timezone)
    first = ledger.version_known_by(plan.id, start)
    if first is None or first.recorded_at is None or first.recorded_at >= start:
        return []
    recorded = entries_between(ledger, plan, start, _instant_after(call, period.end))
    inside = {entry.number: entry for entry in recorded}
    formerly = {old: goal.id for goal in plan.goals for old in goal.formerly}
    found = []
    for entry in reversed(recorded):
        if entry.state == "counted" and formerly.get(entry.goal, entry.goal) in shown:
            correction = _correction(ledger, entry, inside, period.start)
            if correction is not None:
                found.append(correction)
    return found


def _correction(ledger: Reader, entry: Entry, inside: Mapping[int, Entry], start: date) -> Correction | None:
    """Return what an entry of the period came to in the end; None where the days before it are as they were."""
    number = entry.corrects
    while number is not None and number in inside:
        number = inside[number].corrects
    if number is None:
        return Correction(entry, None) if entry.act != "void" and entry.day < start else None
    before = ledger.entry(number)
    if before.state == "counted" or min(entry.day, before.day) >= start:
        return None
    return Correction(entry, before)


def _course(ledger: Reader, plan: Plan, seen: View, shown: frozenset[Key]) -> Curve | None:
    """Return the course of the year; of the days to come only what will be due is asked."""
    by_day = []
    for day in course_days(plan.period, seen.on):
        known = accounts(ledger, plan, day) if day < seen.on else {}
        then = seen.standings if day == seen.on else standings(plan, known, day)
        by_day.append((day, [one for one in then if one.key in shown]))
    return course(by_day, seen.on)


def _evidence(ledger: Reader, facts: PeriodFacts) -> tuple[Evidenced, ...]:
    backed = ledger.backed(facts.plan.id, facts.on)
    asked = (one for one in facts.now if one.goal.evidence)
    return tuple(Evidenced(one, one.tally.entries, backed_entries(one, backed)) for one in asked)
