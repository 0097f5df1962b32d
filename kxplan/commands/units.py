"""Units: entries whose figures are read in another unit than they were recorded in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from kxplan.message import Message, message
from kxplan.model.entry import Entry, PlainRow, PlanVersion
from kxplan.model.plan import Plan
from kxplan.plans.rows import Change, changed, plain_rows, rescaled

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Reader

_MOST_NAMED = 20


def misread(ledger: Reader, plan: Plan) -> list[Message]:
    """Return a line for each target and each unit that standing entries were recorded in and are not read in.

    A unit that is changed in silence at present is told as such: with it back, its earlier entries are right.
    """
    rows = plain_rows(plan)
    versions = ledger.of_versions(plan.id, lambda version: _Version.of(version, rows))
    silent = {
        (each.goal, each.target) for each in changed(ledger.accepted_rows(plan.id) or (), plan) if each.key == "unit"
    }
    lines = []
    for key in dict.fromkeys(key for version in versions for key in version.changes if key not in silent):
        goal, target = key
        entries = ledger.history(plan.id, goals=(goal,), target=target, newest_first=False)
        lines += [_line(change, numbers) for change, numbers in _by_change(entries, versions, key)]
    return lines


class _Version(NamedTuple):
    """What is left to know of a recorded version of the plan."""

    number: int
    recorded_at: datetime | None
    changes: Mapping[tuple[str, str], Change]
    """The targets that had another unit in it."""

    @classmethod
    def of(cls, version: PlanVersion, rows: Sequence[PlainRow]) -> _Version:
        changes = {(change.goal, change.target): change for change in rescaled(version.rows, rows)}
        return cls(version.number or 0, version.recorded_at, changes)


def _by_change(
    entries: Sequence[Entry], versions: Sequence[_Version], key: tuple[str, str]
) -> Iterator[tuple[Change, list[int]]]:
    """Yield each change of a target with the numbers of the standing figures that were recorded before it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[str, Change] = {}
    for entry in entries:
        if entry.amount is None or entry.state != "counted" or entry.act == "void":
            continue
        change = _version_of(entry, versions).changes.get(key)
        if change is not None:
            found[change.before or ""].append(entry.number)
            first.setdefault(change.before or "", change)
    yield from ((first[unit], found[unit]) for unit in found)


def _version_of(entry: Entry, versions: Sequence[_Version]) -> _Version:
    """Return the version under which an entry was recorded: a call notes a new one behind its entries."""
    after = bisect_right(versions, entry.number, key=lambda version: version.number)
    if after == 0 or (after < len(versions) and versions[after].recorded_at == entry.recorded_at):
        return versions[after]
    return versions[after - 1]


def _line(change: Change, numbers: Sequence[int]) -> Message:
    nothing = message("plans.nothing")
    return message(
        "reports.other-unit",
        title=change.title,
        goal=change.goal,
        n=len(numbers),
        numbers=tuple(message("reports.hash", number=number) for number in numbers[:_MOST_NAMED])
        + (("…",) if numbers[_MOST_NAMED:] else ()),
        then=change.before or nothing,
        now=change.now or nothing,
        first=numbers[0],
    )
