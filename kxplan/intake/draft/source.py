"""Source: the text of a work plan, from Word, plain text or Markdown, as paragraphs and tables in order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from kxplan.errors import os_reason
from kxplan.errors.intake import UnreadableDocumentError
from kxplan.intake.draft.characters import levelled
from kxplan.intake.guard import Limits, guarded


class Paragraph(NamedTuple):
    """A paragraph, levelled."""

    text: str
    level: int = 0
    """1 to 6 for a heading by style, 0 for text."""
    depth: int = 0
    """How deep in automatic numbering; 0 outside."""


class Cell(NamedTuple):
    """A cell, its lines levelled; a merged one stands in each of its places and begins in one."""

    text: str
    begins: bool = True


class Table(NamedTuple):
    """A table as a full grid: every row has as many cells."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table


def blocks(path: Path) -> list[Block]:
    """Read the work plan at `path`.

    Raises:
        UnreadableDocumentError: with the reason and how to get a usable file.
    """
    try:
        with path.open("rb") as file:
            head = file.read(_HEAD_BYTES)
            size = path.stat().st_size
    except OSError as error:
        if path.is_dir():
            raise UnreadableDocumentError("is-folder", file=str(path)) from error
        raise UnreadableDocumentError("cannot-open", file=path.name, reason=os_reason(error)) from error
    refused = _refused_kind(head, path.suffix.lower())
    if refused is not None:
        raise UnreadableDocumentError(refused, file=path.name)
    if size > _LARGEST_FILE:
        raise UnreadableDocumentError("too-large", file=path.name)
    found = _from_word(path) if head.startswith(_ZIP) else list(_from_text(path))
    if not any(block.text if isinstance(block, Paragraph) else block.rows for block in found):
        raise UnreadableDocumentError("no-text", file=path.name)
    return found


_HEAD_BYTES = 4096
_LARGEST_FILE = 50 << 20
_LARGEST_TEXT = 8 << 20
_ZIP = b"PK\x03\x04"
_KINDS: tuple[tuple[bytes, str], ...] = (
    (b"\xd0\xcf\x11\xe0", "old-word"),
    (b"%PDF", "pdf"),
    (b"{\\rtf", "rich-text"),
    (b"PK\x05\x06", "damaged"),
)
_SUFFIXES = {".doc": "old-word", ".wps": "old-word", ".dot": "old-word", ".et": "sheet", ".xls": "sheet", ".xlsx": "sheet", ".pdf": "pdf", ".rtf": "rich-text", ".odt": "other", ".ofd": "pdf", ".ppt": "other", ".pptx": "other"}  # fmt: skip


def _refused_kind(head: bytes, suffix: str) -> str | None:
    """Return why a file that begins with `head` is not read; None where it may be."""
    if not head:
        return "empty"
    for mark, kind in _KINDS:
        if head.startswith(mark):
            return "encrypted" if kind == "old-word" and suffix == ".docx" else kind
    if head.startswith(_ZIP):
        return _SUFFIXES.get(suffix) if suffix in (".xlsx", ".pptx", ".odt", ".et") else None
    if suffix in (".docx", ".docm"):
        return "damaged"
    if suffix in _SUFFIXES:
        return _SUFFIXES[suffix]
    return "binary" if b"\x00" in head and not head.startswith((b"\xff\xfe", b"\xfe\xff")) else None


_WORD_LIMITS = Limits(memory_bytes=440 << 20, cpu_seconds=18, wall_seconds=20, answer_bytes=64 << 20)


def _from_word(path: Path) -> list[Block]:
    answer = guarded("kxplan.intake.word", path, _WORD_LIMITS)
    if not isinstance(answer, dict) or "blocks" not in answer:
        reason = answer.get("refused", "damaged") if isinstance(answer, dict) else answer
        raise UnreadableDocumentError(str(reason), file=path.name)
    return [_block(raw) for raw in answer["blocks"]]


def _block(raw: dict[str, object]) -> Block:
    rows = raw.get("rows")
    if isinstance(rows, list):
        return Table(tuple(tuple(Cell(_lines(text), begins) for text, begins in row) for row in rows))
    return Paragraph(levelled(str(raw["text"])), _count(raw.get("level")), _count(raw.get("depth")))


def _lines(text: str) -> str:
    return "\n".join(line for raw in text.split("\n") if (line := levelled(raw)))


def _count(value: object) -> int:
    return value if isinstance(value, int) else 0


def _from_text(path: Path) -> Iterator[Block]:
    text = _decoded(path)
    rows: list[Sequence[str]] = []
    for line in text.splitlines():
        cells = _row(line)
        if cells is not None:
            rows.append(cells)
            continue
        if rows:
            yield _grid(rows)
            rows = []
        yield from _line(line)
    if rows:
        yield _grid(rows)


def _decoded(path: Path) -> str:
    raw = path.read_bytes()
    if len(raw) > _LARGEST_TEXT:
        raise UnreadableDocumentError("too-large", file=path.name)
    encodings = ("utf-16",) if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise UnreadableDocumentError("encoding", file=path.name)


_RULE = re.compile(r"\|?[\s:|-]*-{3,}[\s:|-]*\|?")
_FEWEST_CELLS = 3


def _row(line: str) -> Sequence[str] | None:
    """Return the cells of a line of a table drawn with bars or tabs; the rule under a head has none."""
    bare = line.strip()
    for bar in ("|", "\t", "｜"):
        if bare.count(bar) >= _FEWEST_CELLS - 1 and not (bar == "\t" and len(bare.split(bar)) < _FEWEST_CELLS):
            if _RULE.fullmatch(bare):
                return []
            return [cell.strip() for cell in bare.strip(bar).split(bar)]
    return None


def _grid(rows: Sequence[Sequence[str]]) -> Table:
    filled = [row for row in rows if row]
    width = max((len(row) for row in filled), default=0)
    return Table(tuple(tuple(Cell(levelled(cell)) for cell in [*row, *[""] * (width - len(row))]) for row in filled))


_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(.*)")
_EMPHASIS = re.compile(r"\*\*|__(?=\S[^_]*\S__)|`")


def _line(line: str) -> Iterator[Paragraph]:
    bare = line.strip().lstrip("> ")
    heading = _MARKDOWN_HEADING.match(bare)
    text = levelled(_EMPHASIS.sub("", heading[2] if heading else bare))
    if text:
        yield Paragraph(text, level=len(heading[1]) if heading else 0)
