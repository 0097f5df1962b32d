"""The style sheet of a document: our styles and typefaces in place of the library's own template."""

from __future__ import annotations

from docx.document import Document
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from kxplan.render.docx_look import TYPEFACES, Look
from kxplan.render.template import filled

_KEPT = (
    RELATIONSHIP_TYPE.OFFICE_DOCUMENT, RELATIONSHIP_TYPE.CORE_PROPERTIES, RELATIONSHIP_TYPE.STYLES,
    RELATIONSHIP_TYPE.SETTINGS, RELATIONSHIP_TYPE.THEME,
)  # fmt: skip
"""What stays of the template; it also has a preview of an empty page, a foreign program's name, and 200 styles."""


def dress(document: Document, look: Look) -> None:
    """Give a new document our styles and typefaces, and take from it what we do not use."""
    for holder in (document.part, document.part.package):
        for id, relationship in list(holder.rels.items()):
            if relationship.reltype not in _KEPT:
                del holder.rels[id]
    styles = document.styles.element
    for child in list(styles):
        styles.remove(child)
    styles.extend(parse_xml(filled("docx-styles.xml", look=look)))
    fonts = filled("docx-fonts.xml", typefaces=TYPEFACES).encode()
    part = Part(PackURI("/word/fontTable.xml"), CONTENT_TYPE.WML_FONT_TABLE, fonts, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FONT_TABLE)
    _set(document, look)


def _set(document: Document, look: Look) -> None:
    """Set what belongs to the whole document: its languages, how Chinese marks are set, how Word shows it."""
    settings = document.settings.element
    wanted = {
        "w:themeFontLang": {"w:val": look.language, "w:eastAsia": "zh-CN"},
        "w:characterSpacingControl": {"w:val": "compressPunctuation"},
        "w:zoom": {"w:percent": "100"},
    }
    for tag, attributes in wanted.items():
        element = settings.find(qn(tag))
        element.attrib.clear()
        for name, value in attributes.items():
            element.set(qn(name), value)
    for setting in settings.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
    settings.remove(settings.find(qn("w:savePreviewPicture")))
