"""Plan text: a draft as a plan file that a person can finish in ten minutes."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import NamedTuple

from kxplan.intake.draft.draft import Draft, Target, Task
from kxplan.intake.draft.marks import Waiting, waiting
from kxplan.intake.draft.promises import Promise, promise
from kxplan.intake.draft.span import dated
from kxplan.intake.draft.titles import titles, whole_title
from kxplan.locale import Translator
from kxplan.message import Message, message


def plan_text(draft: Draft, *, plan_id: str, year: int, tr: Translator) -> str:
    """Return the YAML of `draft` for the year `year` or, where the draft spans several, from it on.

    Each target carries its clause as a comment, damage and open questions stand beside it. What
    cannot be written without a decision stands as work without a number.
    """
    last = draft.last_year if draft.last_year is not None and draft.last_year > year else year
    return _Writer(dated(draft, year), date(year, 1, 1), date(last, 12, 31), tr).text(plan_id)


class _Branch(NamedTuple):
    """A section to be written: its tasks and the sections in it, by title.

    The innermost points of the text are no sections: each stands as a comment above its goals, so
    that these keep the document's order.
    """

    tasks: list[tuple[Task, str]]
    """Each with the title of its goal."""
    branches: dict[str, _Branch]


class _Writer:
    """Writes one draft; sections and goals are numbered in the document's order."""

    def __init__(self, draft: Draft, start: date, end: date, tr: Translator) -> None:
        self._draft, self._start, self._end, self._tr = draft, start, end, tr
        self._goals = self._sections = 0
        self._ends = {(whole_title(task), task.due) for task in draft.tasks}

    def text(self, plan_id: str) -> str:
        body = "".join(f"{line}\n" for line in self._lines(plan_id))
        return "".join(f"{line}\n" for line in self._head(waiting(body))) + body

    def _head(self, left: Waiting) -> Iterator[str]:
        draft, tr = self._draft, self._tr
        yield _comment("", tr("draft.write-head", targets=len(draft.targets), **left.counts))
        if draft.facts:
            yield _comment("", tr("draft.left-out", n=len(draft.facts)))

    def _lines(self, plan_id: str) -> Iterator[str]:
        draft, tr = self._draft, self._tr
        for note in draft.notes:
            yield self._doubt("", note)
        yield f"plan: {plan_id}"
        yield f"title: {_scalar(draft.title or tr('draft.write-untitled'))}"
        yield from [f"org: {_scalar(draft.org)}"] if draft.org else []
        if draft.year is None:
            yield self._ask("", message("draft.write-year", year=str(self._start.year)))
        yield self._period()
        yield "defaults:"
        yield self._ask("  ", message("draft.write-lead" if draft.org else "draft.write-no-lead"))
        yield f"  lead: {_item(draft.org or tr('draft.write-nobody'))}"
        yield self._ask("  ", message("draft.write-reporting"))
        yield "  #reporting: monthly"  # so that the line is right when no more than its sign is deleted
        yield "sections:"
        yield from self._branches(self._tree(), "  ")

    def _ask(self, indent: str, what: Message) -> str:
        return _comment(indent, self._tr("draft.write-ask", what=what))

    def _doubt(self, indent: str, why: Message) -> str:
        return _comment(indent, self._tr("draft.write-flag", why=why))

    def _period(self) -> str:
        if self._start.year == self._end.year:
            return f"period: {self._start.year}"
        return f"period: {{start: {self._start}, end: {self._end}}}"

    def _tree(self) -> dict[str, _Branch]:
        root = _Branch([], {})
        inner = {task.section[:place] for task in self._draft.tasks for place in range(1, len(task.section))}
        for task, title in zip(self._draft.tasks, self._titles(), strict=True):
            branch = root
            is_point = len(task.section) > 1 and task.section not in inner
            for heading in (task.section[:-1] if is_point else task.section) or (self._tr("draft.write-everything"),):
                branch = branch.branches.setdefault(heading, _Branch([], {}))
            branch.tasks.append((task, title))
        return root.branches or {self._tr("draft.write-everything"): _Branch([], {})}

    def _titles(self) -> list[str]:
        return titles(self._draft.tasks, self._tr("draft.write-no-title"))

    def _branches(self, branches: dict[str, _Branch], indent: str) -> Iterator[str]:
        for title, branch in branches.items():
            self._sections += 1
            yield f"{indent}- id: s{self._sections}"
            yield f"{indent}  title: {_scalar(title)}"
            if branch.tasks:
                yield f"{indent}  goals:"
                point: tuple[str, ...] = ()
                for task, named in branch.tasks:
                    if task.section != point and task.section[-1:] not in ((), (title,), (task.title,)):
                        yield _comment(indent + "    ", f"{task.source} {task.section[-1]}".strip())
                    point = task.section
                    yield from self._goal(task, named, indent + "    ")
            if branch.branches:
                yield f"{indent}  sections:"
                yield from self._branches(branch.branches, indent + "    ")

    def _goal(self, task: Task, title: str, indent: str) -> Iterator[str]:
        self._goals += 1
        yield f"{indent}- id: g{self._goals}"
        inner = indent + "  "
        yield f"{inner}title: {_scalar(title)}"
        yield from [f"{inner}lead: {_item(task.lead)}"] if task.lead else []
        assist = [name for name in dict.fromkeys(task.assist) if name != task.lead]
        yield from [f"{inner}assist: [{', '.join(map(_item, assist))}]"] if assist else []
        yield from [f"{inner}source: {_scalar(task.source)}"] if task.source else []
        if task.kind == "milestone":
            yield from self._milestone(task, inner)
        elif task.kind == "ongoing":
            yield from [self._ask(inner, message("draft.write-vague", written=task.text))] if task.text else []
        else:
            begins = self._begins(task)
            yield from [f"{inner}from: {begins}"] if begins != self._start else []
            yield from self._targets(task.targets, inner, begins)

    def _milestone(self, task: Task, indent: str) -> Iterator[str]:
        if task.text:
            yield _comment(indent, self._tr("draft.write-source", text=task.text))
        if task.due is not None and self._start <= task.due <= self._end:
            yield f"{indent}due: {task.due}"
            return
        said = "draft.write-no-day" if task.due is None else "draft.write-outside"
        yield self._ask(indent, message(said, due=task.due or self._end))
        yield f"{indent}due: {self._end}"

    def _begins(self, task: Task) -> date:
        """Return the first day of a task: of one that each year has anew (one column of a table for each) its year's."""
        if task.due is None or task.due.year <= self._start.year or not self._is_inside(task.targets[0]):
            return self._start
        years_before = (whole_title(task), date(task.due.year - 1, 12, 31))
        is_yearly = task.due == date(task.due.year, 12, 31) and years_before in self._ends
        return date(task.due.year, 1, 1) if is_yearly else self._start

    def _targets(self, targets: Sequence[Target], indent: str, start: date) -> Iterator[str]:
        promised = [(target, promise(target, start, self._end)) for target in targets]
        open_ones = [pair for pair in promised if pair[1].value is not None]
        if len(open_ones) < 2:
            for target, made in promised:
                yield from self._remarks(target, made, indent)
                yield from self._single(target, made, indent)
            return
        for target, made in promised:
            if made.value is None:
                yield from self._remarks(target, made, indent)
        yield f"{indent}targets:"
        for number, (target, made) in enumerate(open_ones, 1):
            yield from self._remarks(target, made, indent + "  ")
            yield f"{indent}  t{number}: {self._extended(target, made)}"

    def _single(self, target: Target, made: Promise, indent: str) -> Iterator[str]:
        if made.value is None:
            return
        yield f"{indent}target: {made.value}"
        if self._is_inside(target):
            yield f"{indent}by: {target.due}"
        if made.pace:
            yield f"{indent}pace: {made.pace}"

    def _extended(self, target: Target, made: Promise) -> str:
        """Put day and pace into the target's own mapping."""
        value = made.value or ""
        more = [f"by: {target.due}"] if self._is_inside(target) else []
        more += [f"pace: {made.pace}"] if made.pace else []
        inside = value[1:-1] if value.startswith("{") else f"amount: {value}"
        return f"{{{', '.join([inside, *more])}}}" if more else value

    def _is_inside(self, target: Target) -> bool:
        return target.due is not None and self._start <= target.due <= self._end

    def _remarks(self, target: Target, made: Promise, indent: str) -> Iterator[str]:
        yield _comment(indent, self._tr("draft.write-source", text=target.text))
        for flag in target.flags:
            yield self._doubt(indent, flag)
        # A mean needs no total, and the total of any other scope is asked for in the promise.
        asks = [ask for ask in target.asks if ask.id != "draft.ask-scope"]
        for ask in (*asks, *made.remarks):
            yield self._ask(indent, ask)
        is_asked = any(ask.id == "draft.ask-other-year" for ask in asks)
        if target.due is not None and not self._is_inside(target) and not is_asked:
            yield self._ask(indent, message("draft.write-outside", due=target.due))


_PLAIN = re.compile(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9（）“”《》·—、，]*")
_ITEM_MARKS = str.maketrans("，、；：", "    ")


def _comment(indent: str, text: str) -> str:
    return f"{indent}# " + " ".join(text.split())


def _scalar(text: str) -> str:
    """Write a text as YAML, in quotes where it needs them."""
    text = " ".join(text.split())
    return text if _PLAIN.fullmatch(text) else json.dumps(text, ensure_ascii=False)


def _item(text: str) -> str:
    """Write a name for a flow list, where the marks that separate names may not stand."""
    return _scalar(text.translate(_ITEM_MARKS))
