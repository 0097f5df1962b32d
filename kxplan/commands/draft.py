"""`draft`: a plan from a work plan in Word or text."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.dates import today
from kxplan.errors import UsageError
from kxplan.errors.store import not_written
from kxplan.intake.draft.answer import answer
from kxplan.intake.draft.draft import Draft, draft_document
from kxplan.intake.draft.plan_text import plan_text
from kxplan.message import message
from kxplan.render.records import VERSION
from kxplan.settings import DEFAULT_TIMEZONE
from kxplan.text import shown
from kxplan.workspace import write_new

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def draft(
    ctx: Context,
    file: Annotated[Path, Argument(metavar="FILE")],
    output: Annotated[Path | None, Option("-o", "--output", metavar="PLAN")] = None,
) -> None:
    """Draft a plan from a document; print it, or write it where nothing is yet."""
    call: Call = ctx.obj
    made = draft_document(file)
    if not made.tasks:
        raise UsageError("draft.no-work", file=file.name)
    if output is not None:
        _write(call, made, output)
    if call.as_json:
        call.answer({"kxplan": VERSION, **answer(made, call.tr)})
    elif output is None:
        sys.stdout.write(shown(_text(call, made, ""), lines=True))
    else:
        call.say(message("draft.saved", file=str(output), **made.counts))


def _write(call: Call, made: Draft, output: Path) -> None:
    try:
        if not write_new(output, _text(call, made, output.stem)):
            raise UsageError("draft.exists", file=str(output))
    except OSError as error:
        raise not_written(output, error) from error


def _text(call: Call, made: Draft, name: str) -> str:
    year = made.year or today(DEFAULT_TIMEZONE).year
    return plan_text(made, plan_id=name if _ID.fullmatch(name) else f"plan-{year}", year=year, tr=call.tr)
