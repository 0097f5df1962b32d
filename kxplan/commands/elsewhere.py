"""Elsewhere: a word that means no goal of the plan in hand, and one of another plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxplan.message import Message, message
from kxplan.plans.finder import fits

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def elsewhere(call: Call, word: str) -> list[Message]:
    """Return a line for every other plan of the workspace that has a goal of this name."""
    others = [filed.plan for filed in call.shelf.filed if filed.plan.id != call.plan.id]
    return [
        message("cli.goal-elsewhere", word=word, plan=plan.id, title=plan.title) for plan in others if fits(plan, word)
    ]
