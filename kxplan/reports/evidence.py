"""Evidence in words: how much of it there is, and the index of a bundle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from kxplan.message import Message, message
from kxplan.model.entry import Entry, Evidence
from kxplan.model.plan import Plan
from kxplan.progress.standing import Standing
from kxplan.reports.entries import entry_amount, title_of
from kxplan.reports.page import Value, Words
from kxplan.reports.remarks import Remarks


class Paper(NamedTuple):
    """A piece of evidence as it was found, with the entry it backs; or an entry that lacks one."""

    entry: Entry
    """The one that stands now, or the voided one."""
    evidence: Evidence | None
    """None: the entry should have evidence and has none."""
    condition: Literal["sound", "missing", "changed", "lacking"]


class Index(NamedTuple):
    """What the index of a bundle says, before it has a language."""

    title: Words
    lines: tuple[Words, ...]
    heads: tuple[Words, ...]
    rows: tuple[tuple[Value, ...], ...]
    """One for each paper, in their order."""


def bundle_index(plan: Plan, papers: Sequence[Paper], on: date) -> Index:
    """Return the index of a bundle made on the day `on`: what there is, and above it what is missing."""
    missing = sum(paper.condition != "sound" for paper in papers)
    lines = [message("evidence.index-count", n=len(papers) - missing)]
    if missing:
        lines.append(message("evidence.index-lacks", n=missing))
    columns = ("entry", "day", "goal", "amount", "who", "state", "name", "condition", "size", "digest")
    return Index(
        message("evidence.index-title", plan=plan.title, on=on),
        tuple(lines),
        tuple(message(f"evidence.column.{column}") for column in columns),
        tuple(_row(plan, paper) for paper in papers),
    )


def evidence_count(standing: Standing, backed: Mapping[tuple[str, str], int]) -> tuple[int, int] | None:
    """Return how many entries of a standing have evidence, of how many; None where the goal asks for none.

    Also where it has no entries yet. `backed` as in `backed_entries`.
    """
    if not standing.goal.evidence or not standing.tally.entries:
        return None
    return backed_entries(standing, backed), standing.tally.entries


def backed_entries(standing: Standing, backed: Mapping[tuple[str, str], int]) -> int:
    """Return how many entries of a standing have evidence; `backed` counts under the ids they were recorded with."""
    goal, target = standing.goal, standing.target
    ids = goal.ids
    keys = {(id, target.id) for id in ids}
    if target.id == goal.id:
        keys |= {(id, id) for id in ids}
    return sum(backed.get(key, 0) for key in keys)


def evidence_line(count: tuple[int, int]) -> Message:
    """Return how many entries have evidence, of how many: 佐证 8/10."""
    have, of = count
    if have < of:
        return message("evidence.count-lacking", have=have, of=of, n=of - have)
    return message("evidence.count", have=have, of=of)


def with_evidence(remarks: Remarks, backed: Mapping[tuple[str, str], int]) -> Remarks:
    """Return the remarks of each standing with its count of evidence after them."""

    def said(standing: Standing) -> Sequence[Words]:
        count = evidence_count(standing, backed)
        return (*remarks(standing), *(() if count is None else (evidence_line(count),)))

    return said


def _row(plan: Plan, paper: Paper) -> tuple[Value, ...]:
    entry, evidence = paper.entry, paper.evidence
    return (
        message("evidence.hash", number=evidence.entry if evidence else entry.number),
        entry.day,
        title_of(plan, entry.goal),
        entry_amount(entry, plan),
        entry.who,
        _state(entry, evidence),
        evidence.name if evidence else None,
        message(f"evidence.condition.{paper.condition}"),
        evidence.size if evidence else None,
        evidence.sha256 if evidence else None,
    )


def _state(entry: Entry, evidence: Evidence | None) -> Message:
    if entry.state == "void":
        return message("evidence.entry-void", by=entry.corrected_by or 0)
    if evidence is not None and evidence.entry != entry.number:
        return message("evidence.entry-corrected", by=entry.number)
    return message("evidence.entry-stands")
