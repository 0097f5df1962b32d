"""Tables: the rows of a 任务分解表 as readings with owners and due days."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from kxplan.intake.draft.columns import Column, columns, is_head, is_unit, unit_in_brackets, without_unit
from kxplan.intake.draft.deadlines import cell_deadline, is_undated
from kxplan.intake.draft.figures import figures
from kxplan.intake.draft.found import Found, Passed, Reading
from kxplan.intake.draft.owners import names
from kxplan.intake.draft.reading import reading
from kxplan.intake.draft.source import Cell, Table
from kxplan.intake.draft.tense import Frame
from kxplan.message import message


class Row(NamedTuple):
    """One row of a task table."""

    sections: tuple[str, ...]
    task: str
    reading: Reading
    lead: str | None = None
    assist: tuple[str, ...] = ()
    due: date | None = None
    """The row's; a target's own goes before it."""
    undated: str = ""
    """Its deadline as it stands, where that lacks nothing but the year."""


def table_rows(table: Table, frame: Frame, years: Sequence[int], unit: str = "") -> list[Row]:
    """Return the rows of a table that promise or tell something.

    `years` are the plan's, two or more for a multi-year scheme; `unit` is the one that the words
    above the table give to bare numbers (单位：万元).
    """
    grid = _upright(table.rows)
    bands, head, body = _cut(grid)
    if not head:
        return list(_headless(body, frame))
    below = [[row[place].text for row in body] for place in range(len(head))]
    shape = columns(head, below, frame, years)
    unit = unit or next((found for band in bands if (found := caption_unit(band))), "")
    rows: list[Row] = []
    section: tuple[str, ...] = ()
    for cells in body:
        band = _band(cells)
        if band is not None:
            section = (band,)
            continue
        rows.append(_row(cells, shape, frame, years, unit, section))
    return _totals_checked(rows)


_CAPTION = re.compile(r"(?:计量|计数|金额|资金)?单位[：:]\s*([百千万亿]*[\u4e00-\u9fff%]{1,4})(?![\u4e00-\u9fff])")


def caption_unit(text: str) -> str:
    """Return the unit that a caption like （单位：万元） gives; empty where it gives none."""
    return next((match[1] for match in _CAPTION.finditer(text) if is_unit(match[1])), "")


_Grid = Sequence[Sequence[Cell]]


def _upright(grid: _Grid) -> _Grid:
    """Turn a table whose heads stand in its first column."""
    if not grid or is_head([cell.text for cell in grid[0]]):
        return grid
    first = [row[0].text for row in grid if _band(row) is None]
    width = max(len(row) for row in grid)
    if width == _HEAD_AND_VALUE and len(first) > 1 and is_head(first):
        return [list(column) for column in zip(*[row for row in grid if _band(row) is None], strict=True)]
    return grid


_HEAD_AND_VALUE = 2


def _cut(grid: _Grid) -> tuple[list[str], list[str], _Grid]:
    """Return the bands above the head, the head by column and the rows below it."""
    bands: list[str] = []
    for place, row in enumerate(grid):
        band = _band(row)
        if band is not None:
            bands.append(band)
            continue
        texts = [cell.text for cell in row]
        if not is_head(texts):
            return bands, [], grid
        end = place + 1
        while end < len(grid) and _goes_on(grid[end], grid[end - 1]):
            texts = [
                text if text == cell.text else text + cell.text for text, cell in zip(texts, grid[end], strict=True)
            ]
            end += 1
        return bands, texts, grid[end:]
    return bands, [], []


def _goes_on(row: Sequence[Cell], above: Sequence[Cell]) -> bool:
    """Whether a head has a second line: some of its cells are merged downwards into it."""
    return any(
        not cell.begins and cell.text and cell.text == over.text and over.text
        for cell, over in zip(row, above, strict=True)
    )


def _band(row: Sequence[Cell]) -> str | None:
    """Return the text of a row that is one merged cell."""
    filled = [cell for cell in row if cell.begins and cell.text]
    is_merged = (
        len(row) > 1 and all(cell.text == row[0].text for cell in row) and not any(cell.begins for cell in row[1:])
    )
    return filled[0].text if is_merged and filled else None


def _headless(body: _Grid, frame: Frame) -> Iterator[Row]:
    for cells in body:
        texts = [cell.text for cell in cells if cell.begins and cell.text]
        topic = next((text for text in texts if not any(sign.isdigit() for sign in text)), "")
        unit = next((unit for cell in cells if (unit := unit_in_brackets(cell.text))), "")
        readings, label = [], topic
        for text in texts:
            is_value = bool(unit) and _BARE.fullmatch(text) is not None
            about = label.removeprefix("其中：") if is_value else topic
            readings += [
                reading(line, frame, about, column_unit=unit if is_value else "", is_bare=is_value)
                for line in text.split("\n")
            ]
            label = text
        yield Row((), topic, _merged(readings))


def _row(
    cells: Sequence[Cell],
    shape: Sequence[Column],
    frame: Frame,
    years: Sequence[int],
    unit: str,
    section: tuple[str, ...],
) -> Row:
    tasks = [
        without_unit(cell.text.replace("\n", ""))
        for cell, column in zip(cells, shape, strict=True)
        if column.role == "task" and cell.text
    ]
    while len(tasks) > 1 and not _NAMES_A_TASK.fullmatch(tasks[-1]):
        tasks.pop()
    owner = next((cell.text for cell, column in zip(cells, shape, strict=True) if column.role == "owner"), "")
    task = tasks[-1] if tasks else owner
    unit = _own_unit(cells, shape) or unit
    readings = []
    named = tasks[:]
    for cell, column in zip(cells, shape, strict=True):
        if cell.begins and cell.text and column.role in _READ:
            readings.append(_cell(cell.text, column, frame, named, unit, years))
        label = _LABEL.match(cell.text) if column.role == "target" else None
        named = [*tasks, label[0]] if label else named
    leads = _names(cells, shape, "lead")
    return Row(
        (*section, *tasks[:-1]), task or _first_text(cells), _merged(readings),
        leads[0] if leads else None, (*leads[1:], *_names(cells, shape, "assist")), *_due(cells, shape, frame),
    )  # fmt: skip


_NAMES_A_TASK = re.compile(r"(?:\d{1,3}(?=[-—]?\d{0,2}周?岁)|[-—]?\d{1,3}(?=周?岁)|[^\d，；。]){1,24}")
"""Of several columns with words the last that is a name; one that tells how is read for figures only."""
_LABEL = re.compile(r"[\u4e00-\u9fff“”《》]{3,20}(?=$|[（；。\n])")
"""What the cell beside a number says of it: 安装独立感烟报警器 | 1500只."""


def _own_unit(cells: Sequence[Cell], shape: Sequence[Column]) -> str:
    """Return the unit of a row's bare numbers: its own cell's, or what its words name in brackets."""
    told = [cell.text for cell, column in zip(cells, shape, strict=True) if column.role == "unit"]
    words = [
        unit_in_brackets(cell.text)
        for cell, column in zip(cells, shape, strict=True)
        if column.role in ("task", "target") and not any(sign.isdigit() for sign in cell.text)
    ]
    return next((unit for unit in (*told, *words) if unit), "")


_READ = frozenset({"target", "share", "task", "other", "fact", "note", "score"})


def _cell(text: str, column: Column, frame: Frame, tasks: Sequence[str], unit: str, years: Sequence[int]) -> Reading:
    is_scheme = len(years) > 1
    if column.role == "score":
        return Reading(passed=tuple(Passed(text, text, "spec") for _ in figures(text)[:1]))
    if column.role == "fact":
        frame = frame._replace(is_report=True)
    if is_scheme and column.year is not None:
        frame = frame._replace(year=column.year)
    if column.role == "target" and column.year in years:
        frame = frame._replace(is_report=False)
    is_value = column.role in ("target", "share", "fact") and _BARE.fullmatch(text) is not None
    topic = _topic(column, tasks, is_value=is_value)
    if unit.endswith("元") and _IS_COUNTED.search(topic):
        unit = ""
    is_unsaid = column.role == "share" and not (column.unit or unit)
    lines = [(text, topic)] if is_value else _lines(text, topic)
    found = _merged(
        [
            reading(
                line,
                frame,
                about,
                column_unit=(column.unit or unit) if is_value else "",
                is_bare=is_value and not is_unsaid,
            )
            for line, about in lines
        ]
    )
    if is_scheme and column.year is not None:
        end = date(column.year, 12, 31)
        found = found._replace(found=tuple(target._replace(due=target.due or end) for target in found.found))
    return found


def _lines(text: str, topic: str) -> Iterator[tuple[str, str]]:
    """Return the sentences of a cell, each with what it is about: a number alone is about the line above it."""
    above = topic
    for line in text.split("\n"):
        about = above if _BARE.fullmatch(line) else topic
        above = line if _LABEL.fullmatch(line) else topic
        yield from ((part, about) for part in re.split(r"(?<=[。！？])", line) if part)


_BARE = re.compile(
    r"[≥≤><=约近不少于低超过高至多最大小达到完成增加新净提升长\s]*(?:[\d,.]+[百千万亿]?|[一二两三四五六七八九十百千万]+|[xX×*_]+)(?:[-—–~～至][\d.,]+万?)?[余多]?(?:[\u4e00-\u9fff%‰]{0,4}?)(?:以上|以内|左右|以下)?"
)


_IS_COUNTED = re.compile(r"(?:人|次|户|场|件|个|家|台)数|面积|场次|人次|[^税利费]率")
"""Under 金额单位：万元 these are no money."""


def _topic(column: Column, tasks: Sequence[str], *, is_value: bool) -> str:
    """What a cell without a noun counts: the row's task, or in a matrix the head of the column."""
    if is_value and column.head and not _GENERIC.fullmatch(column.head):
        return (tasks[-1] if tasks else "") + column.head
    return tasks[-1] if tasks else column.head


