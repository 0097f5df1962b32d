"""`import`: a filled form, any sheet with the same columns, or an exported ledger; all or none, and none twice."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.backup import backup_before
from kxplan.commands.confirm import asked
from kxplan.commands.following import followed, told_when_interrupted
from kxplan.commands.import_ledger import SUFFIX, import_ledger
from kxplan.commands.importing import Gathered
from kxplan.commands.logged import touched_standings
from kxplan.dates import now
from kxplan.errors import UsageError
from kxplan.ledger.protocol import Imported
from kxplan.message import Message, message
from kxplan.model.entry import Entry, NewEntry
from kxplan.render.cells import GLYPHS
from kxplan.render.output import screen_width
from kxplan.render.plain import plain_text
from kxplan.render.records import VERSION, entry_amount, entry_record, standing_record
from kxplan.reports.entries import standing_line
from kxplan.reports.importing import LeftOut, Previewed, left_out_sentences, preview_page
from kxplan.reports.page import Page

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def import_file(
    ctx: Context,
    file: Annotated[Path, Argument(metavar="FILE")],
    dry_run: Annotated[bool, Option("--dry-run")] = False,
    yes: Annotated[bool, Option("-y", "--yes")] = False,
) -> None:
    """Record the rows of a sheet, or the events of an exported ledger."""
    call: Call = ctx.obj
    if file.suffix.lower() == SUFFIX:
        import_ledger(call, file, dry_run=dry_run, yes=yes)
        return
    with told_when_interrupted(lambda: False), followed(call, "import.reading") as on_progress:
        gathered = Gathered(call, call.reading if dry_run else call.writing, file, on_progress)
    with gathered, told_when_interrupted(lambda: _is_written(call, gathered)):
        if dry_run:
            _preview(call, file, gathered)
            return
        is_seen = _confirm(call, file, gathered, yes=yes)
        _answer(call, file, gathered, _recorded(call, gathered))
        if not is_seen:
            _note_left_out(call, gathered)


def _is_written(call: Call, gathered: Gathered) -> bool:
    """Tell whether the rows stand in the ledger, looked at anew: all of them do, or none."""
    if gathered.begun is None:
        return False
    with closing(call.again()) as again:
        return bool(again.reading.known_keys([gathered.begun]))


def _recorded(call: Call, gathered: Gathered) -> Imported:
    if not gathered.new:
        return Imported(0, 0, gathered.known)
    backup_before(call, "import")
    with followed(call, "import.writing") as on_progress:
        entries = gathered.entries(on_progress)
        return call.writing.record_many(call.version(call.writing), entries, who=call.who, recorded_at=now())


def _confirm(call: Call, file: Path, gathered: Gathered, *, yes: bool) -> bool:
    """Ask a person who is there; without one refuse what is in doubt. `--yes` waves both through.

    Returns whether somebody saw the preview.
    """
    if yes or not gathered.new:
        return False
    doubts = gathered.doubts()
    if not call.is_interactive:
        _tell(call, doubts)
        if doubts:
            raise UsageError("import.needs-yes", file=file.name, n=len(doubts))
        return False
    page = _page(call, file, gathered, _MOST_BEFORE_ASKING)
    sys.stdout.flush()
    sys.stderr.write(plain_text(page, call.tr, screen_width(call.environ) or 80, GLYPHS))
    _tell(call, doubts)
    if not asked(call, message("import.ask", n=gathered.new)):
        raise UsageError("cli.not-written")
    return True


def _tell(call: Call, doubts: Sequence[Message]) -> None:
    for doubt in doubts[:_MOST_DOUBTS]:
        call.warn(doubt)
    if len(doubts) > _MOST_DOUBTS:
        call.warn(message("import.more-doubts", n=len(doubts) - _MOST_DOUBTS))


def _answer(call: Call, file: Path, gathered: Gathered, imported: Imported) -> None:
    ledger = call.writing
    standings = touched_standings(call, ledger, gathered.touched)
    if call.as_json:
        entries = [ledger.entry(number) for number in range(imported.first, imported.first + imported.n)]
        _answer_json(call, list(map(entry_record, entries)), list(map(standing_record, standings)), gathered)
        return
    call.say(_written(file, imported, gathered))
    for each in standings:
        call.say(message("reports.indented", line=standing_line(each)))


def _written(file: Path, imported: Imported, gathered: Gathered) -> Message:
    if not len(gathered):
        return message("import.no-rows", file=file.name)
    if not imported.n:
        return message("import.nothing-new", n=gathered.known)
    numbers = message("import.one-number", first=imported.first)
    if imported.n > 1:
        numbers = message("import.numbers", first=imported.first, last=imported.first + imported.n - 1)
    if gathered.known:
        return message("import.written-rest", n=imported.n, numbers=numbers, known=gathered.known)
    return message("import.written", n=imported.n, numbers=numbers)


def _preview(call: Call, file: Path, gathered: Gathered) -> None:
    doubts = gathered.doubts()
    if call.as_json:
        new = [_planned(row.entry, call) for row in gathered.rows() if not row.is_known]
        _answer_json(call, new, [], gathered)
        _note_left_out(call, gathered)
    else:
        call.show(_page(call, file, gathered, _MOST_SHOWN))
    _tell(call, doubts)
    if not call.as_json:
        call.note(message("import.dry"))


def _page(call: Call, file: Path, gathered: Gathered, most: int) -> Page:
    """Return the preview; where it cannot hold every row, it holds none that was recorded before."""
    is_whole = len(gathered) <= most
    shown = (row for row in gathered.rows() if is_whole or not row.is_known)
    rows = tuple(Previewed(*row) for row in islice(shown, most))
    return preview_page(call.plan, file.name, rows, len(gathered), gathered.known, _left_out(gathered))


def _left_out(gathered: Gathered) -> LeftOut:
    table = gathered.table
    return LeftOut(
        table.subtotals, tuple(table.hidden), tuple(table.unread), tuple(table.unused), table.hidden_rows
    )  # fmt: skip


def _note_left_out(call: Call, gathered: Gathered) -> None:
    for sentence in left_out_sentences(_left_out(gathered)):
        call.note(sentence)


def _answer_json(
    call: Call, entries: list[dict[str, object]], standings: list[dict[str, object]], gathered: Gathered
) -> None:
    call.answer({"kxplan": VERSION, "entries": entries, "standing": standings, "known": gathered.known})


def _planned(entry: NewEntry, call: Call) -> dict[str, object]:
    """Return the record of an entry that is not written: without number, id and time."""
    written = Entry(
        0, "", "done" if entry.steps else "log", call.plan.id, entry.goal, entry.target, entry.day, entry.amount,
        entry.denominator, entry.steps, entry.breakdown, entry.note, entry.who or call.who, now(), None, None,
        "counted",
    )  # fmt: skip
    record = entry_record(written)
    return {**record, "amount": entry_amount(written), "number": None, "id": None, "recorded_at": None}


_MOST_DOUBTS = 20
_MOST_SHOWN = 200
_MOST_BEFORE_ASKING = 30
"""So many rows still stand on the screen when the question comes."""
