"""The explain page: every number of a standing with its formula, and the rule that fired."""

from __future__ import annotations

from fractions import Fraction

from kxplan.dates import Period
from kxplan.message import Message, message
from kxplan.model.plan import Plan, Target
from kxplan.progress.curve import working_days
from kxplan.progress.standing import Standing, is_unreported
from kxplan.progress.summary import scored
from kxplan.reports.page import Amount, Block, Fields, Heading, Page, Paragraph, Points, Score, Share, Words
from kxplan.reports.remarks import declared
from kxplan.reports.status import InTrouble, Moment, derived, goal_title, lamp, page_title, progress


def explain_page(
    plan: Plan, standings: tuple[Standing, ...], moment: Moment, in_trouble: InTrouble | None = None
) -> Page:
    """Return the page of `explain`: for each target of a goal its figures, one by one."""
    blocks: list[Block] = []
    for standing in standings:
        blocks += [Heading(goal_title(standing)), Fields(tuple(figures(plan, standing)))]
        months = (in_trouble or {}).get(standing.key, 0)
        blocks.append(Paragraph(message("explain.rule", lamp=lamp(standing, months)), "strong"))
        blocks.append(Paragraph(rule(plan, standing)))
        blocks += [Paragraph(remark) for remark in _remarks(plan, standing, months)]
    return Page(page_title(plan, moment), tuple(blocks))


def figures(plan: Plan, standing: Standing) -> list[tuple[Words, Words]]:
    """Return every figure of a standing: its name, and how it comes about."""
    target = standing.target
    pairs: list[tuple[Words, Words]] = [
        (message("explain.kind"), message(f"words.kind.{target.kind}")),
        (message("explain.lead"), standing.goal.lead),
    ]
    if target.kind == "ongoing":
        return [*pairs, (message("explain.entries"), _entries(standing))]
    pairs += [
        (message("explain.promise"), _promise(standing)),
        (message("explain.actual"), _actual(standing)),
        (message("explain.entries"), _entries(standing)),
    ]
    if target.kind == "milestone":
        pairs.append((message("explain.expected"), _milestone_expected(standing)))
    else:
        pairs.append((message("explain.share"), _share(plan, standing)))
        pairs.append((message("explain.expected"), _expected(standing)))
    pairs += [
        (message("explain.attained"), _attained(standing)),
        (message("explain.gap"), _gap(standing)),
        (message("explain.need"), _need(standing)),
        (message("explain.forecast"), _forecast(standing)),
        (message("explain.score"), _score(standing)),
    ]
    return pairs


def _amount(value: Fraction | None, target: Target) -> Amount:
    return Amount(value, target.unit)


def _promised(standing: Standing) -> Fraction:
    return Fraction(standing.terms.amount or 0)


def _promise(standing: Standing) -> Message:
    target, terms = standing.target, standing.terms
    if target.kind == "milestone":
        return message("explain.promise-milestone", n=len(terms.steps), by=terms.by)
    return message(
        "explain.promise-ceiling" if target.is_ceiling else "explain.promise-amount",
        baseline=_amount(Fraction(target.baseline), target),
        amount=_amount(_promised(standing), target),
        start=terms.start,
        by=terms.by,
    )


def _actual(standing: Standing) -> Message:
    target, tally = standing.target, standing.tally
    value = _amount(standing.actual, target)
    if target.kind == "milestone":
        return message("explain.actual-milestone", progress=progress(standing), value=value)
    if target.kind == "sum":
        return message(
            "explain.actual-sum",
            baseline=_amount(Fraction(target.baseline), target),
            total=_amount(Fraction(tally.total), target),
            value=value,
        )
    if tally.newest is None:
        return message("explain.actual-none", value=value)
    if target.kind == "ratio":
        return message(
            "explain.actual-pool" if target.pool else "explain.actual-ratio",
            numerator=Amount(Fraction(tally.total if target.pool else tally.newest.amount)),
            denominator=Amount(Fraction(tally.denominators if target.pool else tally.newest.denominator or 0)),
            day=tally.newest.day,
            value=value,
        )
    return message("explain.actual-newest", day=tally.newest.day, value=value)


def _entries(standing: Standing) -> Message:
    tally = standing.tally
    if tally.last is None:
        return message("explain.no-entries")
    return message("explain.entries-value", n=tally.entries, last=tally.last)


def _share(plan: Plan, standing: Standing) -> Message:
    share, terms = standing.share, standing.terms
    if share is None:
        return message("explain.share-none")
    percent = Share(share.value)
    if share.whole is not None:
        pace = terms.pace
        if pace == "workdays" and not working_days(plan.calendar, Period(terms.start, terms.by)):
            pace = "even"
        return message(f"explain.share-{pace}", gone=share.gone or 0, whole=share.whole, share=percent)
    name = "explain.share-pace-none" if terms.pace == "none" else "explain.share-checkpoints"
    return message(name, share=percent, n=len(terms.checkpoints), by=terms.by)


