"""JSON as text: a line for each member, so that it can be read, compared and searched by line.

What would act on a terminal is escaped, so that every value stays what it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping

# C1 controls, marks of direction, what has no width, and halves of pairs that UTF-8 cannot say.
_ACTING = "[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ud800-\udfff]"

# Without `indent`: only then does the standard library encode in C.
_encoded = json.JSONEncoder(ensure_ascii=False).encode


def json_bytes(record: Mapping[str, object]) -> bytes:
    """Return an object as a document of JSON in UTF-8, with a line end.

    Each member stands on a line of its own, and so does each item of a list in it.
    """
    members = ",\n ".join(f"{_text(name)}: {_member(value)}" for name, value in record.items())
    return f"{{\n {members}\n}}\n".encode()


def _member(value: object) -> str:
    if not isinstance(value, (list, tuple)) or not value:
        return _text(value)
    items = ",\n  ".join(map(_text, value))
    return f"[\n  {items}\n ]"


def _text(value: object) -> str:
    text = _encoded(value)
    # What can be printed acts on nothing; the pattern is compiled only where something cannot.
    return text if text.isprintable() else re.sub(_ACTING, lambda found: f"\\u{ord(found[0]):04x}", text)
