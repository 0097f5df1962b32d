"""`log` without words on a terminal: asks for goal, amount, day and note, and shows what it will write."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from kxplan.commands.figures import accounts
from kxplan.commands.work_day import work_day
from kxplan.errors import UsageError
from kxplan.message import Message, message
from kxplan.model.plan import Goal
from kxplan.model.tally import Account
from kxplan.plans.finder import goal_lines, matching_goals
from kxplan.plans.words import Logged, breakdown_of, read_amounts
from kxplan.progress.standing import standing
from kxplan.reports.entries import amount, standing_line
from kxplan.reports.page import Words
from kxplan.reports.remarks import joined
from kxplan.screen.ask import Left, ask, choice, confirmed, tell
from kxplan.text import cleaned

if TYPE_CHECKING:
    from kxplan.commands.call import Call


class Answers(NamedTuple):
    """What was answered, as the words and options that `log` or `done` take."""

    goal: str
    words: list[str]
    day: str
    note: str | None
    step: str | None = None
    """The step of a milestone that is done; None: nothing is."""


def asked(call: Call, *, day: str | None, note: str | None) -> Answers:
    """Return what a person answers; `day` and `note` are asked for unless they are given.

    Raises:
        UsageError: there is nobody to ask, or the person leaves.
    """
    if not call.is_interactive:
        raise UsageError("cli.missing-word", word="GOAL", what=message("help.log.goal"), hint="kxplan log --help")
    try:
        tell(call.tr, message("screen.log-hello"))
        answers = _asked(call, day, note)
    except Left as left:
        raise UsageError("cli.not-written") from left
    return answers


def _asked(call: Call, day: str | None, note: str | None) -> Answers:
    goal = _goal(call)
    _tell_standing(call, goal)
    kind = goal.targets[0].kind
    step = _step(call, goal) if kind == "milestone" else None
    words = _amounts(call, goal) if kind not in ("milestone", "ongoing") else []
    if day is None:
        day = ask(call.tr, message("screen.ask-day", today=call.today), lambda text: _day(call, text))
    if note is None:
        if words or step:
            note = ask(call.tr, message("screen.ask-note"), cleaned)
        else:
            note = ask(call.tr, message("screen.ask-note-needed"), _needed)
    answers = Answers(goal.id, words, day, note or None, step)
    if not confirmed(call.tr, _preview(call, goal, answers)):
        raise Left
    return answers


def _tell_standing(call: Call, goal: Goal) -> None:
    held = accounts(call.reading, call.plan, call.today, goals=goal.ids)
    for target in goal.targets:
        account = held.get((goal.id, target.id), Account())
        line = standing_line(standing(call.plan, goal, target, account, call.today))
        tell(call.tr, message("reports.indented", line=line))


def _goal(call: Call) -> Goal:
    found = ask(call.tr, message("screen.ask-goal"), lambda text: matching_goals(call.plan, _something(text)))
    if len(found) == 1:
        return found[0]
    lines = list(goal_lines(found, call.today))
    return found[choice(call.tr, message("screen.several-goals", n=len(found)), lines)]


def _something(text: str) -> str:
    if not text:
        raise UsageError("screen.empty-goal")
    return text


def _step(call: Call, goal: Goal) -> str | None:
    account = accounts(call.reading, call.plan, call.today).get((goal.id, goal.targets[0].id), Account())
    left = [step for step in goal.targets[0].terms[-1].steps if step.id not in account.now.steps]
    lines = [message("screen.step-done", title=step.title, due=step.due) for step in left]
    chosen = choice(call.tr, message("screen.ask-step"), [*lines, message("screen.only-note")])
    return left[chosen].id if chosen < len(left) else None


def _amounts(call: Call, goal: Goal) -> list[str]:
    units = tuple(target.unit or message("cli.a-number") for target in goal.targets)
    return ask(call.tr, message("screen.ask-amount", units=units), lambda text: _checked(call, goal, text))


def _checked(call: Call, goal: Goal, text: str) -> list[str]:
    words = text.split()
    read, pairs = read_amounts(goal, None, words)
    breakdown_of(call.plan, goal, pairs)
    if not read:
        raise UsageError("screen.empty-amount")
    return words


def _day(call: Call, text: str) -> str:
    return work_day(call, text or None).isoformat()


def _needed(text: str) -> str:
    note = cleaned(text)
    if not note:
        raise UsageError("screen.empty-note")
    return note


def _preview(call: Call, goal: Goal, answers: Answers) -> Message:
    read, pairs = read_amounts(goal, None, answers.words)
    parts: list[Words] = [_amount(one) for one in read]
    parts += [f"{key}={value}" for key, value in pairs]
    if answers.step is not None:
        steps = {step.id: step.title for step in goal.targets[0].terms[-1].steps}
        parts.append(message("screen.will-be-done", step=steps[answers.step]))
    if answers.note:
        parts.append(answers.note)
    return message("screen.preview", goal=goal.title, what=joined(parts), day=answers.day, who=call.who)


def _amount(one: Logged) -> Message:
    if one.amount is None:
        return message("reports.entry-note")
    if one.denominator is not None:
        return message("reports.ratio", numerator=amount(one.amount), denominator=amount(one.denominator))
    return message("screen.amount", amount=amount(one.amount, one.target.unit))
