"""Plain tables: the rows of a csv, whatever its encoding and its separator."""

from __future__ import annotations

import codecs
import csv
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path

from kxplan.inert import as_typed
from kxplan.intake.package import RefusedError


def plain_table(path: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of the csv at `path` that are not blank, with their numbers, counted from 1.

    Read as its byte-order mark says, else as strict UTF-8, else as GB18030. Separated as its first
    lines are: by commas, tabs or semicolons. A guard against formulas is taken off.

    Raises:
        RefusedError: where it is no text, or no table.
    """
    encoding = _encoding(path)
    with Path(path).open(encoding=encoding, newline="") as file:
        start = file.read(_SAMPLE)
        if "\0" in start:
            raise RefusedError("binary")
        file.seek(0)
        cells: list[str] = []
        number = 0
        try:
            # The quote at the end is a row of its own, unless one before it is still open and swallows it.
            for number, cells in enumerate(csv.reader(chain(file, _QUOTE), delimiter=_separator(start)), 1):
                if any(cells):
                    if number > _MOST_ROWS:
                        raise RefusedError("too-many-rows")
                    yield number, [as_typed(cell.strip().strip(_MARK)) for cell in cells[:_MOST_COLUMNS]]
            if cells != [""]:
                raise RefusedError("open-quote", number)
        except csv.Error as error:
            if "field limit" in str(error):  # a cell of that length is all that stands behind a quote
                raise RefusedError("open-quote", number + 1) from error
            raise RefusedError("damaged") from error
        except UnicodeDecodeError as error:
            raise RefusedError("damaged") from error


_QUOTE = ('"',)
_MARK = "\ufeff"
"""The byte-order mark, which stands in the middle of files that were put together."""
_SAMPLE = 4096
_CHUNK = 1 << 20
_MOST_COLUMNS = 100
_MOST_ROWS = 2_000_000
_QUOTED = re.compile(r'"(?:[^"]|"")*(?:"|$)')
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)


def _encoding(path: str) -> str:
    with Path(path).open("rb") as file:
        start = file.read(4)
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    for encoding in ("utf-8", "gb18030"):
        if _is_written_in(path, encoding):
            return encoding
    raise RefusedError("encoding")


def _is_written_in(path: str, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with Path(path).open("rb") as file:
            while chunk := file.read(_CHUNK):
                decoder.decode(chunk)
            decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _separator(start: str) -> str:
    # What stands in quotes is text of people, whatever it holds; the sample may end within.
    lines = (_QUOTED.sub("", start) or start).splitlines()[:10]
    return max(",\t;", key=lambda separator: max((line.count(separator) for line in lines), default=0))
