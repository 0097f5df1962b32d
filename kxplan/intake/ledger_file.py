"""Ledger file: an exported ledger read back event by event, in the memory of one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any, NoReturn, TextIO

from kxplan.errors import os_reason
from kxplan.errors.intake import UnreadableSheetError
from kxplan.errors.ledger import ChangedEventError
from kxplan.model.event import Event, Extent

FORMAT = 1
"""The number under "kxplan" in a file that can be read."""


@contextmanager
def ledger_file(path: Path) -> Iterator[tuple[Extent, Iterator[Event]]]:
    """Yield what the exported ledger at `path` says of itself, and its events in order.

    Raises:
        UnreadableSheetError: it cannot be opened, or is no exported ledger.
        ChangedEventError: an event cannot be read; raised when it is its turn.
    """
    if path.exists() and not path.is_file():
        raise UnreadableSheetError("ledger-foreign", file=path.name)
    try:
        # Bytes that are no UTF-8 are found when it is the turn of the event they stand in.
        file = path.open(encoding="utf-8", errors="surrogateescape", newline="")
    except OSError as error:
        raise UnreadableSheetError("cannot-open", file=path.name, reason=os_reason(error)) from error
    with file:
        source = _Json(file)
        try:
            extent = _extent(source)
        except (ValueError, KeyError, TypeError, RecursionError, OSError) as error:
            raise UnreadableSheetError("ledger-foreign", file=path.name) from error
        if extent is None:
            raise UnreadableSheetError("ledger-newer", file=path.name)
        yield extent, _events(source)


_CHUNK = 1 << 20
_LONGEST = 64 << 20
"""In characters; the longest event is the text of a plan, at most 1 MiB, with its rows, twice escaped."""
_BLANKS = re.compile(r"[ \t\r\n]*")
_AMOUNT = re.compile(r"-?\d{1,12}(?:\.\d{1,6})?", re.ASCII)
_WHOLE = {"number"}
_AMOUNTS = {"amount", "denominator"}
_ALWAYS = {"id", "origin", "act", "plan", "who", "recorded_at", "hash"}


class _Json:
    """A JSON text read value by value, whatever the blanks between them."""

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self._text = ""
        self._at = 0

    def take(self, character: str) -> bool:
        """Take `character` where it comes next ("": the end of the text); tell whether it did."""
        found = self._next() == character
        self._at += len(character) if found else 0
        return found

    def expect(self, character: str) -> None:
        """Take `character`. Raises ValueError where something else comes."""
        if not self.take(character):
            raise ValueError(character)

    def value(self) -> Any:
        """Take the next value. Raises ValueError where there is none."""
        self._next()
        while True:
            try:
                value, end = _DECODER.raw_decode(self._text, self._at)
            except ValueError:
                if len(self._text) - self._at > _LONGEST or not self._more():
                    raise
            else:
                # A figure may go on beyond what was read so far.
                if end < len(self._text) or not self._more():
                    self._at = end
                    return value

    def _next(self) -> str:
        while True:
            match = _BLANKS.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def _more(self) -> bool:
        # Twice as much each time, so that a long value is not looked at over and over.
        chunk = self._file.read(max(_CHUNK, len(self._text) - self._at))
        self._text = self._text[self._at :] + chunk
        self._at = 0
        return bool(chunk)


def _extent(source: _Json) -> Extent | None:
    """Return what stands before the events; None where a newer version of the program wrote the file."""
    source.expect("{")
    for name in ("kxplan", "ledger", "events"):
        if source.value() != name:
            raise ValueError(name)
        source.expect(":")
        match name:
            case "kxplan":
                if source.value() != FORMAT:
                    return None
            case "ledger":
                said = source.value()
        if name != "events":
            source.expect(",")
    extent = Extent(**said)
    if type(extent.events) is not int or not isinstance(extent.origin, str):
        raise TypeError(extent)
    return extent


def _events(source: _Json) -> Iterator[Event]:
    number = 0
    try:
        source.expect("[")
        while not source.take("]"):
            if number:
                source.expect(",")
            number += 1
            yield _event(source.value())
        source.expect("}")
        source.expect("")
    except (ValueError, RecursionError, OSError) as error:
        raise ChangedEventError(number=max(number, 1)) from error


def _event(record: Any) -> Event:
    if not isinstance(record, dict) or record.keys() != set(Event._fields):
        raise ValueError(record)
    for name, value in record.items():
        kind: Any = int if name in _WHOLE else str
        if type(value) is not kind and (value is not None or name in _ALWAYS | _WHOLE):
            raise ValueError(name)
        if name in _AMOUNTS and value is not None:
            if not _AMOUNT.fullmatch(value):
                raise ValueError(value)
            record[name] = Decimal(value)
    return Event(**record)


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError(pairs)
    return found


def _refused(text: str) -> NoReturn:
    raise ValueError(text)


_DECODER = json.JSONDecoder(object_pairs_hook=_once, parse_float=_refused, parse_constant=_refused)