_GENERIC = re.compile(
    r"(?:全年|合计|总计|年度|工作|总体|具体|主要|考核|计划|预期|目标|指标|任务|数量|规模|要求|值|数|内容|量化|标准|及|和|与|年|完成|安排|（.*?）|量)*"
)


def _names(cells: Sequence[Cell], shape: Sequence[Column], role: str) -> tuple[str, ...]:
    return tuple(
        name for cell, column in zip(cells, shape, strict=True) if column.role == role for name in names(cell.text.replace("\n", "、"))
    )  # fmt: skip


def _due(cells: Sequence[Cell], shape: Sequence[Column], frame: Frame) -> tuple[date | None, str]:
    """Return the day of a row, and the words of a day that lacks the year."""
    limits = [
        (cell.text, column.role == "due")
        for cell, column in zip(cells, shape, strict=True)
        if column.role in ("due", "when")
    ]
    days = [day for text, is_limit in limits if (day := cell_deadline(text, frame.year, is_limit=is_limit))]
    undated = [text for text, is_limit in limits if is_undated(text, frame.year, is_limit=is_limit)]
    return (days[0] if days else None), ("" if days or not undated else undated[0])


def _first_text(cells: Sequence[Cell]) -> str:
    return next((cell.text for cell in cells if cell.text and not cell.text.isdigit()), "")


