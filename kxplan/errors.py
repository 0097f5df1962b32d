"""Failures: each with its data, its sentence and its exit code."""

from __future__ import annotations

import errno
from enum import IntEnum
from typing import ClassVar, NamedTuple

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
    """Several plans, and nothing says which."""

    message_id = "cli.which-plan"
    exit_code = ExitCode.USAGE


class UnknownPlanError(KxplanError):
    """No plan has the id asked for."""

    message_id = "cli.unknown-plan"
    exit_code = ExitCode.USAGE


class PlanTwiceError(KxplanError):
    """Two files claim one plan id."""

    message_id = "cli.plan-twice"
    exit_code = ExitCode.INVALID


class Problem(NamedTuple):
    """One thing that is wrong with a file, and where; line and column are counted from 1."""

    file: str
    line: int
    column: int
    key: str
    """The dotted key, as in `sections[0].goals[2].target`; "" where it concerns no key."""
    message: Message

    @property
    def sentence(self) -> Message:
        """The problem as one line with its place."""
        place = {"file": self.file, "line": self.line, "column": self.column, "what": self.message}
        return Message("cli.problem", {**place, "key": self.key}) if self.key else Message("cli.problem-keyless", place)


class PlanInvalidError(KxplanError):
    """A plan file has problems, told one by one in the order of the file."""

    message_id = "plans.invalid"
    exit_code = ExitCode.INVALID

    def __init__(self, file: str, problems: tuple[Problem, ...]) -> None:
        super().__init__(file=file, n=len(problems))
        self.problems = problems


class LedgerTroubleError(KxplanError):
    """The ledger file cannot be used; `path` says which."""


class LockedError(LedgerTroubleError):
    """Somebody else kept the ledger for longer than we wait."""

    message_id = "store.locked"
    exit_code = ExitCode.LOCKED


class CannotWriteError(LedgerTroubleError):
    """The disk or its permissions do not let us write."""

    message_id = "store.cannot-write"
    exit_code = ExitCode.UNWRITABLE


class CannotReadError(LedgerTroubleError):
    """A file cannot be read; `path` says which and `why` the reason, as `os_reason` gives it."""

    message_id = "cli.cannot-read"
    exit_code = ExitCode.USAGE


class DiskFullError(CannotWriteError):
    """No room is left on the disk."""

    message_id = "store.disk-full"


class DiskFailingError(CannotWriteError):
    """The disk reports an error of its own; whether the write took place is not known."""

    message_id = "store.disk-failing"


class HotJournalError(CannotWriteError):
    """An interrupted write must be undone before reading, on a disk that takes no writes."""

    message_id = "store.hot-journal"


class DamagedLedgerError(LedgerTroubleError):
    """The file is damaged; nothing repairs it by itself."""

    message_id = "store.damaged"
    exit_code = ExitCode.PROBLEMS


class ForeignLedgerError(DamagedLedgerError):
    """The file is something else than a ledger."""

    message_id = "store.foreign"


class EmptyLedgerError(DamagedLedgerError):
    """The file has nothing in it."""

    message_id = "store.empty"


class MissingLedgerError(DamagedLedgerError):
    """The workspace has no ledger file, though `init` made one."""

    message_id = "store.missing"


class DamagedEntryError(DamagedLedgerError):
    """The entry `number` cannot be read."""

    message_id = "ledger.damaged-entry"


class NewerSchemaError(KxplanError):
    """A newer version of the program wrote the ledger; it is left alone."""

    message_id = "store.newer-schema"
    exit_code = ExitCode.INVALID


class LedgerRefusalError(KxplanError):
    """The ledger does not take this; nothing was written."""

    exit_code = ExitCode.USAGE


class UnknownEntryError(LedgerRefusalError):
    """No entry has the number `number`."""

    message_id = "ledger.unknown-entry"


class NotCorrectableError(LedgerRefusalError):
    """`number` is neither a log, a done, a fix nor a void."""

    message_id = "ledger.not-correctable"


class CorrectedAlreadyError(LedgerRefusalError):
    """`number` was corrected; `standing` is the entry that stands instead of it."""

    message_id = "ledger.corrected-already"


class VoidedAlreadyError(LedgerRefusalError):
    """`number` was voided by `by`."""

    message_id = "ledger.voided-already"


class VoidNotFixableError(LedgerRefusalError):
    """`number` is a void: it has no figure to fix."""

    message_id = "ledger.void-not-fixable"


class DoneNotFixableError(LedgerRefusalError):
    """`number` is a done: only its day can be fixed."""

    message_id = "ledger.done-not-fixable"


