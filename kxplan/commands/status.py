"""`status`: the table for the meeting."""

# No annotations as text here: typer would compile each of them twice, on every call.

from typing import TYPE_CHECKING, Annotated, NamedTuple

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words, lead_words, one_of
from kxplan.commands.figures import View, chosen, gone_plans, of_lead, undeclared, view
from kxplan.commands.filters import WORST_FIRST, grouped, lights_failing, lights_named
from kxplan.commands.past import in_trouble
from kxplan.commands.remarked import remarks_on
from kxplan.commands.trust import distrusted, trusted_only
from kxplan.errors import ExitCode, UsageError
from kxplan.errors.store import DamagedLedgerError
from kxplan.message import Message
from kxplan.progress.standing import LIGHTS, Light, Standing
from kxplan.render.records import status_record
from kxplan.reports.page import Page, Paragraph
from kxplan.reports.status import status_page

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_GROUPS = ("section", "lead")


class _Asked(NamedTuple):
    """What the options ask for."""

    goals: list[str]
    as_of: str | None
    known_by: str | None
    since: str | None
    group: str | None
    lead: str | None
    lights: frozenset[Light]


def status(
    ctx: Context,
    goals: Annotated[list[str] | None, Argument(metavar="GOAL", autocompletion=goal_words)] = None,
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
    since: Annotated[str | None, Option("--since", metavar="DAY|MARK")] = None,
    group: Annotated[str | None, Option("--group", metavar="section|lead|KEY")] = None,
    lead: Annotated[str | None, Option("--lead", metavar="LEAD", autocompletion=lead_words)] = None,
    light: Annotated[str | None, Option("--light", metavar="LIGHT,…", autocompletion=one_of(LIGHTS))] = None,
    fail_on: Annotated[str | None, Option("--fail-on", metavar="LIGHT", autocompletion=one_of(WORST_FIRST))] = None,
    watch: Annotated[bool, Option("--watch")] = False,
) -> None:
    """Show where every target stands."""
    call: Call = ctx.obj
    failing = lights_failing(fail_on)
    asked = _Asked(goals or [], as_of, known_by, since, group, lead, lights_named(light))
    if since is not None and group is not None:
        raise UsageError("show.since-with-group")
    if watch:
        from kxplan.commands.live import watched  # noqa: PLC0415 -- only a watched status pays for it

        watched(call, lambda now: _page(now, asked, *_seen(now, asked)))
        return
    shown, is_whole = _answered(call, asked)
    if not is_whole or any(standing.light in failing for standing in shown):
        call.exit_code = ExitCode.PROBLEMS


def _answered(call: "Call", asked: _Asked) -> tuple[tuple[Standing, ...], bool]:
    """Answer; of a damaged ledger what can be trusted. Tell what was shown, and whether the ledger is whole."""
    said = distrusted(call)
    try:
        return _shown(call, asked, said), not said
    except DamagedLedgerError:
        return _shown(call, asked, trusted_only(call)), False


def _shown(call: "Call", asked: _Asked, said: tuple[Message, ...]) -> tuple[Standing, ...]:
    seen, counted, shown = _seen(call, asked)
    answer = _record(call, asked, seen, shown) if call.as_json else _page(call, asked, seen, counted, shown)
    aside = (*_lost(call, seen), *(each.words for each in _of_mail(call, asked, seen))) if call.as_json else ()
    for sentence in (*said, *aside):
        call.warn(sentence)
    if isinstance(answer, Page):
        call.show(answer)
    else:
        call.answer(answer)
    return shown


def _seen(call: "Call", asked: _Asked) -> tuple[View, tuple[Standing, ...], tuple[Standing, ...]]:
    """Return the view, what the headline counts (what is asked for, whatever its light), and what is shown of it."""
    seen = view(call, call.reading, as_of=asked.as_of, known_by=asked.known_by)
    counted = chosen(seen.plan, seen.standings, asked.goals, seen.on)
    if asked.lead is not None:
        counted = of_lead(counted, asked.lead)
    shown = counted
    if asked.lights:
        shown = tuple(standing for standing in counted if standing.light in asked.lights)
    return seen, counted, shown


def _lost(call: "Call", seen: View) -> tuple[Message, ...]:
    """Return what the ledger holds of plans that are gone; asked only where nothing is recorded of the present one."""
    if call.shelf.broken or any(standing.tally.last for standing in seen.standings):
        return ()
    return gone_plans(call.reading, {filed.plan.id for filed in call.shelf.filed})


def _of_mail(call: "Call", asked: _Asked, seen: View) -> tuple[Paragraph, ...]:
    """Return what is to be said of the mail of the plan, of the present and where mail is set at all."""
    is_past = (asked.as_of, asked.known_by, asked.since) != (None, None, None)
    if is_past or not call.settings.mail.is_set:
        return ()
    from kxplan.commands.mail_notices import mail_notices  # noqa: PLC0415 -- an office without mail does not pay for it

    return mail_notices(call, seen.plan)


def _page(call: "Call", asked: _Asked, seen: View, counted: tuple[Standing, ...], shown: tuple[Standing, ...]) -> Page:
    if asked.since is not None:
        from kxplan.commands.compare import compared_page  # noqa: PLC0415 -- only a comparison pays for it

        return compared_page(call, seen, shown, asked.since)
    if asked.group is not None and asked.group not in _GROUPS:
        from kxplan.commands.breakdown import broken_page  # noqa: PLC0415 -- as above

        return broken_page(call, seen, shown, asked.group)
    ledger = call.reading
    return status_page(
        seen.plan,
        grouped(seen, shown, asked.group),
        seen.moment,
        notices=(*undeclared(ledger, seen.plan, seen.instant), *_lost(call, seen), *_of_mail(call, asked, seen)),
        remarks=remarks_on(ledger, seen),
        in_trouble=in_trouble(call, ledger, seen, shown),
        counted=counted,
    )


def _record(call: "Call", asked: _Asked, seen: View, shown: tuple[Standing, ...]) -> dict[str, object]:
    record = status_record(seen.plan, shown, on=seen.on, known_by=seen.moment.known_by)
    if asked.since is not None:
        from kxplan.commands.compare import compared_record  # noqa: PLC0415 -- as above

        return record | {"since": compared_record(call, seen, shown, asked.since)}
    if asked.group is not None and asked.group not in _GROUPS:
        from kxplan.commands.breakdown import broken_record  # noqa: PLC0415 -- as above

        return record | {"breakdown": broken_record(call, seen, shown, asked.group)}
    return record
