"""Formats: the endings of files, each with the renderer that makes its bytes of a page."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import cast

from kxplan.locale import Translator
from kxplan.reports.page import Page

FORMATS: Mapping[str, str] = {
    "md": "page_md:page_md",
    "html": "page_html:page_html",
    "docx": "page_docx:page_docx",
    "xlsx": "page_xlsx:page_xlsx",
    "csv": "page_csv:page_csv",
    "json": "page_json:page_json",
    "txt": "page_txt:page_txt",
}
"""Endings, each with `module:function` below `kxplan.render`; a module is imported when a page is rendered."""

Renderer = Callable[[Page, Translator], bytes]


def rendered(page: Page, ending: str, tr: Translator) -> bytes:
    """Return `page` as the bytes of a file with this ending, one of `FORMATS`."""
    module, _, function = FORMATS[ending].partition(":")
    renderer = cast("Renderer", getattr(import_module(f"kxplan.render.{module}"), function))
    return renderer(page, tr)
