"""Failures of the ledger file and of other files: missing, locked, damaged, unwritable."""

from __future__ import annotations

from errno import EDQUOT, ENOENT, ENOSPC
from os import PathLike, fspath

from kxplan.errors import ExitCode, KxplanError, os_reason


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


class WriteRefusedError(CannotWriteError):
    """The system does not let `path` be written; `why` is its reason, as `os_reason` gives it."""

    message_id = "store.cannot-write-why"


class NoFolderError(WriteRefusedError):
    """The folder of `path` is not there."""

    message_id = "store.no-folder"


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


class ChangedSchemaError(DamagedLedgerError):
    """The tables or triggers `names` are not as the program made them."""

    message_id = "store.schema-changed"


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


def not_written(path: str | PathLike[str], error: OSError) -> CannotWriteError:
    """Return the failure that `error` means for the file or folder `path` that was to be written."""
    if error.errno in (ENOSPC, EDQUOT):
        return DiskFullError(path=fspath(path))
    if error.errno == ENOENT:
        return NoFolderError(path=fspath(path))
    return WriteRefusedError(path=fspath(path), why=os_reason(error))
