"""The chain: a hash over each event's content and over the hash before it of the same origin.

hash = SHA-256(previous hash, a line feed, content), in lowercase hex; the previous hash of an origin's
first event is the empty text. content is the columns `HASHED` as SQL literals (text in single
quotes with quotes doubled, whole numbers in decimal, NULL), joined by commas, in UTF-8. Number and
place are left out: they belong to one file, so that ledgers can be united.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256

HASHED = (
    "id", "origin", "act", "plan", "goal", "target", "day", "amount", "denominator", "note", "who",
    "recorded_at", "corrects", "about", "reason", "key", "digest", "data",
)  # fmt: skip

CONTENT_SQL = " || ',' || ".join(f"quote({name})" for name in HASHED)
"""The content of an event, computed by SQLite itself."""


def content(values: Iterable[str | int | None]) -> str:
    """Return the content of an event, from its values in the order of `HASHED`."""
    return ",".join(_literal(value) for value in values)


def sealed(previous: str, content: bytes) -> str:
    """Return the hash of an event with this content after the one hashed `previous`."""
    return sha256(b"%b\n%b" % (previous.encode(), content)).hexdigest()


def _literal(value: str | int | None) -> str:
    if value is None:
        return "NULL"
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return str(value)
