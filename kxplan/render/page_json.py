"""A page as JSON: every figure under the key of its column, in the shape of `--json`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from kxplan.dates import Period
from kxplan.locale import Translator
from kxplan.render import numbers
from kxplan.render.cells import NO_SIGNS, bare_points, cell_text, row_notes, words
from kxplan.render.course import course_figure
from kxplan.render.headings import heading_text
from kxplan.render.json_text import json_bytes
from kxplan.render.records import VERSION
from kxplan.reports.page import (
    Absent,
    Amount,
    Bar,
    Before,
    Curve,
    Dot,
    Entries,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    People,
    Points,
    Progress,
    Rows,
    Score,
    Share,
    Steps,
    Table,
    Value,
)
from kxplan.text import shown


def page_json(page: Page, tr: Translator) -> bytes:
    """Return `page` as one object of `--json`."""
    return json_bytes(page_record(page, tr))


def page_record(page: Page, tr: Translator) -> dict[str, object]:
    """Return what a page says to programs: its facts, its tables by their keys, and its sentences."""
    record: dict[str, object] = {
        "kxplan": VERSION,
        **{name: _plain(value, tr) for name, value in page.facts},
        "title": words(page.title, tr),
        "summary": None,
        **{key: [] for key in page.tables},
        "course": None,
        "text": _text(page, tr),
    }
    for block in page.blocks:
        match block:
            case Lights():
                record["summary"] = _summary(block)
            case Table() if block.key:
                record[block.key] = [row for group in block.groups for row in _rows(block, group, tr)]
            case Curve():
                record["course"] = _course(block, tr)
    return record


def _summary(lights: Lights) -> dict[str, object]:
    return {
        **{str(light): count for light, count in lights.counts},
        "done": lights.done,
        "score": None if lights.score is None else numbers.score(lights.score),
    }


def _text(page: Page, tr: Translator) -> list[dict[str, object]]:
    """Return the sentences of a page under the headings that they stand under."""
    parts: list[tuple[str | None, list[str]]] = [(None, [])]
    for block in page.blocks:
        if isinstance(block, Heading):
            parts.append((heading_text(block, tr), []))
        elif isinstance(block, Paragraph):
            parts[-1][1].append(words(block.words, tr))
    return [{"heading": heading, "paragraphs": paragraphs} for heading, paragraphs in parts]


def _rows(table: Table, group: Rows, tr: Translator) -> Iterator[dict[str, object]]:
    has_units = any(isinstance(value, Amount) and value.unit for row in group.rows for value in row)
    notes = row_notes(group, tr)
    for index, row in enumerate(group.rows):
        record: dict[str, object] = {}
        if group.keys:
            record["goal"], record["target"] = map(shown, group.keys[index])
        if has_units:
            record["unit"] = None
        if table.grouped_by is not None:
            record["section"] = None if group.title is None else words(group.title, tr)
        for column, value in zip(table.columns, row, strict=True):
            record.update(_cell("title" if group.keys and column.key == "goal" else column.key, value, tr))
        if table.notes_title is not None:
            record["notes"] = notes.get(index, [])
        yield record


def _cell(key: str, value: Value, tr: Translator) -> dict[str, object]:
    """Return a value under its key, and beside it what else it says."""
    match value:
        case Bar():
            return {}
        case Lamp():
            return {"light": value.light, "state": value.state, "months_in_trouble": value.months or None}
        case Steps():
            return {key: None, f"{key}_steps": value.n, **({} if value.of is None else {"steps": value.of})}
        case Entries():
            return {key: None, f"{key}_entries": value.n}
        case Before():
            return {key: None, "by": value.day.isoformat()}
        case Amount(unit=str()):
            return {key: _plain(value, tr), "unit": _unit(value.unit)}
        case Progress():
            return {
                key: _plain(Amount(value.value), tr),
                "amount": numbers.plain(value.amount),
                "unit": _unit(value.unit),
            }
    return {key: _plain(value, tr)}


def _unit(unit: str | None) -> str | None:
    return None if unit is None else shown(unit)


def _plain(value: Value, tr: Translator) -> object:  # noqa: C901, PLR0911 -- a table of kinds
    match value:
        case None | int():
            return value
        case Absent():
            return None
        case Dot():
            return value.light
        case People():
            return list(map(shown, value.names))
        case Period():
            return {"from": value.start.isoformat(), "through": value.end.isoformat()}
        case datetime() | date():
            return value.isoformat()
        case Amount():
            return None if value.value is None else numbers.plain(value.value)
        case Share():
            return None if value.value is None else numbers.attained(value.value)
        case Points():
            return None if value.value is None else bare_points(value)
        case Score():
            return None if value.value is None else numbers.score(value.value)
    return cell_text(value, tr, NO_SIGNS)


def _course(curve: Curve, tr: Translator) -> dict[str, object]:
    """Return the days of a chart and its two lines."""
    return {
        "days": [day.isoformat() for day in curve.days],
        "actual": [_plain(course_figure(curve, share), tr) for share in curve.actual],
        "expected": [_plain(course_figure(curve, share), tr) for share in curve.expected],
    }
