"""Rows of a sheet, read with the plan at hand: what an entry needs, or every reason why it is none."""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from kxplan.commands.wrong_cells import WrongCell
from kxplan.dates import parse_day
from kxplan.errors import BadDayError, BadQuantityError, KxplanError, UsageError
from kxplan.errors.plans import AmbiguousGoalError, UnknownGoalError, UnknownTargetError
from kxplan.intake.table import MERGED, SheetRow
from kxplan.intake.workbook import UNCALCULATED
from kxplan.message import Message, message
from kxplan.model.form import ACTS, COMPLETED, WITHDRAWN, chosen, title_in
from kxplan.model.plan import Goal, Plan, Step, Target
from kxplan.plans.finder import find_step, find_target
from kxplan.plans.words import Logged, breakdown_of, read_amount, read_amounts
from kxplan.reports.entries import target_of
from kxplan.text import cleaned, folded

ALL_STEPS = "*"
"""In the place of a step: every one that is still open."""


class ReadRow(NamedTuple):
    """What a row says, in the words of the plan."""

    goal: Goal
    target: Target
    day: date
    amount: str | None
    """As plain text; None for a note and for what was completed."""
    denominator: str | None
    step: str | None
    """The ids of the steps that were completed, blanks between them, or `ALL_STEPS`."""
    breakdown: tuple[tuple[str, str], ...]
    note: str | None
    who: str | None


