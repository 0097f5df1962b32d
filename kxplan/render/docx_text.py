"""Text of a document: runs and paragraphs as elements, with Chinese marks in the Chinese typeface."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any, NamedTuple

from docx.oxml.ns import qn
from lxml.etree import SubElement

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, cell_text
from kxplan.render.colours import COLOURS
from kxplan.reports.page import Dot, Lamp, Value

_SIGNS = frozenset(GLYPHS.lights.values())
_named = cache(qn)
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


class Run(NamedTuple):
    """A piece of text in one colour."""

    text: str
    colour: str = ""
    """Six hexadecimal digits; "" for the style's own."""


def value_runs(value: Value, tr: Translator) -> list[Run]:
    """Return a value as runs: the sign of a light in its colour, all else plain."""
    text = cell_text(value, tr)
    if isinstance(value, (Lamp, Dot)) and value.light is not None:
        sign = GLYPHS.lights[value.light]
        return [Run(sign, COLOURS[value.light][1:]), Run(text.removeprefix(sign))]
    return [Run(text)]


def add_paragraph(parent: Any, style: str, runs: Sequence[Run], tr: Translator, *, keeps_next: bool = False) -> Any:
    """Add a paragraph in a style, by its id, to a cell or a body, and return it."""
    paragraph = under(parent, "w:p")
    properties = under(paragraph, "w:pPr")
    under(properties, "w:pStyle", style)
    if keeps_next:
        under(properties, "w:keepNext")
    for run in runs:
        if run.text:
            add_run(paragraph, run, tr)
    return paragraph


def add_run(paragraph: Any, run: Run, tr: Translator) -> None:
    """Add a run; signs of lights, and on a Chinese page quotes and dashes, are drawn in the Chinese typeface."""
    element = under(paragraph, "w:r")
    is_hinted = (tr.language == "zh" and not run.text.isascii()) or run.text in _SIGNS
    if is_hinted or run.colour:
        properties = under(element, "w:rPr")
        if is_hinted:
            under(properties, "w:rFonts", hint="eastAsia")
        if run.colour:
            under(properties, "w:color", run.colour)
    for number, line in enumerate(run.text.split("\n")):
        if number:
            under(element, "w:br")
        text = under(element, "w:t")
        text.text = line
        if line != line.strip():
            text.set(_SPACE, "preserve")


def under(parent: Any, tag: str, val: str | None = None, **attributes: str) -> Any:
    """Add an element and return it; `val` and the others are its attributes, in the namespace of Word."""
    element = SubElement(parent, _named(tag))
    if val is not None:
        element.set(_named("w:val"), val)
    for name, value in attributes.items():
        element.set(_named(f"w:{name}"), value)
    return element
