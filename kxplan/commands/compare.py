"""`status --since`: what was known then against what is known now."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from kxplan.commands.figures import View, undeclared
from kxplan.commands.past import entries_between, seen_then
from kxplan.dates import end_of, parse_day
from kxplan.errors import BadDayError, UsageError
from kxplan.model.entry import Entry
from kxplan.progress.difference import Difference, Pair, difference
from kxplan.progress.standing import Standing
from kxplan.render import numbers
from kxplan.render.records import entry_record, standing_record
from kxplan.reports.page import Page
from kxplan.reports.since import Since, since_page

if TYPE_CHECKING:
    from kxplan.commands.call import Call


class _Compared(NamedTuple):
    """A comparison and what it needs to be told."""

    since: Since
    found: Difference
    corrected: dict[int, Entry]


def compared_page(call: Call, seen: View, shown: tuple[Standing, ...], since: str) -> Page:
    """Return the page of what changed since a day or a mark, for the standings shown."""
    compared = _compared(call, seen, shown, since)
    notices = undeclared(call.reading, seen.plan, seen.instant)
    return since_page(
        seen.plan, compared.found, seen.moment, compared.since, corrected=compared.corrected, notices=notices
    )


def compared_record(call: Call, seen: View, shown: tuple[Standing, ...], since: str) -> dict[str, object]:
    """Return the comparison for `--json`: the four kinds of change, each on its own."""
    compared = _compared(call, seen, shown, since)
    found = compared.found
    return {
        "day": compared.since.on.isoformat(),
        "mark": compared.since.mark,
        "work": [
            {
                "goal": work.pair.present.goal.id,
                "target": work.pair.present.target.id,
                "added": None if work.added is None else numbers.plain(work.added),
                "corrected": None if work.corrected is None else numbers.plain(work.corrected),
                "entries": [entry_record(entry) for entry in work.entries],
            }
            for work in found.work
        ],
        "corrections": [entry_record(entry) for entry in found.corrections],
        "revisions": [_pair_record(pair) for pair in found.revised],
        "lights": [_pair_record(pair) for pair in found.turned],
    }


def _compared(call: Call, seen: View, shown: tuple[Standing, ...], word: str) -> _Compared:
    ledger = call.reading
    since, instant = _moment(call, seen, word)
    then = seen_then(call, ledger, since.on, instant)
    entries = entries_between(ledger, seen.plan, instant, seen.instant)
    formerly = {old: goal.id for goal in seen.plan.goals for old in goal.formerly}
    found = difference(then.standings, seen.standings, entries, formerly)
    if shown != seen.standings:
        found = _of_shown(found, {standing.key for standing in shown}, formerly)
    corrected = {entry.corrects: ledger.entry(entry.corrects) for entry in found.corrections if entry.corrects}
    return _Compared(since, found, corrected)


def _moment(call: Call, seen: View, word: str) -> tuple[Since, datetime]:
    """Return the earlier moment: of the mark with that name, or the end of that day.

    Raises:
        UsageError: neither, or it does not lie before the moment shown.
    """
    # As then known: later marks are neither found nor named.
    marks = [mark for mark in call.reading.marks() if seen.instant is None or mark.recorded_at < seen.instant]
    mark = next((mark for mark in marks if mark.name == word), None)
    if mark is not None:
        since, instant = Since(mark.day, mark.name), mark.recorded_at
    else:
        day = _day(call, word, tuple(mark.name for mark in marks))
        since, instant = Since(day), end_of(day, call.settings.timezone)
    if since.on > seen.on or (seen.instant is not None and instant > seen.instant):
        raise UsageError("show.since-later", since=since.mark or since.on, on=seen.on)
    return since, instant


def _day(call: Call, word: str, marks: tuple[str, ...]) -> date:
    try:
        return parse_day(word, call.today, call.plan.period)
    except BadDayError as error:
        if marks:
            raise UsageError("show.unknown-mark", word=word, known=marks) from error
        raise UsageError("show.no-marks", word=word) from error


def _of_shown(found: Difference, keys: set[tuple[str, str]], formerly: dict[str, str]) -> Difference:
    def is_shown(pair: Pair) -> bool:
        return pair.present.key in keys

    goals = {goal for goal, _ in keys}
    return Difference(
        tuple(pair for pair in found.pairs if is_shown(pair)),
        tuple(work for work in found.work if is_shown(work.pair)),
        tuple(entry for entry in found.corrections if formerly.get(entry.goal, entry.goal) in goals),
    )


def _pair_record(pair: Pair) -> dict[str, object]:
    return {
        "goal": pair.present.goal.id,
        "target": pair.present.target.id,
        "then": standing_record(pair.then) if pair.then else None,
        "now": standing_record(pair.now) if pair.now else None,
    }