class RowReader:
    """Reads the rows of one sheet; what was read once is not read again."""

    def __init__(self, plan: Plan, today: date) -> None:
        self._plan = plan
        self._today = today
        self._choices = chosen(plan.goals)
        remembered = lru_cache(_MOST_KNOWN)
        self._days = remembered(self._day)
        self._wheres = remembered(self._where)
        self._recorded_wheres = remembered(self._recorded)
        self._saids = remembered(self._said)
        self._divisions = remembered(self._divided)

    def read(self, row: SheetRow) -> ReadRow | tuple[WrongCell, ...] | None:
        """Return what a row says, or what is wrong with it, cell by cell; None for one that was withdrawn."""
        values = row.values
        cell = values.get
        act = ACTS.get(folded(values["act"])) if "act" in values else None
        if act == "void" or ("state" in values and folded(values["state"]) in WITHDRAWN):
            return None
        problems: list[WrongCell] = []
        note = _text(cell("note"), lines=True)
        day = where = said = None
        breakdown: _Pairs = ()
        try:
            day = self._days(cell("day"))
        except _REFUSALS as error:
            problems.append(_problem(row, "day", error))
        try:
            where = (self._recorded_wheres if act else self._wheres)(cell("goal"), cell("target"))
        except _REFUSALS as error:
            problems.append(_problem(row, "goal", error))
        if where is not None:
            texts = (cell("amount"), cell("denominator"), cell("unit"), cell("done"), cell("steps"))
            try:
                said = self._saids(where, *texts, act is not None or note is not None)
            except _REFUSALS as error:
                problems.append(_problem(row, "amount", error))
            if self._plan.breakdowns:
                breakdown = self._breakdown(row, where, problems, is_recorded=act is not None)
        if problems or day is None or where is None or said is None:
            return tuple(problems)
        target, amount, denominator, step = said
        who = _text(cell("who"), lines=False)
        return ReadRow(where.goal, target, day, amount, denominator, step, breakdown, note, who)

    def _breakdown(self, row: SheetRow, where: _Where, problems: list[WrongCell], *, is_recorded: bool) -> _Pairs:
        pairs = tuple(
            (column.partition(":")[2], text)
            for column, text in row.values.items()
            if column[:10] == "breakdown:" and (is_recorded or folded(text) not in _UNDIVIDED)
        )
        try:
            return self._divisions(where, pairs) if pairs else ()
        except _REFUSALS as error:
            problems.append(_problem(row, f"breakdown:{pairs[0][0]}", error))
            return ()

    def _day(self, text: str | None) -> date:
        if text is None:
            raise UsageError("import.no-day")
        _refuse_unread(text)
        written, weekday = _without_weekday(_CLOCK.sub("", text))
        if _SHORTENED.fullmatch(written):
            raise UsageError("import.shortened-day", text=text)
        if not any(character.isdecimal() for character in written) or written[0] in "-+－＋":
            raise BadDayError(text=text[:40])
        day = parse_day(written, self._today, self._plan.period)
        if weekday is not None and day.weekday() != weekday:
            raise UsageError("import.other-weekday", text=text, day=day)
        if day > self._today:
            raise UsageError("cli.future-day", day=day, today=self._today)
        if day not in self._plan.period:
            raise UsageError("import.day-outside", day=day, start=self._plan.period.start, end=self._plan.period.end)
        return day

    def _where(self, goal: str | None, target: str | None) -> _Where:
        if goal is None:
            raise UsageError("import.no-goal")
        _refuse_unread(goal)
        choice = self._choices.get(folded(goal))
        if choice is None:
            goal = _NUMBERED.sub("", goal)
            choice = self._choices.get(folded(goal))
        if choice is not None and target is None:
            return _Where(choice.goal, choice.target, choice.step)
        name = goal if target is None else f"{choice.goal.id if choice else goal}.{target}"
        try:
            return _Where(*find_target(self._plan, name, self._today), None)
        except UnknownTargetError:
            found, step = find_step(self._plan, name, self._today)
            return _Where(found, found.targets[0], step)

    def _recorded(self, goal: str | None, target: str | None) -> _Where:
        """Return what an exported ledger means: ids as they were recorded, and nothing that is only like them."""
        found, one = self._plan.goal(goal or ""), target_of(self._plan, goal or "", target or "")
        if found is None:
            raise UnknownGoalError(goal or "", ())
        if one is None:
            known = tuple(each.id for each in found.targets)
            raise UnknownTargetError("plans.unknown-target", word=target or "", goal=found.title, known=known)
        return _Where(found, one, None)

    def _said(
        self,
        where: _Where,
        amount: str | None,
        denominator: str | None,
        unit: str | None,
        done: str | None,
        steps: str | None,
        has_note: bool,
    ) -> _Said:
        for text in (amount, denominator, done):
            _refuse_unread(text)
        goal, target = where.goal, where.target
        one = target or goal.targets[0]
        if one.kind == "milestone":
            if steps is not None:
                return one, None, None, _named_steps(goal, steps)
            return one, None, None, _completed(goal, where.step, amount, done, has_note=has_note)
        if one.kind == "ongoing":
            if amount is not None:
                raise UsageError("cli.no-amount-ongoing", goal=goal.title, id=goal.id)
            if not has_note:
                raise UsageError("import.no-note", goal=goal.title)
            return one, None, None, None
        if amount is None:
            units = tuple(each.unit or message("cli.a-number") for each in ([target] if target else goal.targets))
            raise UsageError("import.no-amount", goal=goal.title, units=units)
        logged = _logged(goal, target, amount, denominator, unit)
        return logged.target, _plain(logged.amount), _plain(logged.denominator), None

    def _divided(self, where: _Where, pairs: tuple[tuple[str, str], ...]) -> _Pairs:
        return breakdown_of(self._plan, where.goal, pairs)


class _Where:
    """What the cells of goal and target mean; equal only to itself, for goals are long to compare."""

    def __init__(self, goal: Goal, target: Target | None, step: Step | None) -> None:
        self.goal = goal
        self.target = target
        self.step = step


_Pairs = tuple[tuple[str, str], ...]
_Said = tuple[Target, str | None, str | None, str | None]
"""The target that is meant; amount, denominator and step of a `ReadRow`."""

