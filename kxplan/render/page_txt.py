"""A page as plain paragraphs: short sentences to paste into WeChat, without tables, markup or signs."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from kxplan.locale import Translator
from kxplan.render.cells import NO_SIGNS, cell_text, state_text, words
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
    for index, row in enumerate(group.rows):
        yield _sentence(table.columns, row, index + 1, tr)
        for at, note in group.notes:
            if at == index:
                yield tr("report.note", note=words(note, tr, NO_SIGNS).replace("\n", " "))


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
    for day, actual, expected in zip(curve.days, curve.actual, curve.expected, strict=True):
        said = "report.course-ahead" if actual is None else "report.course-point"
        yield tr(said, day=day, actual=_score(actual, tr), expected=_score(expected, tr))


def _score(share: Fraction | None, tr: Translator) -> str:
    return cell_text(Score(None if share is None else share * 100), tr)