def _expected(standing: Standing) -> Message:
    target = standing.target
    if standing.state == "awaiting":
        return message("explain.expected-awaiting", by=standing.terms.by)
    share = standing.share.value if standing.share else None
    return message(
        "explain.expected-whole" if standing.expected != standing.planned else "explain.expected-value",
        baseline=_amount(Fraction(target.baseline), target),
        amount=_amount(_promised(standing), target),
        share=Share(share),
        planned=derived(standing.planned, target),
        value=derived(standing.expected, target),
    )


def _milestone_expected(standing: Standing) -> Message:
    due = tuple(
        message("explain.step", title=step.title, due=step.due, weight=step.weight) for step in standing.terms.steps
    )
    return message("explain.expected-milestone", value=Amount(standing.expected), steps=due)


def _attained(standing: Standing) -> Message:
    if standing.attained is None:
        return message("explain.no-meaning")
    target = standing.target
    return message(
        "explain.attained-value" if target.baseline else "explain.attained-plain",
        actual=_amount(standing.actual, target),
        baseline=_amount(Fraction(target.baseline), target),
        amount=_amount(_promised(standing), target),
        value=Share(standing.attained),
    )


def _gap(standing: Standing) -> Message:
    if standing.gap is None:
        return message("explain.no-meaning")
    target = standing.target
    return message(
        "explain.gap-ceiling" if target.is_ceiling else "explain.gap-value",
        actual=_amount(standing.actual, target),
        expected=derived(standing.expected, target),
        way=_amount(_promised(standing) - Fraction(target.baseline), target),
        value=Points(standing.gap),
    )


def _need(standing: Standing) -> Message:
    if standing.need_per_week is None:
        return message("explain.need-none")
    return message(
        "explain.need-value",
        rest=_amount(_promised(standing) - (standing.actual or 0), standing.target),
        days=(standing.terms.by - standing.on).days,
        value=derived(standing.need_per_week, standing.target),
    )


def _forecast(standing: Standing) -> Message:
    outlook = standing.forecast
    if outlook is None:
        return message("explain.forecast-none")
    reaches = (
        message("explain.reaches", day=outlook.reaches_on) if outlook.reaches_on else message("explain.reaches-not")
    )
    return message(
        "explain.forecast-value",
        days=outlook.days,
        gained=_amount(outlook.speed * outlook.days, standing.target),
        by=standing.terms.by,
        final=derived(outlook.final, standing.target),
        reaches=reaches,
    )


def _score(standing: Standing) -> Message:
    if standing.state == "cancelled":
        return message("explain.score-out")
    return message("explain.score-value", weight=standing.target.weight, value=Score(scored(standing) * 100))


def rule(plan: Plan, standing: Standing) -> Message:
    """Return the rule that gave a standing its state, in words."""
    lights, terms = plan.lights, standing.terms
    if standing.target.is_ceiling and standing.state in ("behind", "on-track", "at-risk", "done"):
        return message(f"explain.rule-ceiling-{standing.state}")
    match standing.state:
        case "cancelled":
            cancelled = standing.goal.cancelled
            return message("explain.rule-cancelled", reason=cancelled.reason if cancelled else "")
        case "not-started" if standing.target.kind == "ongoing":
            return message("explain.rule-ongoing-not-started")
        case "not-started":
            return message("explain.rule-not-started", start=terms.start)
        case "done" | "done-late" | "overdue" | "awaiting":
            return message(f"explain.rule-{standing.state}", by=terms.by)
        case "unreported":
            return _unreported_rule(plan, standing)
        case "on-track" if standing.target.kind == "ongoing":
            return message("explain.rule-ongoing")
    is_short = standing.shortfall is None or standing.shortfall > 0
    return message(
        f"explain.rule-{standing.state}-{lights.mode}" if is_short else "explain.rule-on-pace",
        shortfall=Points(standing.shortfall, is_signed=False),
        yellow=lights.yellow,
        red=lights.red,
    )


def _unreported_rule(plan: Plan, standing: Standing) -> Message:
    owed = standing.owed
    if owed is None:
        raise ValueError(standing.state)
    reporting = message(f"words.reporting.{standing.target.reporting}")
    last = standing.tally.last or message("reports.never")
    return message(
        "explain.rule-unreported",
        reporting=reporting,
        start=owed.start,
        end=owed.end,
        grace=plan.lights.grace,
        last=last,
    )


def _remarks(plan: Plan, standing: Standing, months: int) -> list[Message]:
    remarks = []
    if months:
        remarks.append(message("explain.escalated", months=months))
    if standing.light == "blue":
        remarks.append(message("explain.rule-blue", days=plan.lights.due_soon))
    remarks += [message("explain.declared", change=line) for line in declared(standing)]
    if standing.state not in ("unreported", "done", "done-late", "cancelled") and is_unreported(standing):
        remarks.append(message("explain.also-unreported"))
    return remarks
