"""Redacted settings: what a backup may hold of kxplan.toml: everything but the passwords."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from datetime import date
from typing import Any

_SECRET = "password"  # noqa: S105 -- the key's name
_MENTION = re.compile(r"password(?!_file)", re.IGNORECASE)


def without_secrets(text: str) -> str:
    """Return the settings `text` without its passwords; valid TOML stays valid and says the same otherwise.

    Lines that speak of a password go, in comments too. Where that is not enough, the settings are
    written anew, without comments.

    Raises:
        tomllib.TOMLDecodeError: `text` is no TOML.
    """
    table = tomllib.loads(text)
    secrets = _secrets(table)
    wanted = _without(table)
    kept = "".join(line for line in text.splitlines(keepends=True) if not _MENTION.search(line))
    if _parsed(kept) == wanted and not any(secret in kept for secret in secrets):
        return kept
    return _toml(wanted)


def _secrets(table: Mapping[str, Any]) -> list[str]:
    found = []
    for key, value in table.items():
        if isinstance(value, dict):
            found += _secrets(value)
        elif key == _SECRET:
            found.append(str(value))
    return found


def _without(table: Mapping[str, Any]) -> dict[str, Any]:
    return {
        key: _without(value) if isinstance(value, dict) else value for key, value in table.items() if key != _SECRET
    }


def _parsed(text: str) -> dict[str, Any] | None:
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None


def _toml(table: Mapping[str, Any], path: tuple[str, ...] = ()) -> str:
    lines = [f"[{'.'.join(_key(name) for name in path)}]"] if path else []
    lines += [f"{_key(key)} = {_value(value)}" for key, value in table.items() if not isinstance(value, dict)]
    inner = [_toml(value, (*path, key)) for key, value in table.items() if isinstance(value, dict)]
    return "\n".join([*lines, *inner]) + ("" if path and inner else "\n")


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list):
        return f"[{', '.join(_value(item) for item in value)}]"
    if isinstance(value, str):
        return _text(value)
    return value.isoformat() if isinstance(value, date) else str(value)


def _key(name: str) -> str:
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else _text(name)


def _text(text: str) -> str:
    # JSON's strings are TOML's, but for DEL.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
