"""`import` of an exported ledger: into an empty one, every event as it was, or none."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING

from kxplan.commands.backup import backup_before
from kxplan.commands.confirm import asked
from kxplan.commands.following import followed, told_when_interrupted
from kxplan.errors import UsageError
from kxplan.intake.ledger_file import ledger_file
from kxplan.message import message
from kxplan.model.event import Event
from kxplan.render.records import VERSION
from kxplan.store.evidence import condition

if TYPE_CHECKING:
    from kxplan.commands.call import Call
    from kxplan.ledger.sqlite_reader import SqliteReader

SUFFIX = ".json"


def import_ledger(call: Call, file: Path, *, dry_run: bool, yes: bool) -> None:
    """Put the events of `file` back; only check them where `dry_run` is set."""
    ledger = call.reading if dry_run else call.writing
    is_empty = not ledger.extent().events
    with told_when_interrupted(lambda: is_empty and _is_written(call)), ledger_file(file) as (said, events):
        if dry_run or not is_empty:
            with followed(call, "import.checking") as on_progress:
                ledger.compare(said, _counted(events, said.events, on_progress))
            added = 0
        else:
            if not yes and call.is_interactive and not asked(call, message("import.ask", n=said.events)):
                raise UsageError("cli.not-written")
            backup_before(call, "import")
            with followed(call, "import.writing") as on_progress:
                added = call.writing.replay(said, _counted(events, said.events, on_progress))
    if call.as_json:
        call.answer({"kxplan": VERSION, "added": added, "known": 0 if is_empty else said.events})
        return
    if not is_empty:
        call.say(message("import.ledger-known", file=file.name, n=said.events))
    elif dry_run:
        call.say(message("import.ledger-sound", file=file.name, n=said.events))
        call.note(message("import.dry"))
    else:
        call.say(message("import.ledger-written", n=added))
        _tell_lacking(call, ledger)


def _is_written(call: Call) -> bool:
    """Tell whether a ledger that was empty holds the events, looked at anew: all of them, or none."""
    with closing(call.again()) as again:
        return again.reading.newest() is not None


def _counted(events: Iterable[Event], total: int, on_progress: Callable[[float], None]) -> Iterator[Event]:
    for event in events:
        yield event
        if event.number % _AT_ONCE == 0:
            on_progress(min(event.number / max(total, 1), 1))


def _tell_lacking(call: Call, ledger: SqliteReader) -> None:
    """Say how many papers the entries speak of that did not come along."""
    digests = {paper.sha256 for paper in ledger.evidence()}
    lacking = sum(condition(call.workspace.evidence, digest) != "sound" for digest in digests)
    if lacking:
        call.warn(message("import.lacks-evidence", n=lacking))


_AT_ONCE = 2000
