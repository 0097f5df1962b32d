"""A page as plain paragraphs: short sentences to paste into WeChat, without tables, markup or signs."""

from __future__ import annotations

from collections.abc import Iterator

from kxplan.locale import Translator
from kxplan.render.cells import NO_SIGNS, cell_text, row_notes, state_text, words
from kxplan.render.course import course_figure, course_names
from kxplan.render.headings import heading_text
from kxplan.reports.page import (
    Block,
    Column,
    Curve,
    Fields,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    Rows,
    Score,
    Table,
    Value,
)

_TITLES = ("goal", "name")
"""The columns that say what a row is of."""


def page_txt(page: Page, tr: Translator) -> bytes:
    """Return `page` as lines of text, each a paragraph, in UTF-8; empty lines stand before headings and groups."""
    lines = [words(page.title, tr, NO_SIGNS), ""]
    for block in page.blocks:
        lines += _lines(block, tr)
    return ("\n".join(lines).rstrip() + "\n").encode()


def _lines(block: Block, tr: Translator) -> Iterator[str]:
    match block:
        case Heading():
            yield from ("", heading_text(block, tr, NO_SIGNS))
        case Paragraph():
            yield words(block.words, tr, NO_SIGNS)
        case Lights():
            yield _lights(block, tr)
        case Fields():
            yield from (_fact(words(label, tr), cell_text(value, tr, NO_SIGNS), tr) for label, value in block.pairs)
        case Table():
            for group in block.groups:
                if group.title is not None:
                    yield from ("", words(group.title, tr))
                yield from _rows(block, group, tr)
        case Curve():
            yield from _course(block, tr)


def _lights(lights: Lights, tr: Translator) -> str:
    counts = [tr("words.count", word=tr(f"words.light.{light}"), count=count) for light, count in lights.counts]
    return tr(
        "report.lights",
        counts=tr("report.comma").join(counts),
        done=tr("words.count", word=tr("words.done"), count=lights.done),
        score=tr("words.score", score=cell_text(Score(lights.score), tr, NO_SIGNS)),
    )


def _rows(table: Table, group: Rows, tr: Translator) -> Iterator[str]:
    notes = row_notes(group, tr)
    for index, row in enumerate(group.rows):
        yield _sentence(table.columns, row, index + 1, tr)
        for note in notes.get(index, ()):
            yield tr("report.note", note=note.replace("\n", " "))


def _sentence(columns: tuple[Column, ...], row: tuple[Value, ...], number: Value, tr: Translator) -> str:
    """Return a row as a sentence: what it is of, who leads it, and each figure with its word."""
    cells = {column.key: value for column, value in zip(columns, row, strict=True)}
    heads = {column.key: words(column.title, tr, NO_SIGNS) for column in columns}
    title = cell_text(cells.pop(next((key for key in _TITLES if key in cells), columns[0].key)), tr, NO_SIGNS)
    lead = cell_text(cells.pop("lead", None), tr, NO_SIGNS)
    if isinstance(cells.get("number"), int):
        number = cells.pop("number")
    facts = [fact for key, value in cells.items() if (fact := _told(heads[key], value, tr))]
    told = {"number": number, "title": title, "lead": tr("report.row-lead", lead=lead) if lead else ""}
    return tr("report.row", facts=tr("report.comma").join(facts), **told) if facts else tr("report.row-bare", **told)


def _told(label: str, value: Value, tr: Translator) -> str:
    """Return a figure with its word; a light is its own word, and nothing says nothing."""
    if isinstance(value, Lamp):
        state = state_text(value, tr)
        return state if value.light == "none" else tr(f"report.lamp.{value.light}", state=state)
    text = cell_text(value, tr, NO_SIGNS)
    return _fact(label, text, tr) if text else ""


def _fact(label: str, value: str, tr: Translator) -> str:
    return tr("report.fact", label=label, value=value)


def _course(curve: Curve, tr: Translator) -> Iterator[str]:
    """Tell each day of a chart in a sentence: what was reached and what was due; of days to come what is due."""
    for day, actual, expected in zip(curve.days, curve.actual, curve.expected, strict=True):
        names = zip(course_names(curve), (actual, expected), strict=True)
        figures = [(name, course_figure(curve, share)) for name, share in names if share is not None]
        facts = [_fact(tr(name), cell_text(figure, tr), tr) for name, figure in figures]
        yield tr("report.course-point", day=day, facts=tr("report.comma").join(facts))
