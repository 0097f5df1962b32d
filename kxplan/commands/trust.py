"""Trust: a damaged ledger is still read, but only what of it can be trusted, and the rest is named."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxplan.errors.store import DamagedLedgerError, ForeignLedgerError
from kxplan.ledger.opening import read_ledger
from kxplan.ledger.sqlite_reader import SqliteReader
from kxplan.ledger.suspicion import is_suspicious
from kxplan.message import Message, message

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_WALKED = 300
"""Up to so many events a ledger is walked before it is read: some 2 ms."""
_MOST_NAMED = 50


def distrusted(call: Call) -> tuple[Message, ...]:
    """Let the call read what can be trusted where its ledger is seen to be damaged; return what to say about it.

    A small ledger is walked whole; of a larger one only what cannot be read is seen here, and
    `check` walks it.

    Raises:
        DamagedLedgerError: nothing in it can be trusted.
    """
    try:
        is_damaged = is_suspicious(call.reading.connection, _WALKED)
    except ForeignLedgerError:
        raise
    except DamagedLedgerError:
        is_damaged = True
    return trusted_only(call) if is_damaged else ()


def trusted_only(call: Call) -> tuple[Message, ...]:
    """Let the call read only the entries that can be trusted; return what to say about it.

    Raises:
        DamagedLedgerError: none can be read.
    """
    from kxplan.ledger.salvage import salvaged  # noqa: PLC0415 -- a sound ledger never needs it

    with as_it_is(call) as ledger:
        saved = salvaged(ledger.connection)
    call.read_instead(SqliteReader(saved.connection))
    if not saved.lost:
        return (message("doctor.shown-anew"),)
    return (lost_words(saved.lost),)


def as_it_is(call: Call) -> SqliteReader:
    """Open the call's ledger for what can take one whose tables somebody changed."""
    return read_ledger(call.workspace.ledger, as_it_is=True, on_wait=call.say_waiting)


def lost_words(lost: tuple[int, ...]) -> Message:
    """Return which entries cannot be trusted."""
    numbers = tuple(message("evidence.hash", number=number) for number in lost[:_MOST_NAMED])
    more = len(lost) - len(numbers)
    if more:
        return message("doctor.lost-many", numbers=numbers, n=more)
    return message("doctor.lost", numbers=numbers, n=len(lost))
