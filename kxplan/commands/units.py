"""Units: entries whose figures are read in another unit than they were recorded in."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from kxplan.message import Message, message
from kxplan.model.entry import Entry, PlanVersion
from kxplan.model.plan import Plan
from kxplan.plans.rows import Change, changed, plain_rows, rescaled

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Reader

_MOST_NAMED = 20


def misread(ledger: Reader, plan: Plan) -> list[Message]:
    """Return a line for each target and each unit that standing entries were recorded in and are not read in.

    A unit that is changed in silence at present is told as such: with it back, its earlier entries are right.
    """
    versions = ledger.versions(plan.id)
    if not versions:
        return []
    silent = {(change.goal, change.target) for change in changed(versions[-1].accepted or (), plan)
              if change.key == "unit"}  # fmt: skip
    rows = plain_rows(plan)
    others = [{(change.goal, change.target): change for change in rescaled(version.rows, rows)} for version in versions]
    lines = []
    for goal, target in dict.fromkeys(key for of_version in others for key in of_version if key not in silent):
        of_target = [of_version.get((goal, target)) for of_version in others]
        entries = ledger.history(plan.id, goals=(goal,), target=target, newest_first=False)
        for change, numbers in _by_change(entries, versions, of_target):
            lines.append(_line(change, numbers))
    return lines


def _by_change(
    entries: Sequence[Entry], versions: Sequence[PlanVersion], changes: Sequence[Change | None]
) -> Iterator[tuple[Change, list[int]]]:
    """Yield each change with the numbers of the standing figures that were recorded before it."""
    found: defaultdict[str, list[int]] = defaultdict(list)
    first: dict[str, Change] = {}
    numbers = [version.number or 0 for version in versions]
    for entry in entries:
        if entry.amount is None or entry.state != "counted" or entry.act == "void":
            continue
        change = changes[_version_of(entry, versions, numbers)]
        if change is not None:
            found[change.before or ""].append(entry.number)
            first.setdefault(change.before or "", change)
    yield from ((first[unit], found[unit]) for unit in found)


def _version_of(entry: Entry, versions: Sequence[PlanVersion], numbers: Sequence[int]) -> int:
    """Return the index of the version under which an entry was recorded: a call notes a new one behind its entries."""
    after = bisect_right(numbers, entry.number)
    if after == 0 or (after < len(versions) and versions[after].recorded_at == entry.recorded_at):
        return after
    return after - 1


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
