"""The page of `--since`: what changed between two moments, each kind of change on its own."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import NamedTuple

from kxplan.message import Message, message
from kxplan.model.entry import Entry
from kxplan.model.plan import Plan
from kxplan.progress.difference import Difference, Pair, Work
from kxplan.progress.standing import Standing
from kxplan.progress.summary import Summary, score_tenths, summary, worst_first
from kxplan.reports.entries import entry_amount, title_of
from kxplan.reports.page import (
    Amount,
    Block,
    Column,
    Heading,
    Page,
    Paragraph,
    Points,
    Rows,
    Score,
    Table,
    Value,
    Words,
)
from kxplan.reports.remarks import because, changed_terms, joined, month_of
from kxplan.reports.status import SHOWN_ORDER, Moment, goal_title, headline, lamp, page_title, progress

_TURNED_COLUMNS = (
    Column("then", message("show.column.then")),
    Column("now", message("show.column.now")),
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("lead", message("reports.column.lead"), keep=2),
    Column("gap", message("reports.column.gap"), "right", keep=1),
)
_WORK_COLUMNS = (
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("lead", message("reports.column.lead"), keep=3),
    Column("added", message("show.column.new"), "right"),
    Column("entries", message("show.column.entries"), "right", keep=2),
    Column("corrected", message("show.column.corrected"), "right", keep=1),
    Column("then", message("show.column.then"), "right", keep=2),
    Column("now", message("show.column.now"), "right"),
)
_CORRECTION_COLUMNS = (
    Column("number", message("reports.column.number"), "right"),
    Column("goal", message("reports.column.goal"), min_width=16),
    Column("change", message("show.column.change"), min_width=16),
    Column("who", message("reports.column.who"), keep=2),
    Column("reason", message("show.column.reason"), min_width=12),
)


class Since(NamedTuple):
    """The earlier moment of a comparison."""

    on: date
    mark: str | None = None
    """Its name; None where it is the end of a day."""


def since_page(
    plan: Plan,
    found: Difference,
    moment: Moment,
    since: Since,
    *,
    corrected: Mapping[int, Entry],
    notices: Sequence[Words] = (),
) -> Page:
    """Return the page of a comparison; `corrected` holds what the corrections stand against, by number."""
    blocks: list[Block] = [Paragraph(_compared(found, since), "strong"), headline(_now(found))]
    blocks += [Paragraph(notice, "warning") for notice in notices]
    blocks += _turned(found)
    blocks += _revised(found)
    blocks += _work(found)
    blocks += _corrections(plan, found, corrected)
    blocks.append(Paragraph(message("show.since-hint"), "quiet"))
    return Page(page_title(plan, moment), tuple(blocks))


def _now(found: Difference) -> Summary:
    return summary(pair.now for pair in found.pairs if pair.now is not None)


def _compared(found: Difference, since: Since) -> Message:
    then, now = summary(pair.then for pair in found.pairs if pair.then is not None), _now(found)
    changes: list[Words] = list(_counts_changed(then, now))
    if then.score is not None and now.score is not None and score_tenths(then.score) != score_tenths(now.score):
        changes.append(message("show.score-change", then=Score(then.score), now=Score(now.score)))
    name = "show.since-mark" if since.mark else "show.since-day"
    named = message(name, mark=since.mark, day=since.on)
    what = tuple(changes) if changes else message("show.lights-same")
    return message("show.compared", since=named, changes=what)


def _counts_changed(then: Summary, now: Summary) -> tuple[Message, ...]:
    """Return how the counts of lights changed, as before → after, those that did not left out."""
    return tuple(
        message("show.count-change", light=message(f"words.light.{light}"), then=before, now=after)
        for light in SHOWN_ORDER
        if (before := then.lights[light]) != (after := now.lights[light])
    )


def _turned(found: Difference) -> list[Block]:
    worse = _in_order(pair for pair in found.turned if pair.is_worse)
    better = _in_order(pair for pair in found.turned if pair.is_better)
    other = [pair for pair in found.turned if not pair.is_worse and not pair.is_better]
    groups = tuple(
        Rows(tuple(_turned_row(pair) for pair in pairs), message(title, n=len(pairs)))
        for title, pairs in (("show.worse", worse), ("show.better", better), ("show.otherwise", other))
        if pairs
    )
    if not groups:
        return [Paragraph(message("show.turned-none"))]
    return [Heading(message("show.turned", n=len(found.turned))), Table(_TURNED_COLUMNS, groups)]


def _in_order(pairs: Iterable[Pair]) -> list[Pair]:
    listed = list(pairs)
    order = {standing.key: index for index, standing in enumerate(worst_first(pair.present for pair in listed))}
    return sorted(listed, key=lambda pair: order[pair.present.key])


def _turned_row(pair: Pair) -> tuple[Value, ...]:
    gap = Points(pair.now.gap) if pair.now else None
    return (_lamp(pair.then), _lamp(pair.now), goal_title(pair.present), pair.present.goal.lead, gap)


def _lamp(standing: Standing | None) -> Value:
    return message("show.not-in-plan") if standing is None else lamp(standing)


def _revised(found: Difference) -> list[Block]:
    if not found.revised:
        return [Paragraph(message("show.revisions-none"))]
    heading = Heading(message("show.revisions", n=len(found.revised)))
    return [heading, *(Paragraph(_revision(pair)) for pair in found.revised)]


def _revision(pair: Pair) -> Message:
    title = goal_title(pair.present)
    now, then = pair.now, pair.then
    if now is None:
        return message("show.gone", goal=title)
    if then is None:
        added = now.goal.added
        why = because(added.reason, added.document) if added else message("show.undeclared")
        return message("show.new", goal=title, why=why)
    if now.state == "cancelled" and now.goal.cancelled:
        cancelled = now.goal.cancelled
        return message("show.dropped", goal=title, why=because(cancelled.reason, cancelled.document))
    changes = changed_terms(now.target, then.terms, now.terms)
    told = joined(changes) if changes else message("show.change-other")
    revision = now.terms.revision
    if revision is None:
        return message("show.revision-undeclared", goal=title, changes=told)
    why = because(revision.reason, revision.document)
    line = message("show.revised", changes=told, when=month_of(now.terms.since), why=why)
    return message("show.revision", goal=title, line=line)


def _work(found: Difference) -> list[Block]:
    if not found.work:
        return [Paragraph(message("show.work-none"))]
    heading = Heading(message("show.work", n=sum(len(work.entries) for work in found.work)))
    return [heading, Table(_WORK_COLUMNS, (Rows(tuple(_work_row(work) for work in found.work)),))]


def _work_row(work: Work) -> tuple[Value, ...]:
    pair = work.pair
    unit = pair.present.target.unit
    return (
        goal_title(pair.present),
        pair.present.goal.lead,
        _signed(work.added, unit) if work.added else None,
        len(work.entries),
        _signed(work.corrected, unit) if work.corrected else None,
        progress(pair.then) if pair.then else None,
        progress(pair.now) if pair.now else None,
    )


def _signed(value: Fraction, unit: str | None) -> Value:
    return message("show.plus", amount=Amount(value, unit)) if value > 0 else Amount(value, unit)


def _corrections(plan: Plan, found: Difference, corrected: Mapping[int, Entry]) -> list[Block]:
    if not found.corrections:
        return [Paragraph(message("show.corrections-none"))]
    heading = Heading(message("show.corrections", n=len(found.corrections)))
    rows = tuple(_correction_row(plan, entry, corrected.get(entry.corrects or 0)) for entry in found.corrections)
    return [heading, Table(_CORRECTION_COLUMNS, (Rows(rows),))]


def _correction_row(plan: Plan, entry: Entry, wrong: Entry | None) -> tuple[Value, ...]:
    return (
        message("reports.hash", number=entry.number),
        title_of(plan, entry.goal),
        correction_line(plan, entry, wrong),
        entry.who,
        entry.reason,
    )


def correction_line(plan: Plan, entry: Entry, wrong: Entry | None) -> Value:
    """Return what a fix or void changed: `wrong` is what it stands against."""
    if wrong is None:
        return entry_amount(entry, plan)
    if entry.act == "void":
        return message("show.voided", corrects=wrong.number, what=entry_amount(wrong, plan), day=wrong.day)
    changes: list[Words] = []
    if (entry.amount, entry.denominator) != (wrong.amount, wrong.denominator):
        changes.append(message("show.change", before=entry_amount(wrong, plan), after=entry_amount(entry, plan)))
    if entry.day != wrong.day:
        changes.append(message("show.change", before=wrong.day, after=entry.day))
    if (entry.goal, entry.target) != (wrong.goal, wrong.target):
        changes.append(message("show.change", before=title_of(plan, wrong.goal), after=title_of(plan, entry.goal)))
    return message(
        "show.fixed",
        corrects=wrong.number,
        changes=joined(changes or [message("show.as-before", amount=entry_amount(entry, plan))]),
    )
