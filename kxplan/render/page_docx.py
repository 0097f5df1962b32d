"""The page as a Word document: an official page of A4 with real headings and tables, and nothing that runs."""

from __future__ import annotations

from datetime import date, datetime, time
from io import BytesIO
from itertools import zip_longest
from typing import Any, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT, WD_SECTION
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.section import Section
from docx.shared import Mm, Pt

from kxplan.locale import Translator
from kxplan.render.cells import words
from kxplan.render.course import course_table
from kxplan.render.docx_look import LOOKS
from kxplan.render.docx_style import dress
from kxplan.render.docx_table import fields_element, lights_element, table_element
from kxplan.render.docx_text import Run, add_paragraph, under
from kxplan.render.headings import heading_text
from kxplan.render.paper import Part, is_wide, parts_of
from kxplan.reports.page import Block, Curve, Fields, Heading, Lights, Page, Paragraph, Table

# Source: GB/T 9704-2012, 5.2.1: 天头 37 mm, 订口 28 mm, a text of 156 by 225 mm; a page on its side has its
# head at the binding.
_TOP, _RIGHT, _BOTTOM, _LEFT = Mm(37), Mm(26), Mm(35), Mm(28)
_WIDTH, _HEIGHT = Mm(210), Mm(297)
_FOOTER = Mm(25)
_STYLES = {"plain": "BodyText", "quiet": "Quiet", "strong": "Strong", "warning": "Warning", "alarm": "Alarm"}
_ABOVE_TABLE = 100
"""Twentieths of a point between a table and the line that leads to it."""
_LONGEST_PROPERTY = 255
_NO_TIME = datetime(1980, 1, 1)  # noqa: DTZ001 -- the first that a zip can tell; it has no zone
"""What stands where a time is asked for and the page has none."""


def page_docx(page: Page, tr: Translator) -> bytes:
    """Return `page` as a .docx; the same page gives the same bytes."""
    writing = _Writing(page, tr)
    found = parts_of(page)
    for part in found if found[0].blocks else found[1:] or found:
        writing.add(part)
    file = BytesIO()
    writing.document.save(file)
    return _timeless(file)


class _Writing:
    """A document while its parts are added."""

    def __init__(self, page: Page, tr: Translator) -> None:
        self._page = page
        self._tr = tr
        self._look = LOOKS[tr.language]
        self._is_wide: bool | None = None
        self.document = Document()
        dress(self.document, self._look)
        _describe(self.document, page, tr)
        _number(self.document)

    def add(self, part: Part) -> None:
        """Add a part, on a page on its side where it needs one."""
        is_first, on_side = self._is_wide is None, is_wide(part, self._tr)
        if on_side != self._is_wide:
            _lay(self.document.sections[0] if is_first else self._section(), on_side=on_side)
            self._is_wide = on_side
        if is_first:
            title, mark = words(self._page.title, self._tr), self._look.title_break
            self._paragraph("Title", title.replace(mark, f"{mark.strip()}\n"))
        if part.heading is not None:
            self._block(part.heading)
        for block, after in zip_longest(part.blocks, part.blocks[1:]):
            self._block(block, is_intro=isinstance(after, (Table, Curve, Lights, Fields)))

    def _block(self, block: Block, *, is_intro: bool = False) -> None:
        """Add a block; what leads to a table stays on its page."""
        tr, look = self._tr, self._look
        match block:
            case Heading():
                level = min(max(block.level - 1, 1), 3)
                self._paragraph(f"Heading{level}", heading_text(block, tr), is_intro=is_intro)
            case Paragraph():
                for line in words(block.words, tr).split("\n"):
                    self._paragraph(_STYLES[block.tone], line, is_intro=is_intro)
            case Lights():
                self._table(lights_element(block, tr, self._room))
            case Fields():
                self._table(fields_element(block, tr, look, self._room))
            case Table():
                self._table(table_element(block, tr, look, self._room))
            case Curve():
                self._table(table_element(course_table(block), tr, look, self._room))

    @property
    def _room(self) -> int:
        """How wide the text is, in twentieths of a point."""
        width = _HEIGHT - _BOTTOM - _TOP if self._is_wide else _WIDTH - _LEFT - _RIGHT
        return width * 20 // Pt(1)

    def _section(self) -> Section:
        """Begin a section on a new page, without the empty paragraph that would end the one before."""
        section = cast("Section", self.document.add_section(WD_SECTION.NEW_PAGE))
        ending = self.document.element.body[-2]
        ending.getprevious().set_sectPr(ending.pPr.sectPr)
        ending.getparent().remove(ending)
        return section

    def _paragraph(self, style: str, text: str, *, is_intro: bool = False) -> None:
        body = self.document.element.body
        paragraph = add_paragraph(body, style, [Run(text)], self._tr, keeps_next=is_intro)
        if is_intro:
            under(paragraph.pPr, "w:spacing", after=str(_ABOVE_TABLE))
        body.sectPr.addprevious(paragraph)

    def _table(self, element: Any) -> None:
        self.document.element.body.sectPr.addprevious(element)
        self._paragraph("AfterTable", "")


def _lay(section: Section, *, on_side: bool) -> None:
    """Lay a page upright or on its side."""
    section.orientation = WD_ORIENT.LANDSCAPE if on_side else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = (_HEIGHT, _WIDTH) if on_side else (_WIDTH, _HEIGHT)
    around = (_TOP, _RIGHT, _BOTTOM, _LEFT)
    if on_side:
        around = (_LEFT, _TOP, _RIGHT, _BOTTOM)
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = around
    section.header_distance, section.footer_distance = Mm(15), _FOOTER if not on_side else Mm(14)
    section.gutter = Mm(0)


def _number(document: WordDocument) -> None:
    """Write page numbers like — 1 —, one character from the outer side. Source: GB/T 9704-2012, 7.5."""
    document.settings.odd_and_even_pages_header_footer = True
    section = document.sections[0]
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        footer.is_linked_to_previous = False
        paragraph = footer.paragraphs[0]
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT if side == "right" else WD_ALIGN_PARAGRAPH.LEFT
        setattr(paragraph.paragraph_format, f"{side}_indent", Pt(14))
        paragraph.add_run("— ")
        field = paragraph.add_run().element
        under(field, "w:fldChar", fldCharType="begin")
        under(field, "w:instrText").text = "PAGE"
        under(field, "w:fldChar", fldCharType="separate")
        under(field, "w:t").text = "1"
        under(field, "w:fldChar", fldCharType="end")
        paragraph.add_run(" —")


def _describe(document: WordDocument, page: Page, tr: Translator) -> None:
    """Set the document's properties: nothing in them depends on the clock or the machine."""
    facts = dict(page.facts)
    day, author = facts.get("as_of"), facts.get("org")
    properties = document.core_properties
    properties.title = words(page.title, tr)[:_LONGEST_PROPERTY]
    properties.author = words(author, tr)[:_LONGEST_PROPERTY] if isinstance(author, str) else ""
    properties.comments = ""
    properties.language = LOOKS[tr.language].language
    properties.created = properties.modified = datetime.combine(day, time()) if isinstance(day, date) else _NO_TIME


def _timeless(file: BytesIO) -> bytes:
    """Return a zip's bytes with no time of writing in it."""
    copy = BytesIO()
    with ZipFile(file) as source, ZipFile(copy, "w", ZIP_DEFLATED) as archive:
        for member in source.infolist():
            info = ZipInfo(member.filename, _NO_TIME.timetuple()[:6])
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, source.read(member))
    return copy.getvalue()
