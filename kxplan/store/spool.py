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

    def __init__(self) -> None:
        """Open an empty spool."""
        with told(_PLACE):
            self._connection = sqlite3.connect("", isolation_level=None)
            self._connection.execute("CREATE TABLE spooled (number INTEGER PRIMARY KEY, digest BLOB, said TEXT)")
            self._connection.execute("BEGIN")
        self._waiting: list[tuple[bytes, str]] = []
        self._length = 0

    def __len__(self) -> int:
        return self._length

    def __iter__(self) -> Iterator[Spooled]:
        """Yield everything in the order in which it came."""
        for ordinal, digest, said in self._selected("said"):
            identity, besides = json.loads(said)
            yield Spooled(identity, besides, _key(digest, ordinal))

    def keys(self) -> Iterator[str]:
        """Yield the keys alone, in the same order."""
        for ordinal, digest, _ in self._selected("NULL"):
            yield _key(digest, ordinal)

    def add(self, identity: list[Any], besides: list[Any]) -> None:
        """Put something in; both parts are of what JSON can say."""
        digest = sha256(_json(identity).encode()).digest()[:16]
        self._waiting.append((digest, _json([identity, besides])))
        self._length += 1
        if len(self._waiting) == _AT_ONCE:
            self._flush()

    def close(self) -> None:
        """Forget everything."""
        self._connection.close()

    def _selected(self, column: str) -> Iterator[tuple[int, bytes, str]]:
        self._flush()
        with told(_PLACE):
            rows = self._connection.execute(
                f"""
                SELECT row_number() OVER (PARTITION BY digest ORDER BY number), digest, {column}
                FROM spooled ORDER BY number
                """  # noqa: S608 -- one of two words of ours
            )
            for row in rows:  # noqa: UP028 -- whoever leaves early would have the cursor closed after its connection
                yield row

    def _flush(self) -> None:
        with told(_PLACE):
            self._connection.executemany("INSERT INTO spooled (digest, said) VALUES (?, ?)", self._waiting)
        self._waiting.clear()


_AT_ONCE = 500
_PLACE = "TMPDIR"


def _key(digest: bytes, ordinal: int) -> str:
    return f"{digest.hex()}-{ordinal}"


_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
