"""`export`: the ledger itself as a file: csv and xlsx for people, json for programs and for another ledger."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from shutil import copyfileobj
from tempfile import TemporaryDirectory, TemporaryFile
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo

from typer import Context, Option

from kxplan.commands.saving import saving
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.render.ledger_csv import write_ledger_csv
from kxplan.render.ledger_json import write_ledger_json
from kxplan.render.records import VERSION
from kxplan.render.sheet_headings import sheet_headings
from kxplan.reports.ledger_sheet import Cell, sheet_columns, sheet_rows

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def export(
    ctx: Context,
    output: Annotated[Path | None, Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """Export the ledger."""
    call: Call = ctx.obj
    if output is None:
        if not call.as_json:
            raise UsageError("export.no-file")
        _write_stdout(call)
        return
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        raise UsageError("export.other-ending", file=str(output))
    with saving(output) as draft:
        n = write(call, draft)
    if call.as_json:
        call.answer({"kxplan": VERSION, "file": str(output), "rows": n})
    else:
        call.say(message("export.written" if write is _json else "export.written-sheet", file=str(output), n=n))


def _write_stdout(call: Call) -> None:
    """Write all to stdout, or nothing: a ledger that proves damaged half way gives no half answer."""
    ledger = call.reading
    extent = ledger.extent()
    with TemporaryFile() as whole:
        write_ledger_json(whole, extent, ledger.events(extent.events))
        whole.seek(0)
        sys.stdout.flush()
        copyfileobj(whole, sys.stdout.buffer)
        sys.stdout.buffer.flush()


def _json(call: Call, draft: Path) -> int:
    ledger = call.reading
    extent = ledger.extent()
    with draft.open("wb") as sink:
        write_ledger_json(sink, extent, ledger.events(extent.events))
    return extent.events


def _csv(call: Call, draft: Path) -> int:
    sheet = _Sheet(call)
    write_ledger_csv(draft, sheet.headings, sheet.rows(), call.tr)
    return sheet.n


def _xlsx(call: Call, draft: Path) -> int:
    from kxplan.render.ledger_xlsx import write_ledger_xlsx  # noqa: PLC0415 -- its library is for workbooks only

    sheet = _Sheet(call)
    title = call.tr("export.title", title=call.plan.title)
    with TemporaryDirectory(dir=draft.parent, prefix=".kxplan-export-") as parts:
        shortened = write_ledger_xlsx(
            draft, sheet.columns, sheet.headings, sheet.rows(), title, call.tr, parts_in=Path(parts)
        )
    if shortened:
        call.warn(message("export.shortened", n=shortened))
    return sheet.n


class _Sheet:
    """The entries of the plan as rows under headings."""

    def __init__(self, call: Call) -> None:
        ledger, plan = call.reading, call.plan
        others = tuple(other for other in ledger.plans() if other != plan.id)
        if others:
            call.note(message("export.other-plans", plan=plan.id, others=others))
        known = [key for key, _ in plan.breakdowns]
        self._keys = [*known, *(key for key in ledger.breakdown_keys(plan.id) if key not in known)]
        self._call = call
        self.n = 0
        """How many rows were handed out."""
        self.columns = sheet_columns(self._keys)
        self.headings = sheet_headings(self.columns, call.settings.timezone, call.tr)

    def rows(self) -> Iterator[Sequence[Cell]]:
        """Yield the rows, read as they are asked for."""
        ledger, plan = self._call.reading, self._call.plan
        papers: dict[int, list[str]] = {}
        for paper in ledger.evidence(plan.id):
            papers.setdefault(paper.entry, []).append(paper.name)
        zone = ZoneInfo(self._call.settings.timezone)
        for row in sheet_rows(ledger.lives(plan.id), plan, self._keys, papers, zone):
            self.n += 1
            yield row


_WRITERS: dict[str, Callable[[Call, Path], int]] = {".csv": _csv, ".json": _json, ".xlsx": _xlsx}
"""What writes a file, by its ending."""
