"""JSON as text: what would act on a terminal is escaped, so that every value stays what it is."""

from __future__ import annotations

import json
import re

# C1 controls, marks of direction, what has no width, and halves of pairs that UTF-8 cannot say.
_ACTING = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]")


def json_bytes(value: object) -> bytes:
    """Return `value` as a document of JSON in UTF-8, with a line end."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return _ACTING.sub(lambda found: f"\\u{ord(found[0]):04x}", text).encode() + b"\n"