_REFUSALS = (UsageError, BadDayError, BadQuantityError, UnknownGoalError, UnknownTargetError, AmbiguousGoalError)
_MOST_KNOWN = 20_000
_UNDIVIDED = frozenset(("未分", "-", "—", "/", "无"))
_NO_UNIT = "-—/无 "
_REMARK = re.compile(r"[（(][^（(）)]*[）)]$")
"""What a form puts behind a unit."""
_CLOCK = re.compile(r"[ T]+\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?$|(?<=日)\s*(?:上午|中午|下午|晚上|全天)$", re.ASCII)
_WEEKDAY = re.compile(r"(?<=[\d日号])\s*[（(\[]?(?:星期|周|礼拜)([一二三四五六日天])[）)\]]?$")
_WEEKDAYS = "一二三四五六日"
_SHORTENED = re.compile(r"\d{1,2}\.[123]", re.ASCII)
"""5.1: a sheet keeps 5.10 as the same figure."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


_ON_A_SHEET = {
    "cli.bad-day": "import.bad-day",
    "cli.breakdown-not-sum": "import.breakdown-not-sum",
    "cli.no-amount-ongoing": "import.amount-of-ongoing",
    "cli.ratio-form": "import.no-denominator",
    "plans.unknown-goal": "import.unknown-goal",
    "plans.unknown-goal-near": "import.unknown-goal-near",
}
"""What `log` says of its words, as it is said of cells."""
_PLAIN = re.compile(r"[\w“”（）().·\- ]+")
"""What can stand in a list of a plan file as it is."""
_NUMBERED = re.compile(
    r"^\s*(?:[（(]?\d{1,3}[)）.、．]|[（(]?[一二三四五六七八九十]{1,3}[)）、.．]|[①-⑳])\s*(?=[^\W\d_]|[“《])"
)
"""The number before a task, as lists have it."""
_CELLS = {"import.no-denominator": "denominator", "import.no-completion": "done", "import.no-note": "note"}
"""The column of the cell to be filled in, where it is not the one that is wrong."""


def _on_a_sheet(said: Message) -> Message:
    data = said.data
    if said.id.startswith("plans.unknown-goal"):
        alias = title_in(str(data["word"]))
        if not _PLAIN.fullmatch(alias):
            return said
        data = {**data, "alias": alias}
    return Message(_ON_A_SHEET.get(said.id, said.id), data)


def _without_weekday(text: str) -> tuple[str, int | None]:
    """Return a day's text without the day of the week behind it, and which one that is."""
    match = _WEEKDAY.search(text)
    if match is None:
        return text, None
    return text[: match.start()], _WEEKDAYS.index(match[1].replace("天", "日"))


def _refuse_unread(text: str | None) -> None:
    if text is None:
        return
    if text == UNCALCULATED:
        raise UsageError("import.uncalculated")
    if text == MERGED:
        raise UsageError("import.merged")
    if text.startswith("#") and text.rstrip("!?").isupper():
        raise UsageError("import.error-value", text=text)


def _problem(row: SheetRow, column: str, error: KxplanError) -> WrongCell:
    what = _on_a_sheet(error.message)
    return WrongCell(row.place(_CELLS.get(what.id, column), column), what)


def _text(text: str | None, *, lines: bool) -> str | None:
    """Return text of people; a formula without a result and a merged cell's rest say nothing."""
    return None if text is None or text in (UNCALCULATED, MERGED) else cleaned(text, lines=lines) or None


def _completed(goal: Goal, step: Step | None, amount: str | None, done: str | None, *, has_note: bool) -> str | None:
    """Return the step that a row of a milestone completes; None for a note."""
    if any(folded(text) in COMPLETED for text in (amount, done) if text):
        return step.id if step else ALL_STEPS
    if amount is not None:
        raise UsageError("import.amount-of-milestone", goal=goal.title)
    if not has_note:
        raise UsageError("import.no-completion", goal=goal.title)
    return None


def _named_steps(goal: Goal, text: str) -> str:
    """Return the ids of steps as the plan has them now; one that bears its goal's id follows it."""
    known = [step.id for step in goal.targets[0].terms[-1].steps]
    steps = [goal.id if step in goal.formerly else step for step in text.split()]
    unknown = next((step for step in steps if step not in known), None)
    if unknown is not None:
        raise UnknownTargetError("plans.unknown-step-of", word=unknown, goal=goal.title, known=tuple(known))
    return " ".join(steps)


def _logged(goal: Goal, target: Target | None, amount: str, denominator: str | None, unit: str | None) -> Logged:
    if _DAY.fullmatch(amount):
        raise UsageError("import.day-for-amount", text=amount)
    says_all = "/" in amount or not amount[-1].isdecimal()
    if denominator is not None:
        text = f"{amount}/{denominator}"
    elif says_all or (target is not None and (target.kind == "ratio" or target.unit == unit)):
        text = amount
    else:
        text = amount + _REMARK.sub("", unit or "").strip(_NO_UNIT)
    return read_amounts(goal, None, (text,))[0][0] if target is None else read_amount(goal, target, text)


def _plain(amount: object) -> str | None:
    return None if amount is None else f"{amount:f}"
