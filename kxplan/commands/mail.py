"""`mail`: the report of the period that is over, once to everybody who is to have it."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import one_of
from kxplan.commands.mail_post import addressed, keys_of
from kxplan.commands.mail_preview import previewed
from kxplan.commands.mail_run import Asked, resent, sent
from kxplan.commands.mail_state import shown
from kxplan.commands.report import span_named
from kxplan.dates import Span, containing, parse_day
from kxplan.delivery.letters import Wanted
from kxplan.errors import UsageError
from kxplan.reports.spans import SPANS

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def mail(
    ctx: Context,
    span: Annotated[str | None, Argument(metavar="week|month|quarter|half|year", autocompletion=one_of(SPANS))] = None,
    of: Annotated[str | None, Option("--of", metavar="DAY")] = None,
    to: Annotated[str | None, Option("--to", metavar="ADDRESS")] = None,
    dry_run: Annotated[bool, Option("--dry-run")] = False,
    out: Annotated[str | None, Option("--out", metavar="DIR")] = None,
    resend: Annotated[bool, Option("--resend")] = False,
    status: Annotated[bool, Option("--status")] = False,
) -> None:
    """Send what is due, show what would be sent, or tell what became of what was."""
    call: Call = ctx.obj
    kind = None if span is None else span_named(span)
    if status and (dry_run or out is not None or resend):
        raise UsageError("mail.one-thing")
    if resend and (dry_run or out is not None):
        raise UsageError("mail.one-thing")
    day = _day(call, of)
    asked = Asked(kind or "week", None if day is None else containing(kind or "week", day), to)
    if status:
        shown(call, _wanted(call, asked, kind))
    elif dry_run or out is not None:
        previewed(call, asked, out)
    elif call.settings.today is not None:
        raise UsageError("mail.staged", today=call.settings.today)
    elif resend:
        resent(call, _wanted(call, asked, kind), to)
    else:
        sent(call, asked)


def _wanted(call: Call, asked: Asked, kind: Span | None) -> Wanted:
    readers = None if asked.to is None else keys_of(addressed(call.settings.mail, asked.to))
    return Wanted(call.plan_id, kind, asked.period, readers)


def _day(call: Call, text: str | None) -> date | None:
    """Return the day that `--of` names; the periods of mail are the calendar's, whatever plan they concern."""
    return None if text is None else parse_day(text, call.today)
