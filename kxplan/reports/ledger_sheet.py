"""The ledger as a sheet: a row for each entry, with what an import needs to read it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal

from kxplan.message import Message, message
from kxplan.model.entry import Entry
from kxplan.model.plan import Plan
from kxplan.reports.entries import target_of, title_of

Cell = int | str | Decimal | date | datetime | Message | None

_BEFORE = ("number", "act", "state", "day", "goal", "target", "title", "amount", "denominator", "unit", "steps")
_AFTER = ("note", "who", "reason", "corrects", "evidence", "recorded", "id")


def sheet_columns(keys: Sequence[str]) -> tuple[str, ...]:
    """Return the ids of the columns; `breakdown:KEY` for each of the breakdowns `keys`."""
    return (*_BEFORE, *(f"breakdown:{key}" for key in keys), *_AFTER)


def sheet_rows(
    entries: Iterable[Entry], plan: Plan, keys: Sequence[str], papers: Mapping[int, Sequence[str]], zone: tzinfo
) -> Iterator[tuple[Cell, ...]]:
    """Yield the row of each entry; `papers` are the names of its evidence by number.

    The time of recording is the one on the wall in `zone`, without saying so.
    """
    for entry in entries:
        target = target_of(plan, entry.goal, entry.target)
        breakdown = dict(entry.breakdown)
        yield (
            entry.number,
            message(f"export.act.{entry.act}"),
            _state(entry),
            entry.day,
            entry.goal,
            entry.target,
            title_of(plan, entry.goal),
            entry.amount,
            entry.denominator,
            None if target is None or entry.amount is None else target.unit,
            " ".join(entry.steps) or None,
            *(breakdown.get(key) for key in keys),
            entry.note,
            entry.who,
            entry.reason,
            entry.corrects,
            "; ".join(papers.get(entry.number, ())) or None,
            entry.recorded_at.astimezone(zone).replace(microsecond=0, tzinfo=None),
            entry.id,
        )


def _state(entry: Entry) -> Message | None:
    """Return what became of an entry; a void that holds has nothing of its own to count."""
    if entry.act == "void" and entry.state == "counted":
        return None
    return message(f"export.state.{entry.state}")
