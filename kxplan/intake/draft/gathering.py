"""Gathering: what paragraphs and tables say, put together as one draft in the document's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import TypeGuard

from kxplan.intake.draft.deadlines import cell_deadline, deadlines, is_undated
from kxplan.intake.draft.draft import Draft, Skipped, Target, Task
from kxplan.intake.draft.found import Found, Passed
from kxplan.intake.draft.headline import Headline, headline, is_furniture
from kxplan.intake.draft.milestones import milestones
from kxplan.intake.draft.nouns import subject_of
from kxplan.intake.draft.outline import Item, is_numbered, items
from kxplan.intake.draft.owners import Owners, owners
from kxplan.intake.draft.reading import reading
from kxplan.intake.draft.source import Block, Paragraph, Table
from kxplan.intake.draft.tables import Row, caption_unit, table_rows
from kxplan.intake.draft.tense import Frame, wants
from kxplan.message import message


def gathered(blocks: Sequence[Block], file_name: str) -> Draft:
    """Return the draft of a document's blocks; `file_name` stands in for a title."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    title = headline(lines, file_name, _styled_title(blocks))
    whole = _Gathering(title)
    for block in blocks:
        if _is_page(block):
            whole.pass_over(block.text)
    points = items(_text(blocks, title))
    for place, point in enumerate(points):
        following = points[place + 1].path if place + 1 < len(points) else ()
        whole.read(point, is_leaf=following[: len(point.path)] != point.path)
    notes = (message("draft.note-swapped"),) if sum(line.count("效劳") for line in lines) > 1 else ()
    year = whole.year or title.frame.year
    last = title.years[-1] if len(title.years) > 1 and not title.has_both else year
    return Draft(title.title, title.org, year, last, tuple(whole.tasks), tuple(whole.skipped), notes)


def _styled_title(blocks: Sequence[Block]) -> str:
    """Return the only heading of the first level where it opens the document; else nothing."""
    highest = [block for block in blocks if isinstance(block, Paragraph) and block.level == 1]
    return highest[0].text if len(highest) == 1 and blocks[0] is highest[0] else ""


def _text(blocks: Sequence[Block], title: Headline) -> Iterator[Block]:
    """Return the blocks that are neither of the page around the document nor its title."""
    is_leading = True
    for block in blocks:
        if _is_page(block):
            continue
        if isinstance(block, Paragraph):
            if title.is_title(block.text, is_leading=is_leading):
                continue
            is_leading = is_leading and not is_numbered(block.text) and not _IS_TEXT.search(block.text)
        yield block


def _is_page(block: Block) -> TypeGuard[Paragraph]:
    """Whether a block belongs to the page around the document."""
    return isinstance(block, Paragraph) and is_furniture(block.text)


class _Gathering:
    """What has been read of a document so far."""

    def __init__(self, title: Headline) -> None:
        self.tasks: list[Task] = []
        self.skipped: list[Skipped] = []
        self.year: int | None = None
        """The year of the first target."""
        self._title = title
        self._path: tuple[str, ...] = ()
        self._first = 0
        """How many tasks there were when the headings `_path` began."""
        self._frames: dict[tuple[str, ...], Frame] = {(): title.frame}
        """What the text under each open heading stands in."""
        self._is_told = False
        """Whether the point before ended with what was, so that 一是…二是… in its row tell of it too."""
        self._caption = ""
        self._subject = ""
        """What the sentence before was about, for text under no heading."""

    def pass_over(self, text: str) -> None:
        """Keep the numbers of a line that is not of the document."""
        self.skipped.extend(Skipped(text, number, "docno") for number in re.findall(r"\d[\d.,]*", text))

    def read(self, point: Item, *, is_leaf: bool) -> None:
        """Read one point; the last under headings that have brought nothing yet is work without a number."""
        owned = len(self.tasks)
        if point.path != self._path:
            self._path, self._first = point.path, owned
        self._caption = caption_unit(point.path[-1]) if point.path else ""
        frame = self._frame_of(point)
        is_told = self._is_told and _IN_A_ROW.search(point.number) is not None
        for place, content in enumerate(point.contents):
            if isinstance(content, Table):
                self._read_table(content, point, frame)
                continue
            is_told = is_told and not wants("".join(content))
            for number, sentence in enumerate(content):
                frame = self._title.turned(sentence, frame)
                if is_told or self._may_look_back(sentence, point, is_first=not place, number=number):
                    is_told = self._title.looks_back(sentence, is_told=is_told)
                owned = self._read_owned(sentence, point, frame._replace(is_report=frame.is_report or is_told), owned)
        self._frames[point.path], self._is_told = frame, is_told
        if (
            is_leaf
            and len(self.tasks) == self._first
            and point.path
            and not frame.is_report
            and not _PREAMBLE.search(point.path[-1])
        ):
            self.tasks.append(Task("ongoing", point.path[-1], point.path[:-1], source=point.number))

    def _may_look_back(self, sentence: str, point: Item, *, is_first: bool, number: int) -> bool:
        """Whether what was may begin to be told here: with a paragraph under no heading, or a point without a figure."""
        if not point.path:
            return number <= 1
        return is_first and number == 0 and not any(sign.isdigit() for sign in sentence[_YEAR_CHARS:])

    def _read_owned(self, sentence: str, point: Item, frame: Frame, owned: int) -> int:
        """Read a sentence; give its owners all tasks from `owned` on, and return from which on the next are to be given."""
        self._caption = caption_unit(sentence) or self._caption
        said = owners(sentence)
        for stretch in reversed(said):
            sentence = sentence[: stretch.start] + sentence[stretch.end :]
        self._read_sentence(sentence, point, frame)
        if not said:
            return owned
        self.tasks[owned:] = [_owned(task, said[-1], frame.year) for task in self.tasks[owned:]]
        return len(self.tasks)

    def _frame_of(self, point: Item) -> Frame:
        self._frames = {path: frame for path, frame in self._frames.items() if point.path[: len(path)] == path}
        above = max(self._frames, key=len)
        frame = self._title.under(point.path[len(above) :], self._frames[above])
        if self._title.frame.is_report and not frame.is_report and len(point.path) == 1:
            self._frames[()] = frame  # a report that has come to what is planned does not turn back by itself
        return frame

    def _read_sentence(self, text: str, point: Item, frame: Frame) -> None:
        topic = _TOPIC_VERBS.sub("", point.path[-1]) if point.path else self._subject
        read = reading(text, frame, topic)
        self._subject = read.found[0].noun if read.found else subject_of(text) or self._subject
        self.skipped.extend(Skipped(*passed) for passed in read.passed)
        if read.found and self.year is None:
            self.year = frame.year
        tasks = [
            *_tasks(read.found, point.path),
            *(() if frame.is_report else self._uncounted(text, read.passed, point, frame)),
        ]
        self.tasks.extend(task._replace(source=point.number) for task in tasks)

    def _uncounted(self, text: str, passed: Sequence[Passed], point: Item, frame: Frame) -> Iterator[Task]:
        """Return the milestones and the vague quantities of a sentence."""
        for title in milestones(text):
            said = next((deadline.due for deadline in deadlines(text, frame.year) if deadline.due), None)
            yield Task("milestone", title, point.path, due=said, text=text)
        for one in passed:
            if one.reason == "vague":
                yield Task("ongoing", one.text, point.path, text=one.number)

    def _read_table(self, table: Table, point: Item, frame: Frame) -> None:
        for row in table_rows(table, frame, self._title.years, self._caption):
            self.skipped.extend(Skipped(*passed) for passed in row.reading.passed)
            found = row.reading.found
            if found and self.year is None:
                self.year = frame.year
            path = (*point.path, *row.sections)
            if found:
                self.tasks.extend(_of_row(task, row) for task in _tasks(found, (*path, row.task) if row.task else path))
            elif row.task and not frame.is_report and not _IS_TEXT.search(row.task) and not row.task.isdigit():
                self.tasks.append(
                    Task(
                        "milestone" if row.due else "ongoing",
                        row.task,
                        path,
                        lead=row.lead,
                        assist=row.assist,
                        due=row.due,
                    )
                )