def _merged(readings: Sequence[Reading]) -> Reading:
    return Reading(
        tuple(found for part in readings for found in part.found),
        tuple(passed for part in readings for passed in part.passed),
    )


_TOTAL = re.compile(r"(?:合|总|小)计|总数|全[区县市镇乡]合计")


def _totals_checked(rows: list[Row]) -> list[Row]:
    """Flag a part above the 合计 of its column, together with the total."""
    totals = [place for place, row in enumerate(rows) if _TOTAL.fullmatch(row.task.replace(" ", "") or "-")]
    for place in totals:
        width = len(rows[place].reading.found)
        alike = [other for other, row in enumerate(rows) if other not in totals and len(row.reading.found) == width]
        for column in range(width):
            total = rows[place].reading.found[column]
            above = [other for other in alike if _exceeds(rows[other].reading.found[column], total)]
            reason = message("draft.part-over-total", unit=total.unit, total=total.amount)
            for index in (place, *above) if above else ():
                rows[index] = _flagged(rows[index], column, reason)
    return rows


def _exceeds(part: Found, total: Found) -> bool:
    return part.unit == total.unit and (part.amount or Decimal(0)) > (
        total.amount if total.amount is not None else Decimal("Infinity")
    )


def _flagged(row: Row, column: int, reason: Any) -> Row:
    found = list(row.reading.found)
    found[column] = found[column]._replace(flags=(*found[column].flags, reason))
    return row._replace(reading=row.reading._replace(found=tuple(found)))
