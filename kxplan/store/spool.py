"""Spool: what was read waits on the disk until it is written, in its order, equal things numbered."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from hashlib import sha256
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
    """Any number of things in the memory of a few: they lie in a private file that goes with the process."""

    def __init__(self, marks: int = 1 << 23) -> None:
        """Open an empty spool; of all it only remembers one mark in `marks` for each digest."""
        with told(_PLACE):
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.execute("CREATE TABLE spooled (number INTEGER PRIMARY KEY, digests BLOB, said TEXT)")
            self._connection.execute("BEGIN")
        self._digests: list[bytes] = []
        self._said: list[str] = []
        self._length = 0
        self._marks = bytearray(marks)
        self._repeated: set[bytes] = set()
        """The digests that came again, and a few that only have the mark of another."""

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
        ordinals: dict[bytes, int] = {}
        for (digests,) in self._selected("digests"):
            for at in range(0, len(digests), _WIDTH):
                digest = digests[at : at + _WIDTH]
                ordinal = 1
                if digest in self._repeated:
                    ordinals[digest] = ordinal = ordinals.get(digest, 0) + 1
                yield f"{digest.hex()}-{ordinal}"

    def add(self, identity: str, besides: str) -> None:
        """Put something in; both parts are the text of a JSON array, equal where they are."""
        digest = sha256(identity.encode()).digest()[:_WIDTH]
        mark = hash(digest) % len(self._marks)
        if self._marks[mark]:
            self._repeated.add(digest)
        self._marks[mark] = 1
        self._digests.append(digest)
        self._said.append(f"[{identity},{besides}]")
        self._length += 1
        if len(self._said) == _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def _selected(self, column: str) -> Iterator[tuple[Any]]:
        self._flush()
        with told(_PLACE):
            rows = self._connection.execute(f"SELECT {column} FROM spooled ORDER BY number")  # noqa: S608 -- ours
            for row in rows:  # noqa: UP028 -- whoever leaves early would have the cursor closed after its connection
                yield row

    def _flush(self) -> None:
        if not self._said:
            return
        values = (b"".join(self._digests), f"[{','.join(self._said)}]")
        with told(_PLACE):
            self._connection.execute("INSERT INTO spooled (digests, said) VALUES (?, ?)", values)
        self._digests.clear()
        self._said.clear()


_AT_ONCE = 500
_WIDTH = 16
"""Of a digest, in bytes."""
_PLACE = "TMPDIR"
