"""Failures: each with its data, its sentence and its exit code."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import ClassVar

from kxplan.message import Message


class ExitCode(IntEnum):
    """What a finished command tells the shell."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    INVALID = 3
    NOT_FOUND = 4
    LOCKED = 5
    UNWRITABLE = 6
    PROBLEMS = 7
    RETRY = 75
    REFUSED = 77
    INTERRUPTED = 130


class KxplanError(Exception):
    """The root of every failure that a person is told about in a sentence.

    A subclass names its sentence in `message_id` and its `exit_code`; the data it is raised with
    fills the sentence. Only `cli` catches this class.
    """

    message_id: ClassVar[str]
    exit_code: ClassVar[ExitCode] = ExitCode.FAILED

    def __init__(self, **data: object) -> None:
        super().__init__(self.message_id, data)
        self.data = data

    @property
    def message(self) -> Message:
        """The sentence, before it has a language."""
        return Message(self.message_id, self.data)


_OS_REASONS = {
    errno.ENOENT: "not-there", errno.EACCES: "no-permission", errno.EPERM: "no-permission", errno.EISDIR: "is-folder",
    errno.ENOTDIR: "not-folder", errno.ENOSPC: "disk-full", errno.EROFS: "read-only", errno.ENAMETOOLONG: "long-name",
    errno.ENXIO: "not-regular", errno.EEXIST: "is-taken",
}  # fmt: skip


def os_reason(error: OSError) -> Message:
    """Return why the system refused, as a sentence's part in our own words."""
    name = _OS_REASONS.get(error.errno or 0)
    if name is None:
        return Message("cli.os.other", {"number": error.errno or 0})
    return Message(f"cli.os.{name}")


class UsageError(KxplanError):
    """An argument that cannot be taken, with its own sentence."""

    exit_code = ExitCode.USAGE

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)


class AnswerLostError(KxplanError):
    """The answer could not be written to stdout; what was recorded stays recorded."""

    message_id = "cli.answer-lost"
    exit_code = ExitCode.UNWRITABLE


class BadDayError(KxplanError):
    """A text names no day."""

    message_id = "cli.bad-day"
    exit_code = ExitCode.USAGE


class NoSuchDayError(BadDayError):
    """A text names a day that the calendar does not have."""

    message_id = "cli.no-such-day"


class BadQuantityError(KxplanError):
    """A text is no quantity, or not an exact one."""

    message_id = "quantity.bad"
    exit_code = ExitCode.USAGE

    def __init__(self, text: str, reason: Message) -> None:
        shortened = text if len(text) <= 40 else f"{text[:39]}…"
        super().__init__(text=shortened, reason=reason)


class NoWorkspaceError(KxplanError):
    """No folder with settings at or above the place asked."""

    message_id = "cli.no-workspace"
    exit_code = ExitCode.USAGE


class NotAWorkspaceError(NoWorkspaceError):
    """The folder that was named has no settings; others were not looked at."""

    message_id = "cli.not-a-workspace"


class SettingsInvalidError(KxplanError):
    """kxplan.toml cannot be taken as it stands."""

    message_id = "settings.invalid"
    exit_code = ExitCode.INVALID
