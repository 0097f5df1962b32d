"""`explain`: every number of a goal, and the rule that fired."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context, Option

from kxplan.commands.complete import goal_words
from kxplan.commands.figures import chosen, view
from kxplan.commands.past import in_trouble
from kxplan.render.cells import words
from kxplan.render.records import VERSION, standing_record
from kxplan.reports.explain import explain_page, figures, rule

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def explain(
    ctx: Context,
    goal: Annotated[str, Argument(metavar="GOAL[.TARGET]", autocompletion=goal_words)],
    as_of: Annotated[str | None, Option("--as-of", metavar="DAY")] = None,
    known_by: Annotated[str | None, Option("--known-by", metavar="DAY")] = None,
) -> None:
    """Explain every number of a goal."""
    call: Call = ctx.obj
    seen = view(call, call.reading, as_of=as_of, known_by=known_by)
    standings = chosen(seen.plan, seen.standings, [goal], seen.on)
    if not call.as_json:
        marked = in_trouble(call, call.reading, seen, standings)
        call.show(explain_page(seen.plan, standings, seen.moment, marked))
        return
    explained = [
        {
            **standing_record(standing),
            "explanation": [
                {"figure": words(label, call.tr), "because": words(why, call.tr)}
                for label, why in figures(seen.plan, standing)
            ],
            "rule": words(rule(seen.plan, standing), call.tr),
        }
        for standing in standings
    ]
    call.answer({"kxplan": VERSION, "plan": seen.plan.id, "as_of": seen.on.isoformat(), "targets": explained})
