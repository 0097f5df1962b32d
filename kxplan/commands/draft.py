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
from kxplan.intake.draft.marks import waiting
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
    path = None if output is None else _plan_file(output, file)
    made = draft_document(file)
    if not made.tasks:
        raise _no_work(made, file)
    text = _text(call, made, path.stem if path else "")
    if path is not None:
        _write(text, path)
    if call.as_json:
        call.answer({"kxplan": VERSION, **answer(made, call.tr)})
    elif path is None:
        sys.stdout.write(shown(text, lines=True))
    else:
        call.say(message("draft.saved", file=str(path), targets=len(made.targets), **waiting(text).counts))
        if made.facts:
            call.say(message("draft.left-out", n=len(made.facts)))


def _plan_file(output: Path, document: Path) -> Path:
    """Return the file to write: `output` with its ending, or in a folder a file named as the document."""
    if output.is_dir():
        return output / f"{document.stem}.yaml"
    ending = _ENDING.fullmatch(output.suffix)
    if output.suffix in _ENDINGS or (output.exists() and not ending):
        return output
    if ending:
        raise UsageError("draft.not-yaml", file=str(output), right=str(output.with_suffix(_ENDINGS[0])))
    return output.with_name(output.name + _ENDINGS[0])


_ENDINGS = (".yaml", ".yml")
"""What a file of the plans folder ends in, to be read."""
_ENDING = re.compile("[.][A-Za-z][A-Za-z0-9]{0,4}")
"""2024.5月计划 has none."""


def _no_work(made: Draft, file: Path) -> UsageError:
    if not made.facts:
        return UsageError("draft.no-work", file=file.name)
    return UsageError("draft.no-work-done", file=file.name, n=len(made.facts), clause=made.facts[0].text)


def _write(text: str, path: Path) -> None:
    try:
        if not write_new(path, text):
            raise UsageError("draft.exists", file=str(path))
    except OSError as error:
        raise not_written(path, error) from error


def _text(call: Call, made: Draft, name: str) -> str:
    year = made.year or today(DEFAULT_TIMEZONE).year
    return plan_text(made, plan_id=name if _ID.fullmatch(name) else f"plan-{year}", year=year, tr=call.tr)
