"""`import`: a filled form, any sheet with the same columns, or an exported ledger; all or none, and none twice."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, closing
from glob import glob
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
from kxplan.errors.intake import FilesRefusedError, RowsRefusedError, UnreadableSheetError
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
    from kxplan.ledger.sqlite_reader import SqliteReader


def import_file(
    ctx: Context,
    files: Annotated[list[Path], Argument(metavar="FILE")],
    dry_run: Annotated[bool, Option("--dry-run")] = False,
    yes: Annotated[bool, Option("-y", "--yes")] = False,
) -> None:
    """Record the rows of sheets, or the events of an exported ledger."""
    call: Call = ctx.obj
    files = _matched(files)
    ledger = next((file for file in files if file.suffix.lower() == SUFFIX), None)
    if ledger is not None:
        if len(files) > 1:
            raise UsageError("import.ledger-alone", file=str(ledger))
        import_ledger(call, ledger, dry_run=dry_run, yes=yes)
        return
    with ExitStack() as held:
        with told_when_interrupted(lambda: False):
            sheets = _gathered(call, call.reading if dry_run else call.writing, files, held)
        held.enter_context(told_when_interrupted(lambda: _is_written(call, sheets)))
        if dry_run:
            _preview(call, sheets)
            return
        is_seen = _confirm(call, sheets, yes=yes)
        _answer(call, sheets, _recorded(call, sheets))
        if not is_seen:
            _note_left_out(call, sheets)


def _matched(files: Sequence[Path]) -> list[Path]:
    """Return the files, in the place of a pattern what it matches: the shells of Windows leave that to programs."""
    found: list[Path] = []
    for file in files:
        is_pattern = any(sign in str(file) for sign in "*?") and not file.exists()
        matches = glob(str(file).replace("[", "[[]")) if is_pattern else []  # noqa: PTH207 -- leaves hidden files out
        found += map(Path, sorted(matches)) if matches else [file]
    return found


def _gathered(call: Call, ledger: SqliteReader, files: Sequence[Path], held: ExitStack) -> list[Gathered]:
    """Read every file, so that all that is wrong is told at once.

    Raises:
        FilesRefusedError: of several files some are refused; each was told on stderr.
    """
    found: list[Gathered] = []
    for path in files:
        try:
            with followed(call, "import.reading") as on_progress:
                gathered = Gathered(call, ledger, path, on_progress, earlier=tuple(found), is_alone=len(files) == 1)
                found.append(held.enter_context(gathered))
        except (UnreadableSheetError, RowsRefusedError, UsageError) as error:  # told beside those of the others
            if len(files) == 1:
                raise
            call.fail(error)
    if len(found) < len(files):
        raise FilesRefusedError(n=len(files) - len(found), all=len(files))
    return found


def _is_written(call: Call, sheets: Sequence[Gathered]) -> bool:
    """Tell whether the rows stand in the ledger, looked at anew: all of them do, or none."""
    begun = [each.begun for each in sheets if each.begun is not None]
    if not begun:
        return False
    with closing(call.again()) as again:
        return bool(again.reading.known_keys(begun[:1]))


def _recorded(call: Call, sheets: Sequence[Gathered]) -> Imported:
    """Record the new rows of all sheets as one import; a row that an earlier sheet has is known by then."""
    if not any(each.new for each in sheets):
        return Imported(0, 0, 0)
    backup_before(call, "import")
    with followed(call, "import.writing") as on_progress:
        entries = _entries(sheets, on_progress)
        return call.writing.record_many(call.version(call.writing), entries, who=call.who, recorded_at=now())


def _entries(sheets: Sequence[Gathered], on_progress: Callable[[float], None]) -> Iterator[NewEntry]:
    for at, each in enumerate(sheets):

        def hear(share: float, at: int = at) -> None:
            on_progress((at + share) / len(sheets))

        yield from each.entries(hear)


def _confirm(call: Call, sheets: Sequence[Gathered], *, yes: bool) -> bool:
    """Ask a person who is there; without one refuse what is in doubt. `--yes` waves both through.

    Returns whether somebody saw the preview.
    """
    new = sum(each.new for each in sheets)
    if yes or not new:
        return False
    doubts = [doubt for each in sheets for doubt in each.doubts()]
    if not call.is_interactive:
        _tell(call, doubts)
        if doubts:
            raise UsageError("import.needs-yes", file=_names(sheets), n=len(doubts))
        return False
    sys.stdout.flush()
    for each in sheets:
        page = _page(call, each, _MOST_BEFORE_ASKING)
        sys.stderr.write(plain_text(page, call.tr, screen_width(call.environ) or 80, GLYPHS))
    _tell(call, doubts)
    if not asked(call, message("import.ask", n=new)):
        raise UsageError("cli.not-written")
    return True


def _names(sheets: Sequence[Gathered]) -> tuple[str, ...]:
    return tuple(each.file for each in sheets)


def _tell(call: Call, doubts: Sequence[Message]) -> None:
    for doubt in doubts[:_MOST_DOUBTS]:
        call.warn(doubt)
    if len(doubts) > _MOST_DOUBTS:
        call.warn(message("import.more-doubts", n=len(doubts) - _MOST_DOUBTS))


def _answer(call: Call, sheets: Sequence[Gathered], imported: Imported) -> None:
    ledger = call.writing
    standings = touched_standings(call, ledger, {where for each in sheets for where in each.touched})
    known = sum(each.known for each in sheets) + imported.known
    if call.as_json:
        entries = [ledger.entry(number) for number in range(imported.first, imported.first + imported.n)]
        _answer_json(call, list(map(entry_record, entries)), list(map(standing_record, standings)), known)
        return
    call.say(_written(sheets, imported, known))
    for each in standings:
        call.say(message("reports.indented", line=standing_line(each)))


def _written(sheets: Sequence[Gathered], imported: Imported, known: int) -> Message:
    if not any(map(len, sheets)):
        return message("import.no-rows", file=_names(sheets))
    if not imported.n:
        return message("import.nothing-new", n=known)
    numbers = message("import.one-number", first=imported.first)
    if imported.n > 1:
        numbers = message("import.numbers", first=imported.first, last=imported.first + imported.n - 1)
    if known:
        return message("import.written-rest", n=imported.n, numbers=numbers, known=known)
    return message("import.written", n=imported.n, numbers=numbers)


def _preview(call: Call, sheets: Sequence[Gathered]) -> None:
    doubts = [doubt for each in sheets for doubt in each.doubts()]
    if call.as_json:
        new = [_planned(row.entry, call) for each in sheets for row in each.rows() if not row.is_known]
        _answer_json(call, new, [], sum(each.known for each in sheets))
        _note_left_out(call, sheets)
    else:
        for each in sheets:
            call.show(_page(call, each, _MOST_SHOWN))
    _tell(call, doubts)
    if not call.as_json:
        call.note(message("import.dry"))


def _page(call: Call, sheet: Gathered, most: int) -> Page:
    """Return the preview; where it cannot hold every row, it holds none that was recorded before."""
    is_whole = len(sheet) <= most
    shown = (row for row in sheet.rows() if is_whole or not row.is_known)
    rows = tuple(Previewed(*row) for row in islice(shown, most))
    return preview_page(call.plan, sheet.file, rows, len(sheet), sheet.known, _left_out(sheet))


def _left_out(sheet: Gathered) -> LeftOut:
    table = sheet.table
    return LeftOut(
        table.subtotals, tuple(table.hidden), tuple(table.unread), tuple(table.unused), table.hidden_rows
    )  # fmt: skip


def _note_left_out(call: Call, sheets: Sequence[Gathered]) -> None:
    is_alone = len(sheets) == 1
    for each in sheets:
        if not len(each) and not is_alone:
            call.note(message("import.no-rows", file=each.file))
        for sentence in left_out_sentences(_left_out(each)):
            call.note(sentence if is_alone else message("import.of-file", file=each.file, what=sentence))


def _answer_json(call: Call, entries: list[dict[str, object]], standings: list[dict[str, object]], known: int) -> None:
    call.answer({"kxplan": VERSION, "entries": entries, "standing": standings, "known": known})


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