_IS_TEXT = re.compile("。|.{40}")
_IN_A_ROW = re.compile("[一二三四五六七八九十]是$")
_YEAR_CHARS = 5
_PREAMBLE = re.compile(r"指导思想|总体要求|总体思路|基本原则|工作要求|背景|前言|目的意义|总体目标$|附件")
_TOPIC_VERBS = re.compile(
    r"^(?:是|要|把|将|深入|大力|着力|全面|持续|扎实|进一步|切实|不断|加强|推进|开展|做好|抓好|办好|建好|抓实|提升|完善|强化|深化|丰富|优化|打造|建强|壮大)+"
)


def _tasks(found: Sequence[Found], path: tuple[str, ...]) -> Iterator[Task]:
    """Put the targets that name one thing in one clause together (两批200块)."""
    held: list[Target] = []
    for one in found:
        target = _target(one, path)
        if held and (held[-1].noun, held[-1].text) == (target.noun, target.text) and held[-1].unit != target.unit:
            held.append(target)
            continue
        if held:
            yield _counted(held, path)
        held = [target]
    if held:
        yield _counted(held, path)


def _counted(targets: Sequence[Target], path: tuple[str, ...]) -> Task:
    first = targets[0]
    title = first.noun if first.action in first.noun else first.action + first.noun
    if len(first.action) == 1 and title.endswith(first.action):
        title = first.action + title[:-1]  # 每期印2000份 of 云溪科普
    return Task("counted", title, path, tuple(targets), due=first.due)


def _target(one: Found, path: tuple[str, ...]) -> Target:
    return Target(
        one.amount, one.unit, one.noun, one.comparator, one.text, path, due=one.due, period=one.rhythm.period, scope=one.rhythm.scope,
        flags=one.flags, asks=one.asks, action=one.action, is_level=one.is_level, baseline=one.baseline,
    )  # fmt: skip


def _owned(task: Task, said: Owners, year: int | None) -> Task:
    """Give a task and its targets their owners, where they have none."""
    undated = said.limit if is_undated(said.limit, year, is_limit=True) else ""
    return _given(task, said.lead, said.assist, cell_deadline(said.limit, year, is_limit=True), undated)


def _of_row(task: Task, row: Row) -> Task:
    return _given(task, row.lead, row.assist, row.due, row.undated)


def _given(task: Task, lead: str | None, assist: tuple[str, ...], due: date | None, undated: str) -> Task:
    asks = (message("draft.ask-day", written=undated),) if undated else ()
    targets = tuple(
        target._replace(
            lead=target.lead or lead, assist=target.assist or assist, due=target.due or due,
            asks=target.asks if target.due or _asks_day(target) else (*target.asks, *asks),
        ) for target in task.targets
    )  # fmt: skip
    return task._replace(targets=targets, lead=task.lead or lead, assist=task.assist or assist, due=task.due or due)


def _asks_day(target: Target) -> bool:
    return any(ask.id == "draft.ask-day" for ask in target.asks)
