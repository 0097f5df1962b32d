"""Package: an Office file is a zip of parts, each looked at before anything reads it."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from xml.parsers import expat


class RefusedError(Exception):
    """The file is not read; the argument says why, as the end of a message id."""

    def __init__(self, why: str, row: int | None = None) -> None:
        """Take the reason, and the row that it begins in."""
        super().__init__(why)
        self.row = row


@contextmanager
def checked_package(path: str, main_part: str) -> Iterator[zipfile.ZipFile]:
    """Open the package at `path` when it has `main_part` and nothing in it is encrypted, huge or unsafe.

    Raises:
        RefusedError: with the reason.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive, main_part)
            yield archive
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise RefusedError("damaged") from error


_LARGEST_PART = 96 << 20
_LARGEST_WHOLE = 160 << 20
_MOST_PARTS = 3000
_CHUNK = 1 << 20


def _check_parts(archive: zipfile.ZipFile, main_part: str) -> None:
    parts = archive.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("encrypted")
    names = {part.filename for part in parts}
    if main_part not in names:
        raise RefusedError("word" if "word/document.xml" in names else "other-kind")
    wanted = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in wanted) > _LARGEST_WHOLE:
        raise RefusedError("too-large")
    for part in wanted:
        if part.file_size > _LARGEST_PART:
            raise RefusedError("too-large")
        _check_markup(archive, part)


def _check_markup(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """Refuse declarations: an Office part has none, and entities and outside files begin there.

    What a part holds beyond the size that it states is not read: its checksum then does not agree.
    """
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        with archive.open(part) as file:
            while chunk := file.read(_CHUNK):
                parser.Parse(chunk)
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise RefusedError("damaged") from error


def _refuse_declaration(*_: object) -> None:
    raise RefusedError("unsafe")
