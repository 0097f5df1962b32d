"""Quoting: a command's words as systemd, cron and Windows each read them back."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from kxplan.errors import UsageError


def refuse_unquotable(path: str) -> None:
    """Refuse a path that no line of a file can hold.

    Raises:
        UsageError: it has a line end or another control character.
    """
    if not path.isprintable():
        raise UsageError("schedule.bad-path", path=path)


def for_systemd(words: Sequence[str]) -> str:
    """Return words as the value of `ExecStart=`. Source: systemd.service(5), "Command lines"."""
    return " ".join(_systemd_word(word) for word in words)


def systemd_value(path: str) -> str:
    """Return a path as a setting that takes one and no quotes, such as `WorkingDirectory=`."""
    return path.replace("%", "%%")


def for_cron(words: Sequence[str]) -> str:
    """Return words as a command of a crontab, where a bare % would end it. Source: crontab(5)."""
    return shlex.join(words).replace("%", "\\%")


def for_schtasks(words: Sequence[str]) -> str:
    """Return words as the value of `schtasks /TR`, whose inner quotes are escaped.

    Source: learn.microsoft.com, schtasks create, the parameter /tr.
    """
    return '"' + " ".join(f'\\"{word}\\"' if " " in word or not word.isascii() else word for word in words) + '"'


def _systemd_word(word: str) -> str:
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("%", "%%").replace("$", "$$")
    is_plain = bool(word) and all(character.isalnum() or character in "/._-=@:+,%$" for character in word)
    return escaped if is_plain else f'"{escaped}"'
