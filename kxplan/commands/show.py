"""`show`: one goal with its chart, its checkpoints, its months, its entries and what was answered for it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.figures import View, chosen, view
from kxplan.commands.past import in_trouble, months_of, reasons_of
from kxplan.model.entry import Reason
from kxplan.progress.trace import Stage
from kxplan.render import numbers
from kxplan.render.records import VERSION, entry_record, reason_record, standing_record
from kxplan.reports.page import Page
from kxplan.reports.show import NEWEST, Story, show_page, stages

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def show(
    ctx: Context,
    goal: Annotated[str, Argument(metavar="GOAL[.TARGET]", autocompletion=goal_words)],
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
) -> None:
    """Show one goal with everything about it."""
    call: Call = ctx.obj
    seen = view(call, call.reading, as_of=as_of, known_by=known_by)
    if call.as_json:
        call.answer(_record(call, seen, goal))
    else:
        call.show(goal_page(call, seen, goal))


def goal_page(call: Call, seen: View, word: str) -> Page:
    """Return the page of the goal (or `GOAL.TARGET`) that `word` names.

    Raises:
        UnknownGoalError, AmbiguousGoalError, UnknownTargetError: it names none.
    """
    stories, reason = _told(call, seen, word)
    goals, target = _asked(stories)
    plan, ledger = seen.plan.id, call.reading
    entries = ledger.history(plan, goals=goals, target=target, as_of=seen.on, known_by=seen.instant, limit=NEWEST)
    n = ledger.count(plan, goals, target=target, as_of=seen.on, known_by=seen.instant)
    return show_page(seen.plan, stories, seen.moment, entries=entries, n=n, reason=reason)


def _told(call: Call, seen: View, word: str) -> tuple[tuple[Story, ...], Reason | None]:
    ledger = call.reading
    shown = chosen(seen.plan, seen.standings, [word], seen.on)
    goal = shown[0].goal
    months = months_of(call, ledger, seen, shown)
    marked = in_trouble(call, ledger, seen, shown)
    stories = tuple(
        Story(
            one,
            ledger.course(seen.plan.id, one.key, seen.on, formerly=goal.formerly, known_by=seen.instant),
            months[one.key],
            marked.get(one.key, 0),
        )
        for one in shown
    )
    return stories, reasons_of(ledger, seen.plan, seen.instant, seen.on).get(goal.id)


def _asked(stories: tuple[Story, ...]) -> tuple[tuple[str, ...], str | None]:
    """Return the ids of the goal that is told of, and of its target where only one of several is."""
    standing = stories[0].standing
    is_part = len(stories) < len(standing.goal.targets)
    return (standing.goal.id, *standing.goal.formerly), standing.target.id if is_part else None


def _record(call: Call, seen: View, word: str) -> dict[str, object]:
    stories, reason = _told(call, seen, word)
    goals, target = _asked(stories)
    entries = call.reading.history(
        seen.plan.id, goals=goals, target=target, as_of=seen.on, known_by=seen.instant, newest_first=False
    )
    return {
        "kxplan": VERSION,
        "plan": seen.plan.id,
        "as_of": seen.on.isoformat(),
        "known_by": seen.moment.known_by.isoformat() if seen.moment.known_by else None,
        "targets": [
            {
                **standing_record(story.standing),
                "months": [
                    {"month": one.month.start.isoformat()[:7], "light": one.light, "state": one.state}
                    for one in story.months
                ],
                "in_trouble": story.in_trouble or None,
                "checkpoints": [_stage_record(stage) for stage in stages(story)],
            }
            for story in stories
        ],
        "reason": reason_record(reason) if reason else None,
        "entries": [entry_record(entry) for entry in entries],
    }


def _stage_record(stage: Stage) -> dict[str, object]:
    return {
        "title": stage.title,
        "by": stage.by.isoformat(),
        "reach": None if stage.level is None else numbers.plain(stage.level),
        "state": stage.arrival,
        "reached_on": stage.reached_on.isoformat() if stage.reached_on else None,
    }
