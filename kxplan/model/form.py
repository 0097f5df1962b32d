"""Form: the columns in which progress arrives on a sheet, and what can stand in the one for the goal."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kxplan.model.plan import Goal, Step, Target
from kxplan.text import folded


class FormColumn(NamedTuple):
    """A column of an entry: `import` knows it by each of its names, `form` writes the title in its language."""

    id: str
    names: tuple[str, ...]

    @property
    def title(self) -> str:
        """The id of its title in the catalogues."""
        return f"form.column.{self.id}"

    @property
    def own(self) -> tuple[str, str]:
        """The names that mean this column and nothing else: its first ones in Chinese and in English."""
        return self.names[0], next((name for name in self.names if name.isascii()), self.names[0])


DAY = FormColumn(
    "day",
    ("日期", "工作日期", "完成日期", "活动日期", "开展日期", "填报日期", "时间", "完成时间", "活动时间", "开展时间",
     "date", "day", "workday"),
)  # fmt: skip
GOAL = FormColumn(
    "goal",
    ("工作任务", "任务", "任务名称", "任务编号", "工作内容", "工作事项", "事项", "重点工作", "项目", "项目名称",
     "goal", "task", "item", "activity"),
)  # fmt: skip
TARGET = FormColumn("target", ("指标", "指标名称", "指标编号", "任务指标", "target", "indicator"))
AMOUNT = FormColumn(
    "amount",
    ("数量", "完成数量", "完成数", "完成量", "完成值", "本次完成", "本次数量", "本期完成", "本期数量", "实际完成",
     "分子", "amount", "quantity", "qty", "value", "numerator"),
)  # fmt: skip
DENOMINATOR = FormColumn("denominator", ("分母", "总数", "基数", "denominator", "outof"))
UNIT = FormColumn("unit", ("单位", "计量单位", "数量单位", "unit", "units"))
DONE = FormColumn("done", ("是否完成", "完成", "done", "completed"))
NOTE = FormColumn(
    "note",
    ("说明", "备注", "情况说明", "工作说明", "内容", "活动内容", "进展", "进展情况", "工作进展", "完成情况", "摘要",
     "note", "notes", "remark", "remarks", "comment", "comments", "description"),
)  # fmt: skip
WHO = FormColumn(
    "who", ("经办人", "填报人", "记录人", "责任人", "负责人", "who", "person", "handler", "owner")
)  # fmt: skip
STATE = FormColumn("state", ("状态", "记录状态", "state"))
ACT = FormColumn("act", ("动作", "记录动作", "act", "entryact"))
STEPS = FormColumn("steps", ("步骤编号", "完成步骤", "steps", "donesteps"))
ENTRY_ID = FormColumn("id", ("记录标识", "记录号", "entryid", "recordid"))

COLUMNS = (DAY, GOAL, TARGET, AMOUNT, DENOMINATOR, UNIT, DONE, NOTE, WHO, STATE, ACT, STEPS, ENTRY_ID)

_OWN = frozenset(name for column in COLUMNS for name in column.own)
_ID_OF = {name: column.id for column in COLUMNS for name in column.names}
_TAIL = re.compile(r"[\s*＊:：]+$|[（(\[【][^（(\[【]*[）)\]】][\s*＊:：]*$")
_UNIT_TAIL = re.compile(r"[（(\[【](?:单位[:：])?([^（(\[【）)\]】]{1,12})[）)\]】][\s*＊:：]*$")


def column_of(heading: str, breakdowns: Iterable[str]) -> str | None:
    """Return the id of the column that a heading names, `breakdown:KEY` for one of `breakdowns`; None for neither."""
    whole, bare = folded(heading), folded(_TAIL.sub("", heading.strip()))
    key = next((key for key in breakdowns if folded(key) in (whole, bare)), None)
    return _ID_OF.get(bare) if key is None else f"breakdown:{key}"


def is_own_name(heading: str) -> bool:
    """Tell whether a heading is the first name of its column, which comes before other names of the same."""
    return folded(_TAIL.sub("", heading.strip())) in _OWN


def unit_in(heading: str) -> str | None:
    """Return the unit that a heading names in brackets: 场 of `数量（场）`."""
    match = _UNIT_TAIL.search(heading)
    return match[1].strip() if match else None


class Choice(NamedTuple):
    """What a person chooses in the column for the goal."""

    label: str
    goal: Goal
    target: Target
    step: Step | None = None


def choices(goals: Sequence[Goal]) -> tuple[Choice, ...]:
    """Return the choices for these goals, in their order; no two labels are the same."""
    found: dict[str, Choice] = {}
    titles = [folded(goal.title) for goal in goals]
    for goal in goals:
        name = goal.title if titles.count(folded(goal.title)) == 1 else f"{goal.title}（{goal.id}）"
        for choice in _of_goal(goal, name):
            unique = choice.label if folded(choice.label) not in found else f"{choice.label}（{goal.id}）"
            found[folded(unique)] = choice._replace(label=unique)
    return tuple(found.values())


def chosen(goals: Sequence[Goal]) -> dict[str, Choice]:
    """Return the choices by their folded labels, also as they are under an alias that one goal alone has.

    A form that was made before a goal was renamed bears its old title.
    """
    aliases = Counter(folded(alias) for goal in goals for alias in goal.aliases)
    found = {folded(choice.label): choice for choice in choices(goals)}
    for goal in goals:
        for alias in (each for each in goal.aliases if aliases[folded(each)] == 1):
            for choice in _of_goal(goal, alias):
                found.setdefault(folded(choice.label), choice)
    return found


def title_in(label: str) -> str:
    """Return the title in the label of a choice: what stands before a target's unit or a step."""
    return _TAIL.sub("", label.partition("：")[0].strip())


def _of_goal(goal: Goal, name: str) -> list[Choice]:
    first = goal.targets[0]
    if first.kind == "milestone":
        steps = first.terms[-1].steps
        return [
            Choice(name, goal, first),
            *(Choice(f"{name}：{step.title}", goal, first, step) for step in steps if len(steps) > 1),
        ]
    if len(goal.targets) == 1:
        return [Choice(name, goal, first)]
    units = [target.unit for target in goal.targets]
    return [
        Choice(f"{name}（{target.unit if target.unit and units.count(target.unit) == 1 else target.id}）", goal, target)
        for target in goal.targets
    ]


PLAN_LABELS = ("计划编号", "planid")
"""How the cell before the plan's id is named, folded."""

OWN_SHEETS = frozenset(("选项", "指标进展", "lists", "standing"))
"""How the sheets of a form are named that nobody fills in, folded."""

COMPLETED = frozenset(
    ("完成", "已完成", "办结", "已办结", "是", "√", "✓", "✔", "done", "completed", "yes", "y", "true", "1")
)
"""What stands in the column `done` of a step that is completed, folded."""

ACTS = {
    "记录": "log", "log": "log", "完成": "done", "done": "done",
    "更正": "fix", "fix": "fix", "作废": "void", "void": "void",
}  # fmt: skip
"""What stands in the column `act` of an exported ledger, folded."""

WITHDRAWN = frozenset(("作废", "已作废", "已更正", "被更正", "void", "corrected"))
"""What stands in the column `state` of an entry that does not count any more, folded."""
