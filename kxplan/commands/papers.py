"""Papers: every piece of evidence of a plan with the entry it backs, and the entries that lack one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from kxplan.model.entry import Entry
from kxplan.reports.entries import is_lacking
from kxplan.reports.evidence import Paper
from kxplan.store.evidence import condition

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.protocol import Reader


def papers(call: Call, ledger: Reader) -> tuple[Paper, ...]:
    """Return the papers of the call's plan by entry; last the standing entries that should have one and do not."""
    plan = call.plan
    entries = {entry.number: entry for entry in ledger.history(plan.id, newest_first=False)}
    recorded = ledger.evidence(plan.id)
    conditions = {each: condition(call.workspace.evidence, each) for each in {piece.sha256 for piece in recorded}}
    found = [
        Paper(standing_for(entries, entries[piece.entry]), piece, conditions[piece.sha256])
        for piece in recorded
        if piece.entry in entries
    ]
    found.sort(key=lambda paper: paper.evidence.entry if paper.evidence else 0)
    found += [Paper(entry, None, "lacking") for entry in entries.values() if is_lacking(plan, entry)]
    return tuple(found)


def standing_for(entries: Mapping[int, Entry], entry: Entry) -> Entry:
    """Return the entry that stands in the place of `entry`; where it was voided, the one that was."""
    while entry.state == "corrected" and entry.corrected_by is not None and entry.corrected_by > entry.number:
        later = entries.get(entry.corrected_by)
        if later is None:
            break
        entry = later
    return entry
