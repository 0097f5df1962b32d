"""Kinds: what a file is by its name and its first bytes, and which are refused before any child looks at them."""

from __future__ import annotations

import re
from pathlib import Path

from kxplan.errors import os_reason
from kxplan.errors.intake import UnreadableSheetError


def refuse_other_kinds(path: Path) -> None:
    """Refuse what is neither an .xlsx nor a csv.

    Raises:
        UnreadableSheetError: with the reason and how to get a usable file.
    """
    if path.name.startswith(_OPEN_ELSEWHERE):
        raise UnreadableSheetError("open-elsewhere", file=path.name)
    try:
        with path.open("rb") as file:
            head = file.read(4096)
            size = path.stat().st_size
            rest = file.read(1 << 16) if head.startswith(_OLE) else b""
    except OSError as error:
        if path.is_dir():
            raise UnreadableSheetError("is-folder", file=str(path)) from error
        raise UnreadableSheetError("cannot-open", file=path.name, reason=os_reason(error)) from error
    is_package = head.startswith(b"PK\x03\x04")
    why = _refused_kind(head + rest, path.suffix.lower(), is_package=is_package)
    if why is None and size > (_LARGEST_WORKBOOK if is_package else _LARGEST_FILE):
        why = "too-large"
    if why is not None:
        raise UnreadableSheetError(why, file=path.name)


_OPEN_ELSEWHERE = "~$"
"""How Excel and WPS name what they put beside a sheet while it is open; a pattern finds it too."""
_LARGEST_FILE = 200 << 20
_LARGEST_WORKBOOK = 50 << 20
_OLE = b"\xd0\xcf\x11\xe0"
_BEGINS = rb"(?:\xef\xbb\xbf|\s)*"
_STARTS = tuple(
    (re.compile(start, re.IGNORECASE), why)
    for start, why in (
        (rb"%PDF", "pdf"),
        (rb"\{\\rtf", "word"),
        (rb"PK\x05\x06", "damaged"),
        (_BEGINS + rb"(?:<\?xml[^>]*>\s*)?<(?:!doctype\s+html|html|table|meta|head|body)", "web-page"),
        (_BEGINS + rb"<\?xml", "other-kind"),
        (_BEGINS + rb"$", "empty"),
    )
)
_LOCKED, _WORD = "EncryptedPackage".encode("utf-16-le"), "WordDocument".encode("utf-16-le")
_WORKBOOKS = (".xlsx", ".xlsm")
_TEXTS = (".csv", ".txt", ".tsv", "")
_SUFFIXES = {
    ".xls": "old-sheet", ".et": "old-sheet", ".pdf": "pdf", ".numbers": "apple-sheet", ".ods": "open-sheet",
    ".doc": "word", ".docx": "word", ".wps": "word", ".rtf": "word",
}  # fmt: skip


def _refused_kind(head: bytes, suffix: str, *, is_package: bool) -> str | None:
    if head.startswith(_OLE):
        is_word = _SUFFIXES.get(suffix) == "word" or _WORD in head
        return "encrypted" if _LOCKED in head else "word" if is_word else "old-sheet"
    begins = next((why for start, why in _STARTS if start.match(head)), None)
    if begins is not None:
        return begins
    if is_package and suffix in _WORKBOOKS:
        return None
    if suffix in _WORKBOOKS:
        return "damaged" if b"\0" in head else "is-text"
    if suffix not in _TEXTS:
        return _SUFFIXES.get(suffix, "other-kind")
    if is_package:
        return "is-workbook"
    is_wide = head.startswith((b"\xff\xfe", b"\xfe\xff"))
    return "binary" if b"\0" in head and not is_wide else None
