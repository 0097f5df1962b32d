"""Word documents: read in a child process, printed as JSON paragraphs and tables.

Run as `python -m kxplan.intake.word PATH MEMORY_BYTES CPU_SECONDS`. mammoth keeps what offices put
their figures in: tracked insertions, content controls, automatic numbers, merged cells.
"""

from __future__ import annotations

import json
import sys
import zipfile
import zlib
from html.parser import HTMLParser
from xml.parsers import expat

from kxplan.intake.guard import OUT_OF_MEMORY, confine

_LARGEST_PART = 32 << 20
_LARGEST_WHOLE = 96 << 20
_MOST_PARTS = 3000
_MOST_SPANNED = 1000


class RefusedError(Exception):
    """The document is not read; the argument says why, as the end of a message id."""


def main(arguments: list[str]) -> int:
    """Print the document's blocks, or why it is refused, as JSON; return the exit code."""
    path, memory_bytes, cpu_seconds = arguments
    confine(int(memory_bytes), int(cpu_seconds))
    try:
        answer: dict[str, object] = {"blocks": document(path)}
    except RefusedError as error:
        answer = {"refused": str(error)}
    except MemoryError:
        return OUT_OF_MEMORY
    except RecursionError:
        answer = {"refused": "damaged"}
    sys.stdout.write(json.dumps(answer))
    return 0


def document(path: str) -> list[dict[str, object]]:
    """Return the blocks of the document at `path`.

    A paragraph is `{"text", "level", "depth"}`, a table `{"rows": [[[text, begins], …], …]}`.

    Raises:
        RefusedError: where it is damaged, encrypted, too large or no Word document.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise RefusedError("damaged") from error
    return _blocks(_html(path))


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    names = {part.filename for part in parts}
    if "word/document.xml" not in names:
        raise RefusedError(_other_kind(names))
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("encrypted")
    wanted = [part for part in parts if part.filename.endswith((".xml", ".rels"))]
    if len(parts) > _MOST_PARTS or sum(part.file_size for part in wanted) > _LARGEST_WHOLE:
        raise RefusedError("too-large")
    for part in wanted:
        if part.file_size > _LARGEST_PART:
            raise RefusedError("too-large")
        _check_markup(archive.read(part))


def _other_kind(names: set[str]) -> str:
    if "xl/workbook.xml" in names:
        return "sheet"
    return "encrypted" if "EncryptedPackage" in names else "not-word"


def _check_markup(markup: bytes) -> None:
    """Refuse declarations: a Word part has none, and entities and outside files begin there."""
    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = _refuse_declaration
    try:
        parser.Parse(markup, True)  # the binding takes it by place only
    except expat.ExpatError as error:
        raise RefusedError("damaged") from error


def _refuse_declaration(*_: object) -> None:
    raise RefusedError("unsafe")


def _html(path: str) -> str:
    import mammoth  # noqa: PLC0415  # after the cheap refusals: it takes 100 ms

    try:
        with open(path, "rb") as file:  # noqa: PTH123 -- a descriptor may stand for the path
            ignored = mammoth.images.img_element(lambda _: {})
            return str(mammoth.convert_to_html(file, convert_image=ignored, ignore_empty_paragraphs=True).value)
    except (
        KeyError,
        ValueError,
        AttributeError,
        TypeError,
        IndexError,
        OSError,
        zipfile.BadZipFile,
        zlib.error,
    ) as error:
        raise RefusedError("damaged") from error


def _blocks(html: str) -> list[dict[str, object]]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Follows mammoth's HTML: p, h1…h6, ul, ol, li, table, tr, td, br, sup."""

    def __init__(self) -> None:
        super().__init__()
        self.blocks: list[dict[str, object]] = []
        self._text: list[str] = []
        self._around: list[list[str]] = []
        """The text so far of the cells around the one that is open."""
        self._lists = 0
        self._level = 0
        self._tables: list[_Grid] = []
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if (tag == "a" and (values.get("href") or "").startswith(("#footnote", "#endnote", "#comment"))) or (
            tag == "a" and self._skipped
        ):
            self._skipped += 1
        elif tag == "br":
            self._break()
        elif tag in ("ul", "ol"):
            self._paragraph_ends()
            self._lists += 1
        elif tag == "table":
            self._paragraph_ends()
            self._tables.append(_Grid())
        elif tag == "tr" and self._tables:
            self._tables[-1].row()
        elif tag in ("td", "th") and self._tables:
            self._around.append(self._text)
            self._text = []
            self._tables[-1].cell(_span(values.get("colspan")), _span(values.get("rowspan")))
        elif tag[0] == "h" and tag[1:].isdigit():
            self._level = int(tag[1:])

    def handle_endtag(self, tag: str) -> None:
        if tag == "a" and self._skipped:
            self._skipped -= 1
        elif tag in ("td", "th") and self._tables:
            self._tables[-1].fill("".join(self._text).strip())
            self._text = self._around.pop() if self._around else []
        elif tag == "table" and self._tables:
            self._table_ends()
        elif tag in ("p", "li") or (tag[0] == "h" and tag[1:].isdigit()):
            self._break()
            self._level = 0
        elif tag in ("ul", "ol"):
            self._lists -= 1

    def handle_data(self, data: str) -> None:
        if not self._skipped:
            self._text.append(data)

    def _break(self) -> None:
        if self._tables:
            self._text.append("\n")
        else:
            self._paragraph_ends()

    def _paragraph_ends(self) -> None:
        if self._tables:
            return
        text = "".join(self._text).strip()
        self._text = []
        if text and text != "↑":
            self.blocks.append({"text": text, "level": self._level, "depth": self._lists})

    def _table_ends(self) -> None:
        grid = self._tables.pop()
        if self._tables:
            self._text.append("\n".join(text for row in grid.rows() for text, begins in row if begins and text))
        else:
            self.blocks.append({"rows": grid.rows()})


def _span(written: str | None) -> int:
    return min(int(written), _MOST_SPANNED) if written and written.isdigit() else 1


class _Grid:
    """A table whose merged cells are laid over every place they cover."""

    def __init__(self) -> None:
        self._cells: dict[tuple[int, int], tuple[str, bool]] = {}
        self._row = -1
        self._open: tuple[int, int, int, int] | None = None

    def row(self) -> None:
        self._row += 1

    def cell(self, columns: int, rows: int) -> None:
        column = 0
        while (self._row, column) in self._cells:
            column += 1
        self._open = (self._row, column, rows, columns)
        for row in range(self._row, self._row + rows):
            for place in range(column, column + columns):
                self._cells[row, place] = ("", False)

    def fill(self, text: str) -> None:
        if self._open is None:
            return
        top, left, rows, columns = self._open
        for row in range(top, top + rows):
            for column in range(left, left + columns):
                self._cells[row, column] = (text, (row, column) == (top, left))

    def rows(self) -> list[list[tuple[str, bool]]]:
        width = max((column for _, column in self._cells), default=-1) + 1
        return [
            [self._cells.get((row, column), ("", False)) for column in range(width)] for row in range(self._row + 1)
        ]


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
