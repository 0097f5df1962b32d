"""The settings: kxplan.toml, read and checked on every command."""

from __future__ import annotations

import json
import os
import re
import stat
from collections.abc import Callable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any

from kxplan.dates import FIRST_YEAR, LAST_YEAR
from kxplan.digest import sha256
from kxplan.errors import SettingsInvalidError, os_reason
from kxplan.message import Message, message
from kxplan.record import Record
from kxplan.secret import Secret
from kxplan.store.kept import keep, kept, place_of
from kxplan.text import cleaned, shown

DEFAULT_TIMEZONE = "Asia/Shanghai"
_PLACE = r"\(at line (\d+), column (\d+)\)\Z"


class MailSettings(Record):
    """How the weekly mail leaves: the table `[mail]`."""

    host: str | None = None
    """The mail server's name."""
    port: int | None = None
    """Its port; by default 587 for starttls, 465 for tls, 25 for none."""
    security: str = "starttls"
    """`starttls`, `tls`, or `none` (to this machine only)."""
    user: str | None = None
    """The name to log in with; none: no login."""
    password_file: str | None = None
    """A file (mode 0600) that holds the password; a systemd credential or KXPLAN_MAIL_PASSWORD do as well."""
    password: Secret | None = None
    """The password itself; only in a settings file that nobody else can read."""
    sender: str | None = None
    """The address that the mail comes from (the key `from`)."""
    to: tuple[str, ...] = ()
    """Who gets the whole report."""
    leads: Mapping[str, tuple[str, ...]] = {}
    """Departments, each with the addresses that get its own goals."""
    attach: bool = False
    """Whether the report is attached as a spreadsheet."""
    ca_file: str | None = None
    """Authorities to trust instead of the system's, as for an office's own mail server."""
    timeout: int = 300
    """Seconds that each of the server's answers may take."""

    @property
    def is_set(self) -> bool:
        """Whether the table says anything at all."""
        return self != MailSettings()

    @property
    def readers(self) -> frozenset[str]:
        """The bare addresses of everybody who gets mail, in small letters."""
        texts = (*self.to, *(text for texts in self.leads.values() for text in texts))
        return frozenset(text.rpartition("<")[2].rstrip(">").lower() for text in texts)


class BackupSettings(Record):
    """How many backups are kept: the table `[backup]`."""

    daily: int = 7
    weekly: int = 5
    monthly: int = 12
    evidence: bool = True
    """Whether a backup holds the evidence files."""
    folder: str | None = None
    """Where backups go; by default `backups` in the workspace."""


class Settings(Record):
    """What a workspace is set to."""

    default_plan: str | None = None
    """The plan that commands speak of when none is named."""
    language: str = "auto"
    """`zh`, `en`, or `auto`: as the system's locale says."""
    timezone: str = DEFAULT_TIMEZONE
    """The IANA zone in which days end."""
    who: str | None = None
    """Who records entries when nobody is named."""
    today: date | None = None
    """A day that stands for the wall clock (演示日)."""
    mail: MailSettings = MailSettings()
    backup: BackupSettings = BackupSettings()


def read_settings(path: Path, cache_dir: Path | None = None) -> Settings:
    """Return the settings in the file at `path`; in `cache_dir` its table is kept for the next time, never a password.

    Raises:
        SettingsInvalidError: not TOML, an unknown key, or a value of the wrong kind.
    """
    if path.exists() and not path.is_file():
        raise SettingsInvalidError(path=path.name, problem=message("settings.no-file"))
    try:
        text = path.read_bytes()
    except OSError as error:
        raise SettingsInvalidError(path=path.name, problem=_unreadable(error)) from error
    place = None if cache_dir is None else place_of(cache_dir, sha256(text).hexdigest())
    known = None if place is None else kept(place)
    table = _parsed(path, text) if known is None else json.loads(known)
    settings = _checked(path, table)
    if place is not None and known is None and settings.mail.password is None:
        keep(place, json.dumps(table, ensure_ascii=False, default=str).encode())
    return settings


