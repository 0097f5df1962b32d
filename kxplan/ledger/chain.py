"""The chain: a hash over each event's content and over the hash before it of the same origin.

hash = SHA-256(previous hash, a line feed, content), in lowercase hex; the previous hash of an origin's
first event is the empty text. content is the columns `HASHED` as a JSON array without blanks, in UTF-8,
nothing escaped but the quotation mark, the backslash and characters below U+0020. Number and place are
left out: they belong to one file, so that ledgers can be united.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from typing import Any

from kxplan.digest import sha256

HASHED = (
    "id", "origin", "act", "plan", "goal", "target", "day", "amount", "denominator", "note", "who",
    "recorded_at", "corrects", "about", "reason", "key", "batch", "digest", "data",
)  # fmt: skip

CONTENT_SQL = f"json_array({', '.join(HASHED)})"
"""The content of an event, computed by SQLite itself."""

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def content(values: Sequence[str | int | None]) -> bytes:
    """Return the content of an event, from its values in the order of `HASHED`."""
    return _ENCODER.encode(values).encode()


def sealed(previous: bytes, content: bytes, digest: Callable[[bytes], Any] = sha256) -> bytes:
    """Return the hash, in hex, of an event with this content after the one hashed `previous`.

    `digest` is SHA-256 too: for a million events that of hashlib, which takes a third of the time once loaded.
    """
    text: str = digest(b"%b\n%b" % (previous, content)).hexdigest()
    return text.encode()
