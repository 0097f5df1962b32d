"""Corrections to figures reported before: fixes, voids, and work of earlier days recorded only now."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from kxplan.message import message
from kxplan.model.entry import Entry
from kxplan.reports.entries import entry_amount, key_of, target_of, title_of
from kxplan.reports.facts import PeriodFacts
from kxplan.reports.page import Amount, Block, Column, Paragraph, People, Rows, Table, Value
from kxplan.reports.since import correction_line

_MOST = 40
_COLUMNS = (
    Column("number", message("reports.column.number")),
    Column("goal", message("reports.column.goal"), min_width=12),
    Column("change", message("report.column.change"), min_width=16),
    Column("who", message("reports.column.who"), keep=2),
    Column("reason", message("report.column.why"), keep=1, min_width=8),
)


def correction_blocks(facts: PeriodFacts) -> list[Block]:
    """Return what changed figures that had been reported before; a sentence where nothing did."""
    fixes = [one for one in facts.corrections if one.before is not None]
    late: dict[tuple[str, str], list[Entry]] = {}
    for entry, before in facts.corrections:
        if before is None:
            late.setdefault(key_of(facts.plan, entry), []).append(entry)
    if not fixes and not late:
        return [Paragraph(message("report.corrections-none"))]
    rows = [_fix_row(facts, *one) for one in fixes[:_MOST]]
    rows += [_late_row(facts, entries) for entries in late.values()]
    keys = (*(key_of(facts.plan, one.entry) for one in fixes[:_MOST]), *late)
    told = message("report.corrections-sum", fixes=len(fixes), late=sum(map(len, late.values())))
    blocks: list[Block] = [Paragraph(told), Table(_COLUMNS, (Rows(tuple(rows), keys=keys),), "corrections")]
    if len(fixes) > _MOST:
        blocks.append(Paragraph(message("report.corrections-more", n=len(fixes) - _MOST), "quiet"))
    return blocks


def _fix_row(facts: PeriodFacts, entry: Entry, wrong: Entry | None) -> tuple[Value, ...]:
    return (
        message("reports.hash", number=entry.number),
        title_of(facts.plan, entry.goal),
        correction_line(facts.plan, entry, wrong),
        People((entry.who,)),
        entry.reason,
    )


def _late_row(facts: PeriodFacts, entries: Sequence[Entry]) -> tuple[Value, ...]:
    """Return entries of one target as one row: it is the same story told once."""
    first, last = entries[0], entries[-1]
    days = sorted(entry.day for entry in entries)
    data = {"n": len(entries), "start": days[0], "end": days[-1]}
    if len(entries) == 1:
        change = message("report.late-one", day=first.day, what=entry_amount(first, facts.plan))
    elif (target := target_of(facts.plan, first.goal, first.target)) is not None and target.kind == "sum":
        total = sum((Fraction(entry.amount or 0) for entry in entries), Fraction(0))
        change = message("report.late-sum", amount=Amount(total, target.unit), **data)
    else:
        change = message("report.late", **data)
    number = message("reports.hash", number=first.number)
    if len(entries) > 1:
        number = message("report.numbers", first=first.number, last=last.number)
    who = dict.fromkeys(entry.who for entry in entries)
    return (number, title_of(facts.plan, first.goal), change, People(tuple(who)), None)
