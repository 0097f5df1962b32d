"""`form`: a sheet for a department, to be filled in and imported."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Context, Option

from kxplan.commands.complete import lead_words
from kxplan.commands.figures import of_lead, view
from kxplan.commands.saving import AS_THE_UMASK_SAYS
from kxplan.errors import UsageError
from kxplan.errors.store import not_written
from kxplan.message import message
from kxplan.render.form_xlsx import form_workbook
from kxplan.render.records import VERSION
from kxplan.reports.form import form_of
from kxplan.store.files import creating

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def form(
    ctx: Context,
    output: Annotated[Path, Option("-o", "--output", metavar="FILE")],
    lead: Annotated[str | None, Option("--lead", metavar="L", autocompletion=lead_words)] = None,
    rows: Annotated[str | None, Option("--rows", metavar="N")] = None,
) -> None:
    """Make a form."""
    call: Call = ctx.obj
    empty = _ROWS if rows is None else _rows(rows)
    if output.suffix.lower() != ".xlsx":
        raise UsageError("form.not-xlsx", file=str(output))
    if output.exists():
        raise UsageError("form.exists", file=str(output))
    seen = view(call, call.reading)
    standings = of_lead(seen.standings, lead) if lead else seen.standings
    made = form_of(seen.plan, standings[0].goal.lead if lead else None, standings, seen.on)
    if not made.choices:
        raise UsageError("form.nothing", plan=seen.plan.id)
    _write(output, form_workbook(made, empty, call.tr))
    if call.as_json:
        call.answer({"kxplan": VERSION, "file": str(output), "targets": len(standings)})
    else:
        call.say(message("form.made-at", file=str(output), n=len(standings)))


_ROWS = 40
"""Two sheets of paper."""
_MOST_ROWS = 2000


def _rows(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text[:9]) <= _MOST_ROWS:
        raise UsageError("form.bad-rows", text=text, most=_MOST_ROWS)
    return int(text)


def _write(path: Path, content: bytes) -> None:
    try:
        with creating(path, AS_THE_UMASK_SAYS) as draft:
            draft.write_bytes(content)
    except FileExistsError as error:
        raise UsageError("form.exists", file=str(path)) from error
    except OSError as error:
        raise not_written(path, error) from error
