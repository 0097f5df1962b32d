"""Refusals of the ledger: what cannot be recorded or corrected, and why."""

from __future__ import annotations

from kxplan.errors import ExitCode, KxplanError


class LedgerRefusalError(KxplanError):
    """The ledger does not take this; nothing was written."""

    exit_code = ExitCode.USAGE


class UnknownEntryError(LedgerRefusalError):
    """No entry has the number `number`."""

    message_id = "ledger.unknown-entry"


class NotAnEntryError(LedgerRefusalError):
    """`number` is neither a log, a done, a fix nor a void, but `what`, recorded by `who` at `recorded`."""

    message_id = "ledger.not-an-entry"


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


class CorrectedSinceLoggedError(LedgerRefusalError):
    """`undo` of `who` would take `number` back, which the fix `by` stands against."""

    message_id = "ledger.corrected-since-logged"


class KeyReusedError(LedgerRefusalError):
    """The key `key` was used for other content, in the entry `number`."""

    message_id = "ledger.key-reused"


class MarkTakenError(LedgerRefusalError):
    """The mark `name` exists since `day`."""

    message_id = "ledger.mark-taken"


class TotalTooLargeError(LedgerRefusalError):
    """The entries of `goal`.`target` would add up to 9·10^12 or more."""

    message_id = "ledger.total-too-large"


class LedgerNotEmptyError(LedgerRefusalError):
    """The ledger `path` holds `n` events already, and not those of the export."""

    message_id = "ledger.not-empty"


class ChangedEventError(LedgerRefusalError):
    """The event `number` of an export is not as it was recorded."""

    message_id = "ledger.event-changed"


class IncompleteEventsError(LedgerRefusalError):
    """An export says that it holds `said` events and holds `found`, or ends with another one."""

    message_id = "ledger.events-incomplete"


class UnsoundEventsError(LedgerRefusalError):
    """The events of an export are chained, and yet the ledger never wrote them together; `what` says why."""

    message_id = "ledger.events-unsound"