def _parsed(path: Path, text: bytes) -> dict[str, Any]:
    import tomllib  # noqa: PLC0415 -- an unchanged file is not parsed again

    try:
        return tomllib.loads(text.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise SettingsInvalidError(path=path.name, problem=_unreadable(error)) from error


def _checked(path: Path, table: Mapping[str, Any]) -> Settings:
    tables = {name: _read(path.name, f"{name}.", table[name], *_TABLES[name]) for name in _TABLES if name in table}
    if "mail" in tables and tables["mail"].password is not None:
        _refuse_exposed(path)
    rest = {name: value for name, value in table.items() if name not in _TABLES}
    settings: Settings = _read(path.name, "", rest, _SETTINGS, Settings)
    return settings._replace(**tables)


def _unreadable(error: Exception) -> Message:
    """Return why the file cannot be read, in our words: the parser's are English."""
    if isinstance(error, OSError):
        return message("settings.unreadable", why=os_reason(error))
    if isinstance(error, UnicodeDecodeError):
        return message("settings.not-utf8")
    place = re.search(_PLACE, str(error))
    if place is None:
        return message("settings.no-toml")
    return message("settings.no-toml-at", line=int(place[1]), column=int(place[2]))


def _refuse_exposed(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if os.name != "nt" and mode & 0o077:
        problem = message("settings.exposed", path=str(path), mode=f"{mode:04o}")
        raise SettingsInvalidError(path=path.name, problem=problem)


_Reader = tuple[str, Callable[[Any], Any]]
"""The field that a key fills, and how its value is read."""


def _read(path: str, prefix: str, table: Any, readers: Mapping[str, _Reader], make: Callable[..., Any]) -> Any:
    if not isinstance(table, dict):
        problem = message("settings.bad-value", key=prefix.rstrip("."), wanted=message("settings.want-table"))
        raise SettingsInvalidError(path=path, problem=problem)
    values = {}
    for key, value in table.items():
        if key not in readers:
            raise SettingsInvalidError(path=path, problem=_unknown(prefix + key, key, readers))
        field, reader = readers[key]
        try:
            values[field] = reader(value)
        except _BadValueError as error:
            problem = message("settings.bad-value", key=prefix + key, wanted=error.wanted)
            raise SettingsInvalidError(path=path, problem=problem) from error
    return make(**values)


class _BadValueError(ValueError):
    def __init__(self, wanted: Message) -> None:
        super().__init__(wanted)
        self.wanted = wanted


def _unknown(name: str, key: str, readers: Mapping[str, _Reader]) -> Message:
    from difflib import get_close_matches  # noqa: PLC0415 -- only a mistake pays for it

    nearest = get_close_matches(key, readers, n=1, cutoff=0.5)
    if nearest:
        return message("settings.unknown-key-nearest", key=name, nearest=nearest[0])
    return message("settings.unknown-key", key=name, known=tuple(readers))


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip() or shown(value) != value:
        raise _BadValueError(message("settings.want-text"))
    return value.strip()


def _one_of(*choices: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in choices:
            raise _BadValueError(message("settings.want-one-of", choices=choices))
        return str(value)

    return read


def _whole(least: int, most: int) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise _BadValueError(message("settings.want-whole", least=least, most=most))
        return value

    return read


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _BadValueError(message("settings.want-flag"))
    return value


def _day(value: Any) -> date:
    if isinstance(value, str):
        try:
            value = date.fromisoformat(value)
        except ValueError as error:
            raise _BadValueError(message("settings.want-day")) from error
    if not isinstance(value, date) or isinstance(value, datetime) or not FIRST_YEAR <= value.year <= LAST_YEAR:
        raise _BadValueError(message("settings.want-day"))
    return value


def _zone(value: Any) -> str:
    from zoneinfo import ZoneInfo  # noqa: PLC0415 -- the default zone needs no check

    name = _text(value)
    if name == DEFAULT_TIMEZONE:
        return name
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise _BadValueError(message("settings.want-zone")) from error
    return name


_LABEL = r"[A-Za-z0-9_](?:[A-Za-z0-9_-]{0,61}[A-Za-z0-9])?"
_HOST = rf"(?=.{{1,253}}$)(?:{_LABEL}(?:\.{_LABEL})*|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*)"
_BARE = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9][A-Za-z0-9.-]{0,252}"
_ADDRESS = rf"(?:{_BARE}|[^<>@]*<{_BARE}>)"


def _host(value: Any) -> str:
    text = _text(value)
    if not re.fullmatch(_HOST, text):
        raise _BadValueError(message("settings.want-host"))
    return text


def _address(value: Any) -> str:
    """Return a mail address as it stands; whether it is one to the letter, the mail room sees."""
    text = _text(value)
    if not re.fullmatch(_ADDRESS, text) or cleaned(text) != text:
        raise _BadValueError(message("settings.want-address"))
    return text


def _secret(value: Any) -> Secret:
    return Secret(_text(value))


def _addresses(value: Any) -> tuple[str, ...]:
    return tuple(_address(item) for item in value) if isinstance(value, list) else (_address(value),)


def _leads(value: Any) -> Mapping[str, tuple[str, ...]]:
    if not isinstance(value, dict):
        raise _BadValueError(message("settings.want-table"))
    return {_text(lead): _addresses(addresses) for lead, addresses in value.items()}


_MAIL: Mapping[str, _Reader] = {
    "host": ("host", _host),
    "port": ("port", _whole(1, 65535)),
    "security": ("security", _one_of("starttls", "tls", "none")),
    "user": ("user", _text),
    "password_file": ("password_file", _text),
    "password": ("password", _secret),
    "from": ("sender", _address),
    "to": ("to", _addresses),
    "leads": ("leads", _leads),
    "attach": ("attach", _flag),
    "ca_file": ("ca_file", _text),
    "timeout": ("timeout", _whole(1, 3600)),
}
_BACKUP: Mapping[str, _Reader] = {
    "daily": ("daily", _whole(0, 1000)),
    "weekly": ("weekly", _whole(0, 1000)),
    "monthly": ("monthly", _whole(0, 1000)),
    "evidence": ("evidence", _flag),
    "folder": ("folder", _text),
}
_SETTINGS: Mapping[str, _Reader] = {
    "default_plan": ("default_plan", _text),
    "language": ("language", _one_of("zh", "en", "auto")),
    "timezone": ("timezone", _zone),
    "who": ("who", _text),
    "today": ("today", _day),
}
_TABLES: Mapping[str, tuple[Mapping[str, _Reader], Callable[..., Any]]] = {
    "mail": (_MAIL, MailSettings),
    "backup": (_BACKUP, BackupSettings),
}
