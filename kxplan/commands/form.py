"""`form`: a sheet for a department, to be filled in and imported."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Context, Option

from kxplan.commands.complete import lead_words
from kxplan.commands.figures import View, of_lead, view
from kxplan.commands.saving import AS_THE_UMASK_SAYS
from kxplan.errors import UsageError
from kxplan.errors.store import not_written
from kxplan.message import message
from kxplan.progress.standing import Standing
from kxplan.render.form_xlsx import form_workbook
from kxplan.render.records import VERSION
from kxplan.reports.form import Form, form_of
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
    is_folder = output.is_dir()
    if not is_folder and output.suffix.lower() != ".xlsx":
        raise UsageError("form.not-xlsx", file=str(output))
    seen = view(call, call.reading)
    standings = of_lead(seen.standings, lead) if lead else seen.standings
    leads = list(dict.fromkeys(each.goal.lead for each in standings)) if lead or is_folder else [None]
    forms = [form for form in (_form(seen, standings, named) for named in leads) if form.choices]
    made = list(zip(_files(output, forms) if is_folder else [output] * len(forms), forms, strict=True))
    if not made:
        raise UsageError("form.nothing", plan=seen.plan.id)
    for path, _ in made:
        if path.exists():
            raise UsageError("form.exists", file=str(path))
    for path, form in made:
        _write(path, form_workbook(form, empty, call.tr))
    _answer(call, made, is_folder=is_folder)


def _form(seen: View, standings: Sequence[Standing], lead: str | None) -> Form:
    return form_of(seen.plan, lead, [each for each in standings if lead in (None, each.goal.lead)], seen.on)


def _files(folder: Path, forms: Sequence[Form]) -> list[Path]:
    """Return a file for each form, named as its department as far as file systems take the name; no two alike."""
    names: dict[str, str] = {}
    for form in forms:
        name = _UNTAKEN.sub("-", (form.lead or "").strip(" ."))[:_LONGEST_NAME] or "-"
        unique = name
        while unique.casefold() in names:
            unique += f"-{len(names) + 1}"
        names[unique.casefold()] = unique
    return [folder / f"{name}.xlsx" for name in names.values()]


def _answer(call: Call, made: Sequence[tuple[Path, Form]], *, is_folder: bool) -> None:
    told = [{"file": str(path), "targets": form.targets} for path, form in made]
    if call.as_json:
        call.answer({"kxplan": VERSION, **({"forms": told} if is_folder else told[0])})
        return
    for path, form in made:
        call.say(message("form.made-at", file=str(path), n=form.targets))


_UNTAKEN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
"""Characters that no name of a file has, on one system or another."""
_LONGEST_NAME = 60
_ROWS = 40
"""Two sheets of paper."""
_MOST_ROWS = 2000


def _rows(text: str) -> int:
    if not text.isdecimal() or len(text) > 9 or not 1 <= int(text) <= _MOST_ROWS:
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
