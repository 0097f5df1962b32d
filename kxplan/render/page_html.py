"""The page as one HTML file: nothing fetched, nothing run, for screens of any width and for A4."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from datetime import date
from hashlib import sha256

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, cell_text, row_notes, words
from kxplan.render.colours import COLOURS
from kxplan.render.course import course_table
from kxplan.render.headings import heading_text
from kxplan.render.paper import Part, is_wide, needs, parts_of
from kxplan.render.plain import score_text
from kxplan.render.svg import BAR_WIDTH, STRIP_WIDTH, bar_drawing, chart, strip_segments
from kxplan.render.template import filled
from kxplan.reports.page import (
    Amount,
    Bar,
    Before,
    Block,
    Curve,
    Dot,
    Entries,
    Fields,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    Points,
    Progress,
    Rows,
    Score,
    Share,
    Steps,
    Table,
    Value,
)

_FEWEST_LISTED = 4
"""How many parts a page has before it gets a table of contents."""
_TITLES = ("goal", "name", "title", "section")
"""Columns that say what a row is of."""
_WIDE_BLANK = "\u3000"
"""What stands between the pieces of a title, each of which stays on a line where it can."""

View = dict[str, object]


def page_html(page: Page, tr: Translator) -> bytes:
    """Return `page` as an HTML document in UTF-8; the same page gives the same bytes."""
    style = filled("page.css", colours=COLOURS)
    title = words(page.title, tr)
    found = parts_of(page)
    listed = [part for part in found if part.heading is not None]
    html = filled(
        "page.html",
        language="zh-CN" if tr.language == "zh" else "en",
        policy=_policy(style),
        style=style,
        title=title,
        title_pieces=title.split(_WIDE_BLANK),
        contents=tr("page.contents") if len(listed) >= _FEWEST_LISTED else None,
        parts=[_part_view(part, number, tr) for number, part in enumerate(found)],
        bar_width=BAR_WIDTH,
        strip_width=STRIP_WIDTH,
    )
    return html.encode()


def _policy(style: str) -> str:
    """Return a Content-Security-Policy that lets in this style sheet and nothing else. Source: W3C CSP Level 3."""
    digest = b64encode(sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def _part_view(part: Part, number: int, tr: Translator) -> View:
    return {
        "id": f"part-{number}",
        "heading": None if part.heading is None else heading_text(part.heading, tr),
        "is_wide": is_wide(part, tr),
        "blocks": [_view(block, f"block-{number}-{index}", tr) for index, block in enumerate(part.blocks)],
    }


def _view(block: Block, id: str, tr: Translator) -> View:
    match block:
        case Heading():
            return {"kind": "heading", "level": min(block.level, 6), "text": heading_text(block, tr)}
        case Paragraph():
            return {"kind": "paragraph", "tone": block.tone, "lines": words(block.words, tr).split("\n")}
        case Lights():
            return _lights_view(block, tr)
        case Fields():
            pairs = [(words(label, tr), _cell_view(value, tr)) for label, value in block.pairs]
            return {"kind": "fields", "pairs": pairs}
        case Table():
            return _table_view(block, tr)
        case Curve():
            return {"kind": "curve", "id": id, "chart": chart(block, tr), "table": _table_view(course_table(block), tr)}


def _lights_view(lights: Lights, tr: Translator) -> View:
    chips = [
        {"light": light, "sign": GLYPHS.lights[light], "word": tr(f"words.light.{light}"), "count": count}
        for light, count in lights.counts
    ]
    return {
        "kind": "lights",
        "title": tr("page.lights"),
        "segments": strip_segments(lights),
        "chips": chips,
        "facts": [tr("words.count", word=tr("words.done"), count=lights.done), score_text(lights, tr, GLYPHS)],
    }


def _table_view(table: Table, tr: Translator) -> View:
    told = [index for index, need in enumerate(needs(table, tr)) if need is not None]
    columns = [table.columns[index] for index in told]
    titles = [index for index, column in enumerate(columns) if column.key in _TITLES]
    heads = [
        {"text": words(column.title, tr), "align": column.align, "is_title": [index] == titles[:1]}
        for index, column in enumerate(columns)
    ]
    groups = [
        {
            "title": None if group.title is None else words(group.title, tr),
            "rows": list(_row_views(group, told, tr)),
        }
        for group in table.groups
    ]
    return {"kind": "table", "key": table.key, "heads": heads, "groups": groups}


def _row_views(group: Rows, told: list[int], tr: Translator) -> Iterator[View]:
    notes = row_notes(group, tr)
    for index, row in enumerate(group.rows):
        yield {"cells": [_cell_view(row[at], tr) for at in told], "notes": notes.get(index, ())}


def _cell_view(value: Value, tr: Translator) -> View:
    """Return a cell: its sign apart, because only the sign is coloured."""
    if isinstance(value, Bar):
        return {"bar": bar_drawing(value, tr)}
    text = cell_text(value, tr)
    view: View = {"bar": None, "sign": "", "light": None, "text": text, "look": ""}
    match value:
        case Lamp() | Dot(light=str()):
            sign = GLYPHS.lights[value.light or "none"]
            look = "lamp" if isinstance(value, Lamp) else "dot"
            view |= {"sign": sign, "light": value.light, "text": text.removeprefix(sign).lstrip(), "look": look}
        case Points(value=gap) if gap is not None and gap < 0:
            view["look"] = "whole short"
        case Amount() | Progress() | Steps() | Entries() | Before() | Share() | Points() | Score() | date() | int():
            view["look"] = "whole"
    return view
