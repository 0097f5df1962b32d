"""`mark`: a named moment that later statuses are compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from kxplan.dates import now, parse_day
from kxplan.errors import BadDayError, UsageError
from kxplan.message import message
from kxplan.model.entry import Mark
from kxplan.render.records import VERSION, instant_text
from kxplan.text import cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_LONGEST = 60


def mark(
    ctx: Context,
    name: Annotated[str | None, Argument(metavar="NAME")] = None,
) -> None:
    """Name the present moment; without a name list the marks."""
    call: Call = ctx.obj
    if name is None:
        _list(call)
        return
    text = _checked(call, name)
    ledger = call.writing
    made = ledger.mark(call.version(ledger), text, day=call.today, who=call.who, recorded_at=now())
    if call.as_json:
        call.answer({"kxplan": VERSION, "mark": _record(made)})
    else:
        call.say(message("show.marked", number=made.number, name=made.name, day=made.day))


def _list(call: Call) -> None:
    marks = call.reading.marks()
    if call.as_json:
        call.answer({"kxplan": VERSION, "marks": [_record(mark) for mark in marks]})
        return
    for one in marks:
        call.say(message("show.mark-line", number=one.number, name=one.name, day=one.day))
    if not marks:
        call.say(message("show.marks-none"))


def _checked(call: Call, name: str) -> str:
    text = cleaned(name)
    if not text or len(text) > _LONGEST:
        raise UsageError("show.bad-mark", n=_LONGEST)
    try:
        parse_day(text, call.today)
    except BadDayError:
        return text
    raise UsageError("show.mark-is-day", name=text)


def _record(made: Mark) -> dict[str, object]:
    return {
        "name": made.name,
        "number": made.number,
        "day": made.day.isoformat(),
        "recorded_at": instant_text(made.recorded_at),
    }
