"""Spool: what was read waits on the disk until it is written, in its order, equal things numbered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
from itertools import repeat
from typing import Any, NamedTuple

from kxplan.store.failures import told


class Spooled(NamedTuple):
    """One thing that was put in."""

    identity: list[Any]
    """What tells it from others."""
    besides: list[Any]
    """What it carries besides."""
    key: str
    """A digest of its identity and of its number among equal ones: the same for the same things put in again."""


class Spool:
    """Any number of things in the memory of a few: they lie in a private file that goes with the process.

    All are put in before any is read.
    """

    def __init__(self, marks: int = 1 << 23) -> None:
        """Open an empty spool; of all it only remembers one mark in `marks` for each digest."""
        with told(_PLACE):
            self._connection = sqlite3.connect("", isolation_level=None)
            for statement in _TABLES:
                self._connection.execute(statement)
            self._connection.execute("BEGIN")
        self._digests: list[bytes] = []
        self._said: list[str] = []
        self._length = 0
        self._marks = bytearray(marks)
        """1 where a digest came, 2 where one came again or another has the same mark."""
        self._is_numbered = False

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Spooled]:
        """Yield everything in the order in which it came."""
        keys = self.keys()
        for (said,) in self._selected("said"):
            for identity, besides in json.loads(said):
                yield Spooled(identity, besides, next(keys))

    def keys(self) -> Iterator[str]:
        """Yield the keys alone, in the same order."""
        for digests, ordinals in self._selected("digests, ordinals"):
            numbers = repeat(1) if ordinals is None else json.loads(ordinals)
            for digest, ordinal in zip(_parted(digests), numbers, strict=False):
                yield f"{digest.hex()}-{ordinal}"

    def add(self, identity: str, besides: str) -> None:
        """Put something in; both parts are the text of a JSON array, equal where they are."""
        digest = sha256(identity.encode()).digest()[:_WIDTH]
        mark = hash(digest) % len(self._marks)
        self._marks[mark] = 2 if self._marks[mark] else 1
        self._digests.append(digest)
        self._said.append(f"[{identity},{besides}]")
        self._length += 1
        if len(self._said) == _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def _selected(self, columns: str) -> Iterator[tuple[Any, ...]]:
        self._flush()
        with told(_PLACE):
            if not self._is_numbered:
                self._number()
            rows = self._connection.execute(
                f"SELECT {columns} FROM spooled LEFT JOIN numbered USING (number) ORDER BY number"  # noqa: S608 -- ours
            )
            for row in rows:  # noqa: UP028 -- whoever leaves early would have the cursor closed after its connection
                yield row

    def _number(self) -> None:
        """Number equal things; those whose mark came once have no equal."""
        for number, digests in self._connection.execute("SELECT number, digests FROM spooled ORDER BY number"):
            ordinals = [
                self._ordinal(digest) if self._marks[hash(digest) % len(self._marks)] > 1 else 1
                for digest in _parted(digests)
            ]
            if max(ordinals) > 1:
                self._connection.execute("INSERT INTO numbered VALUES (?, ?)", (number, json.dumps(ordinals)))
        self._is_numbered = True

    def _ordinal(self, digest: bytes) -> int:
        self._connection.execute("INSERT INTO met VALUES (?, 1) ON CONFLICT DO UPDATE SET times = times + 1", (digest,))
        (times,) = self._connection.execute("SELECT times FROM met WHERE digest = ?", (digest,)).fetchone()
        return int(times)

    def _flush(self) -> None:
        if not self._said:
            return
        values = (b"".join(self._digests), f"[{','.join(self._said)}]")
        with told(_PLACE):
            self._connection.execute("INSERT INTO spooled (digests, said) VALUES (?, ?)", values)
        self._digests.clear()
        self._said.clear()


_TABLES = (
    "CREATE TABLE spooled (number INTEGER PRIMARY KEY, digests BLOB, said TEXT)",
    "CREATE TABLE numbered (number INTEGER PRIMARY KEY, ordinals TEXT)",
    "CREATE TABLE met (digest BLOB PRIMARY KEY, times INTEGER) WITHOUT ROWID",
)
_AT_ONCE = 500
_WIDTH = 16
"""Of a digest, in bytes."""
_PLACE = "TMPDIR"


def _parted(digests: bytes) -> Iterator[bytes]:
    return (digests[at : at + _WIDTH] for at in range(0, len(digests), _WIDTH))
