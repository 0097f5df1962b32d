"""Failures: each with its data, its sentence and its exit code."""

from __future__ import annotations

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


class UsageError(KxplanError):
    """An argument that cannot be taken, with its own sentence."""

    exit_code = ExitCode.USAGE

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)


class BadDayError(KxplanError):
    """A text names no day."""

    message_id = "cli.bad-day"
    exit_code = ExitCode.USAGE


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


class SettingsInvalidError(KxplanError):
    """kxplan.toml cannot be taken as it stands."""

    message_id = "settings.invalid"
    exit_code = ExitCode.INVALID


class NoPlanError(KxplanError):
    """The workspace has no plan file yet."""

    message_id = "cli.no-plan"
    exit_code = ExitCode.USAGE


class WhichPlanError(KxplanError):
    """Several plans, and nothing says which; or none under the name given."""

    message_id = "cli.which-plan"
    exit_code = ExitCode.USAGE


class PlanTwiceError(KxplanError):
    """Two files claim one plan id."""

    message_id = "cli.plan-twice"
    exit_code = ExitCode.INVALID
