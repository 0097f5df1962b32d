"""Titles: what the goals of a draft are called, whole words each, and no two that are different alike."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Sequence

from kxplan.intake.draft.answer import written
from kxplan.intake.draft.draft import Target, Task
from kxplan.intake.draft.rhythm import per_what


def titles(tasks: Sequence[Task], untitled: str) -> list[str]:
    """Return a title for each task; `untitled` stands in where the text gives none.

    What one title would stand for several times is told apart by the first that does: the year,
    the unit, what it is per, the heading, the lead, the day, the amount; at last by a number.
    """
    made = [whole_title(task) or untitled for task in tasks]
    for name, n in Counter(made).items():
        if n > 1:
            alike = [place for place, title in enumerate(made) if title == name]
            for place, told in zip(alike, _told_apart([tasks[place] for place in alike]), strict=True):
                made[place] += f"（{told}）" if told else ""
    return _numbered(made)


def whole_title(task: Task) -> str:
    """Return the words of a task's title, from the beginning of a word to the end of one."""
    clause = task.targets[0].text if task.targets else task.text
    title = _LEFT_OVER.sub("", " ".join(task.title.split()))
    if task.targets and _goes_on(title, clause):
        title += "数"
    title = title or _NUMBER.split(clause)[0] or (task.section[-1] if task.section else "")
    return _shortened(title).strip(_MARKS)


def _goes_on(title: str, clause: str) -> bool:
    """Whether the clause has 数 where the title ends: 参与人数, 有效利用系数."""
    ends = (title[-length:] for length in range(len(title), 1, -1))
    end = next((end for end in ends if end in clause), "")
    return bool(end) and _COUNTS.match(clause, clause.find(end) + len(end)) is not None


_LEFT_OVER = re.compile("^(?:以上|以下|以内|左右)(?=.{2})")
"""What followed the number, where the noun stands elsewhere."""
_COUNTS = re.compile("数(?![据字码学十百千万两二三四五六七八九])")
_NUMBER = re.compile(r"\d")
_LONGEST = 40
_MARKS = " ，。；：、！？.,;:"


def _shortened(title: str) -> str:
    """Cut a long title at the last mark in it; where it has none, say that it goes on."""
    if len(title) <= _LONGEST:
        return title
    cut = max(title.rfind(mark, 0, _LONGEST) for mark in "，；：。、")
    return title[:cut] if cut > 0 else title[: _LONGEST - 1] + "…"


def _told_apart(tasks: Sequence[Task]) -> list[str]:
    """Return what tells each of some tasks from the others; empty where nothing does, or needs to."""
    told = [""] * len(tasks)
    for difference in _DIFFERENCES:
        words = [difference(task) for task in tasks]
        for before in set(told):
            alike = [place for place, one in enumerate(told) if one == before]
            if len({words[place] for place in alike}) > 1:
                for place in alike:
                    told[place] = _joined(told[place], words[place])
    return told


def _joined(told: str, more: str) -> str:
    return more if more.endswith(told) else "，".join(filter(None, (told, more)))


def _year(task: Task) -> str:
    if task.due:
        return f"{task.due.year}年"
    opening = _OPENS_WITH_YEAR.match(task.targets[0].text if task.targets else task.text)
    return opening[1] if opening else ""


_OPENS_WITH_YEAR = re.compile(r"[到在]?(20\d\d年)(?!的|[底末]的)")


def _units(task: Task) -> str:
    return "、".join(dict.fromkeys(target.unit for target in task.targets if target.unit))


def _per(task: Task) -> str:
    return "、".join(dict.fromkeys(filter(None, map(_per_of, task.targets))))


def _per_of(target: Target) -> str:
    return per_what(target.period, target.scope or "")


def _heading(task: Task) -> str:
    inner = [one for one in task.section if one != task.title]
    return _shortened(inner[-1]).strip(_MARKS) if inner else ""


def _day(task: Task) -> str:
    return str(task.due or "")


def _amounts(task: Task) -> str:
    return "、".join(f"{written(target.amount)}{target.unit}" for target in task.targets if target.amount is not None)


_DIFFERENCES: tuple[Callable[[Task], str], ...] = (
    _year,
    _units,
    _per,
    _heading,
    lambda task: task.lead or "",
    _day,
    _amounts,
)


def _numbered(names: Sequence[str]) -> list[str]:
    """Number what is alike all the same."""
    taken = Counter(names)
    seen: Counter[str] = Counter()
    made = []
    for name in names:
        seen[name] += 1
        made.append(f"{name}（之{seen[name]}）" if taken[name] > 1 else name)
    return made
