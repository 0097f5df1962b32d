"""Dispatch: every mail that is due goes through the states of the outbox, each committed before the next step."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import NamedTuple

from kxplan.dates import Period
from kxplan.delivery.letters import Outcome, Row, State, Wanted
from kxplan.delivery.line import Server
from kxplan.delivery.outbox import Outbox
from kxplan.delivery.patience import is_due
from kxplan.delivery.send import Conversation


class Sent(NamedTuple):
    """A mail that was tried, or put off without a try because the server would have met it the same way."""

    row: Row
    """As it was before."""
    state: State
    answer: str
    """As the outbox keeps it."""
    next_at: datetime | None
    """When it is tried again; None unless in retry."""


class Dispatch:
    """One run of the mail job: once the server itself has failed, nothing more is tried in it."""

    def __init__(self, outbox: Outbox, server: Server, sender: str, clock: Callable[[], datetime]) -> None:
        self._outbox = outbox
        self._server = server
        self._sender = sender
        self._clock = clock
        self._trouble: Outcome | None = None

    def send(self, wanted: Callable[[Row], bool]) -> Iterator[Sent]:
        """Send what is queued or due for another try and `wanted`, oldest first, and yield each as it ends."""
        rows = self._outbox.rows(("queued", "retry"))
        for row in rows:
            if wanted(row) and is_due(row.next_at, self._clock()):
                sent = self._send(row)
                if sent is not None:
                    yield sent

    def _send(self, row: Row) -> Sent | None:
        if self._trouble is not None:
            return self._settled(row, self._trouble)
        if not self._outbox.claim(row, self._clock()):
            return None
        content = self._outbox.content(row.number)
        with Conversation(self._server) as talk:
            outcome = talk.hand_over(self._sender, row.recipient, content)
            # Before the goodbye: what was accepted is known for good, whatever QUIT brings.
            sent = self._settled(row, outcome)
        if outcome.is_of_server:
            self._trouble = outcome
        return sent

    def _settled(self, row: Row, outcome: Outcome) -> Sent:
        state, next_at = self._outbox.settle(row, outcome, self._clock())
        return Sent(row, state, outcome.answer, next_at)


def resendable(rows: Sequence[Row], wanted: Wanted) -> tuple[Row, ...]:
    """Return what a person may have sent again of what is wanted: what is in retry, failed or unknown.

    Where recipients are named, of theirs also what was sent: of the period named, or of the latest
    of each plan and kind.
    """
    asked = [row for row in rows if wanted.means(row)]
    latest: dict[tuple[str, str, str], Period] = {}
    for row in asked:
        series = (row.plan, row.kind, row.recipient)
        latest[series] = max(row.period, latest.get(series, row.period))
    return tuple(
        row
        for row in asked
        if row.state in ("retry", "failed", "unknown")
        or (row.state == "sent" and wanted.recipients and latest[row.plan, row.kind, row.recipient] == row.period)
    )