class CorrectedSinceError(LedgerRefusalError):
    """What `number` replaced was meanwhile corrected by `by`."""

    message_id = "ledger.corrected-since"


class StepDoneError(LedgerRefusalError):
    """The step `step` of `goal` is done already, by the entry `number`."""

    message_id = "ledger.step-done"


class DoneSinceError(LedgerRefusalError):
    """What `number` replaced cannot come back: the step `step` was done again by the entry `by`."""

    message_id = "ledger.done-since"


class NothingToUndoError(LedgerRefusalError):
    """`who` has no log or done that still stands."""

    message_id = "ledger.nothing-to-undo"


class KeyReusedError(LedgerRefusalError):
    """The key `key` was used for other content, in the entry `number`."""

    message_id = "ledger.key-reused"


class MarkTakenError(LedgerRefusalError):
    """The mark `name` exists since `day`."""

    message_id = "ledger.mark-taken"


class TotalTooLargeError(LedgerRefusalError):
    """The entries of `goal`.`target` would add up to 9·10^12 or more."""

    message_id = "ledger.total-too-large"


class UnknownGoalError(KxplanError):
    """The plan has no goal under this word."""

    message_id = "plans.unknown-goal"
    exit_code = ExitCode.NOT_FOUND

    def __init__(self, word: str, nearest: tuple[Message, ...]) -> None:
        super().__init__(word=word, nearest=nearest)

    @property
    def message(self) -> Message:
        """The sentence; with the nearest goals where there are any."""
        return Message("plans.unknown-goal-near" if self.data["nearest"] else self.message_id, self.data)


class AmbiguousGoalError(KxplanError):
    """A word fits several goals equally well."""

    message_id = "plans.ambiguous-goal"
    exit_code = ExitCode.NOT_FOUND


class UnknownTargetError(KxplanError):
    """A goal has no target or step under this word."""

    exit_code = ExitCode.NOT_FOUND

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)


class UnreadableDocumentError(KxplanError):
    """A document `file` cannot be read; the sentence says how to get a usable one."""

    exit_code = ExitCode.USAGE

    def __init__(self, why: str, /, **data: object) -> None:
        self.message_id = f"draft.{why}"  # type: ignore[misc]
        super().__init__(**data)


class MailBusyError(KxplanError):
    """Another process kept sending mail for longer than we wait."""

    message_id = "mail.busy"
    exit_code = ExitCode.LOCKED


class MailNotSetError(KxplanError):
    """The settings lack the keys `keys` of `[mail]`."""

    message_id = "mail.not-set"
    exit_code = ExitCode.INVALID


class MailSettingsError(KxplanError):
    """A setting of `[mail]` cannot be used; the sentence says which."""

    exit_code = ExitCode.INVALID

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)


class BadAddressError(KxplanError):
    """`text` is not one mail address."""

    message_id = "mail.bad-address"
    exit_code = ExitCode.INVALID


class ExposedSecretError(KxplanError):
    """Others can read the file `path`, which holds a secret."""

    message_id = "mail.exposed-secret"
    exit_code = ExitCode.INVALID


class UnusableSecretError(KxplanError):
    """The file `path` has no usable password in it."""

    message_id = "mail.unusable-secret"
    exit_code = ExitCode.INVALID


class UnreadableSheetError(KxplanError):
    """A sheet `file` cannot be read; the sentence says how to get a usable one."""

    exit_code = ExitCode.USAGE

    def __init__(self, why: str, /, **data: object) -> None:
        self.message_id = f"import.{why}"  # type: ignore[misc]
        super().__init__(**data)


class RowsRefusedError(KxplanError):
    """`n` rows of `file` are wrong; they were told one by one, and nothing was written."""

    message_id = "import.refused"
    exit_code = ExitCode.USAGE


class UnsoundLedgerError(DamagedLedgerError):
    """The ledger has `n` faults; a backup of it would be no good."""

    message_id = "backup.unsound"


class TargetTakenError(KxplanError):
    """The file `path` exists and is not overwritten."""

    message_id = "backup.taken"
    exit_code = ExitCode.USAGE


class BadBackupError(KxplanError):
    """The file `path` is no backup that can be restored; `why` says what is wrong with it."""

    message_id = "backup.bad"
    exit_code = ExitCode.USAGE


class NotRebuildableError(DamagedLedgerError):
    """The ledger has `n` faults that lie in the entries themselves, which nothing works out anew."""

    message_id = "doctor.not-rebuildable"
