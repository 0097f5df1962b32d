"""`status`: the table for the meeting."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words, lead_words
from kxplan.commands.figures import View, chosen, of_lead, undeclared, view
from kxplan.errors import ExitCode, UsageError
from kxplan.progress.standing import LIGHTS, Light, Standing
from kxplan.render.records import status_record
from kxplan.reports.status import Group, status_page

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_WORST_FIRST: tuple[Light, ...] = ("grey", "red", "yellow", "blue")


def status(
    ctx: Context,
    goals: Annotated[list[str] | None, Argument(metavar="GOAL", autocompletion=goal_words)] = None,
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
    group: Annotated[str | None, Option("--group", metavar="section|lead")] = None,
    lead: Annotated[str | None, Option("--lead", metavar="LEAD", autocompletion=lead_words)] = None,
    light: Annotated[str | None, Option("--light", metavar="LIGHT,…")] = None,
    fail_on: Annotated[str | None, Option("--fail-on", metavar="LIGHT")] = None,
) -> None:
    """Show where every target stands."""
    call: Call = ctx.obj
    failing = _failing(fail_on)
    wanted = _lights(light)
    seen = view(call, call.reading, as_of=as_of, known_by=known_by)
    shown = chosen(seen.plan, seen.standings, goals or [])
    if lead is not None:
        shown = of_lead(shown, lead)
    if wanted:
        shown = tuple(standing for standing in shown if standing.light in wanted)
    if call.as_json:
        call.answer(status_record(seen.plan, shown, on=seen.on, known_by=seen.moment.known_by))
    else:
        notices = undeclared(call.reading, seen.plan)
        call.show(status_page(seen.plan, _groups(seen, shown, group), seen.moment, notices=notices))
    if any(standing.light in failing for standing in shown):
        call.exit_code = ExitCode.PROBLEMS


def _groups(seen: View, shown: tuple[Standing, ...], by: str | None) -> tuple[Group, ...]:
    match by:
        case None:
            return (Group(None, shown),)
        case "section":
            groups = [
                Group(section.title, tuple(one for one in shown if one.goal.sections[:1] == (section.id,)))
                for section in seen.plan.sections
                if len(section.path) == 1
            ]
        case "lead":
            leads = dict.fromkeys(one.goal.lead for one in shown)
            groups = [Group(name, tuple(one for one in shown if one.goal.lead == name)) for name in leads]
        case _:
            raise UsageError("cli.bad-group", word=by)
    return tuple(group for group in groups if group.standings)


def _lights(text: str | None) -> frozenset[Light]:
    names = frozenset(_light(word) for word in (text or "").replace("，", ",").split(",") if word.strip())
    if text is not None and not names:
        raise UsageError("cli.bad-light", word=text, known=LIGHTS)
    return names


def _failing(text: str | None) -> tuple[Light, ...]:
    if text is None:
        return ()
    light = _light(text)
    if light not in _WORST_FIRST:
        raise UsageError("cli.bad-light", word=text, known=_WORST_FIRST)
    return _WORST_FIRST[: _WORST_FIRST.index(light) + 1]


_CHINESE: dict[str, Light] = {"绿": "green", "黄": "yellow", "红": "red", "蓝": "blue", "灰": "grey", "无": "none"}


def _light(word: str) -> Light:
    name = word.strip().lower()
    for light in LIGHTS:
        if light == name:
            return light
    found = _CHINESE.get(name.removesuffix("灯"))
    if found is None:
        raise UsageError("cli.bad-light", word=word, known=LIGHTS)
    return found
