"""`report`: what was done in a period, what is behind and why, what comes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import lead_words, one_of
from kxplan.commands.period import report_page
from kxplan.commands.saving import save
from kxplan.commands.trust import distrusted, trusted_only
from kxplan.dates import Span
from kxplan.errors import ExitCode, UsageError
from kxplan.errors.store import DamagedLedgerError
from kxplan.message import Message, message
from kxplan.render.formats import FORMATS, rendered
from kxplan.render.records import VERSION
from kxplan.reports.page import Page
from kxplan.reports.spans import SPANS

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_CHINESE: dict[str, Span] = {
    "周": "week",
    "月": "month",
    "季": "quarter",
    "季度": "quarter",
    "半年": "half",
    "年": "year",
}


def report(
    ctx: Context,
    span: Annotated[str, Argument(metavar="week|month|quarter|half|year", autocompletion=one_of(SPANS))] = "week",
    of: Annotated[str | None, Option("--of", metavar="DAY")] = None,
    lead: Annotated[str | None, Option("--lead", metavar="LEAD", autocompletion=lead_words)] = None,
    output: Annotated[str | None, Option("-o", "--output", metavar="FILE")] = None,
) -> None:
    """Report on a period."""
    call: Call = ctx.obj
    asked = span_named(span)
    ending = None if output is None else ending_of(output)
    page, said = _read(call, asked, of, lead)
    if of is None and call.today > call.plan.period.end:
        call.note(message("report.over", end=call.plan.period.end))
    if output is not None and ending is not None:
        save(Path(output), rendered(page, ending, call.tr))
        _tell(call, output)
    elif call.as_json:
        call.write(rendered(page, "json", call.tr))
    else:
        call.show(page)
    for sentence in said:
        call.warn(sentence)
        call.exit_code = ExitCode.PROBLEMS


def span_named(word: str) -> Span:
    """Return the span that a word like `month` or 月 names.

    Raises:
        UsageError: it names none.
    """
    name = word.strip().lower()
    found = next((span for span in SPANS if span == name), None) or _CHINESE.get(name)
    if found is None:
        raise UsageError("report.unknown-span", word=word, known=SPANS)
    return found


def ending_of(path: str) -> str:
    """Return the ending of a file's name, one that has a renderer.

    Raises:
        UsageError: none has.
    """
    ending = Path(path).suffix.removeprefix(".").lower()
    if ending not in FORMATS:
        raise UsageError("report.unknown-ending", file=path, known=tuple(FORMATS))
    return ending


def _read(call: Call, span: Span, of: str | None, lead: str | None) -> tuple[Page, tuple[Message, ...]]:
    """Return the page; of a damaged ledger what can be trusted, which is said on the page and returned."""
    said = distrusted(call)
    day = call.day(of, or_today=False)
    try:
        return report_page(call, call.reading, span, of=day, lead=lead, notices=said), said
    except DamagedLedgerError:
        said = trusted_only(call)
        return report_page(call, call.reading, span, of=day, lead=lead, notices=said), said


def _tell(call: Call, output: str) -> None:
    if call.as_json:
        call.answer({"kxplan": VERSION, "file": output})
    else:
        call.say(message("report.wrote", file=output))
