"""The outbox: what was queued, handed over, refused or lost from sight, committed before the next step.

Callers that change rows hold the lock of `delivery.lock`; the claim of a row is still a compare
and set of its own, so that even without the lock nobody sends a mail that somebody else sends.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import cast

from kxplan.dates import Period, Span
from kxplan.delivery.letters import Letter, Outcome, Row, State
from kxplan.delivery.patience import gives_up_at, next_try
from kxplan.store.connection import Connection, read_tx, write_tx

_COLUMNS = (
    "number, plan, kind, period, until, recipient, subject, message_id, state, attempts, "
    "queued_at, changed_at, next_at, answer"
)


class Outbox:
    """The table of mails on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @property
    def exists(self) -> bool:
        """Whether the file has an outbox at all: the first mail makes it."""
        with read_tx(self._connection):
            found = self._connection.execute("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'outbox'")
            return found.fetchone() is not None

    def rows(self, states: Sequence[State] | None = None) -> tuple[Row, ...]:
        """Return the mails in these states (None: in every one), oldest first."""
        with read_tx(self._connection):
            if states is None:
                found = self._connection.execute(f"SELECT {_COLUMNS} FROM outbox ORDER BY number")  # noqa: S608
            else:
                places = ", ".join("?" * len(states))
                found = self._connection.execute(
                    f"SELECT {_COLUMNS} FROM outbox WHERE state IN ({places}) ORDER BY number",  # noqa: S608
                    tuple(states),
                )
            return tuple(_row(values) for values in found.fetchall())

    def series(self, plan: str, kind: Span, recipient: str) -> tuple[Row, ...]:
        """Return every mail of a kind about a plan to a recipient, in whatever state, in order of periods."""
        with read_tx(self._connection):
            found = self._connection.execute(
                f"SELECT {_COLUMNS} FROM outbox WHERE plan = ? AND kind = ? AND recipient = ? "  # noqa: S608
                "ORDER BY period",
                (plan, kind, recipient),
            ).fetchall()
        return tuple(_row(values) for values in found)

    def troubled(self, plan: str) -> tuple[tuple[State, str], ...]:
        """Return the state and the recipient of every mail about a plan that was refused or lost from sight."""
        with read_tx(self._connection):
            found = self._connection.execute(
                "SELECT state, recipient FROM outbox WHERE state IN ('failed', 'unknown') AND plan = ?", (plan,)
            ).fetchall()
        return tuple(found)

    def newest(self, plan: str, kind: Span | None = None) -> date | None:
        """Return the first day of the latest period that was mailed to anybody, of a kind or of any; None: none was."""
        with read_tx(self._connection):
            found = self._connection.execute(
                "SELECT max(period) FROM outbox WHERE plan = ? AND kind = coalesce(?, kind)", (plan, kind)
            ).fetchone()
        return None if found[0] is None else date.fromisoformat(str(found[0]))

    def stated(self, plan: str, kind: Span, recipient: str, before: date) -> str | None:
        """Return the figures last told to a recipient for a period that began before a day; None: none yet."""
        with read_tx(self._connection):
            found = self._connection.execute(
                "SELECT figures FROM outbox WHERE plan = ? AND kind = ? AND recipient = ? AND period < ? "
                "AND state <> 'failed' ORDER BY period DESC LIMIT 1",
                (plan, kind, recipient, before.isoformat()),
            ).fetchone()
        return None if found is None else str(found[0])

    def content(self, number: int) -> bytes:
        """Return the frozen bytes of a mail."""
        with read_tx(self._connection):
            found = self._connection.execute("SELECT content FROM outbox WHERE number = ?", (number,)).fetchone()
        return bytes(found[0])

    def queue(self, letters: Iterable[Letter], now: datetime) -> None:
        """Freeze these mails, all or none; one that was queued before stays as it was."""
        at = _text(now)
        with write_tx(self._connection):
            self._connection.executemany(
                "INSERT INTO outbox (plan, kind, period, until, recipient, subject, message_id, content, figures, "
                "state, queued_at, changed_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 'queued', ?, ?) "
                "ON CONFLICT (plan, period, kind, recipient) DO NOTHING",
                [
                    (
                        letter.plan, letter.kind, letter.period.start.isoformat(), letter.period.end.isoformat(),
                        letter.recipient, letter.subject, letter.message_id, letter.content, letter.figures, at, at,
                    )
                    for letter in letters
                ],
            )  # fmt: skip

    def claim(self, row: Row, now: datetime) -> bool:
        """Commit that a mail is being sent; False where somebody else changed it meanwhile."""
        with write_tx(self._connection):
            changed = self._connection.execute(
                "UPDATE outbox SET state = 'sending', attempts = attempts + 1, changed_at = ?, next_at = NULL "
                "WHERE number = ? AND state IN ('queued', 'retry') AND attempts = ?",
                (_text(now), row.number, row.attempts),
            )
            return changed.rowcount == 1

    def settle(self, row: Row, outcome: Outcome, now: datetime) -> tuple[State, datetime | None]:
        """Commit how the try of a mail ended; return its state and when the next comes: a retry too late has failed."""
        state: State = outcome.state
        next_at = None
        if state == "retry":
            if now >= gives_up_at(row.queued_at):
                state = "failed"
            else:
                next_at = next_try(row.attempts + 1, row.queued_at, now)
        with write_tx(self._connection):
            self._connection.execute(
                "UPDATE outbox SET state = ?, answer = ?, changed_at = ?, next_at = ? "
                "WHERE number = ? AND state IN ('queued', 'retry', 'sending', 'unknown')",
                (state, outcome.answer, _text(now), _text(next_at) if next_at else None, row.number),
            )
        return state, next_at

    def lose_orphans(self, answer: str, now: datetime) -> None:
        """Mark as unknown what a process that is gone was sending; the caller holds the lock, so nobody is."""
        if self.rows(("sending",)):
            with write_tx(self._connection):
                self._connection.execute(
                    "UPDATE outbox SET state = 'unknown', answer = ?, changed_at = ? WHERE state = 'sending'",
                    (answer, _text(now)),
                )

    def requeue(self, rows: Iterable[Row], now: datetime) -> None:
        """Put mails back as if new, with the same bytes: a person asked for it."""
        with write_tx(self._connection):
            self._connection.executemany(
                "UPDATE outbox SET state = 'queued', attempts = 0, queued_at = ?, changed_at = ?, next_at = NULL "
                "WHERE number = ? AND state <> 'sending'",
                [(_text(now), _text(now), row.number) for row in rows],
            )


def _row(values: Sequence[object]) -> Row:
    number, plan, kind, start, end, recipient, subject, message_id, state, attempts, *rest = values
    queued_at, changed_at, next_at, answer = rest
    return Row(
        cast("int", number),
        str(plan),
        cast("Span", kind),
        Period(date.fromisoformat(str(start)), date.fromisoformat(str(end))),
        str(recipient),
        str(subject),
        str(message_id),
        cast("State", state),
        cast("int", attempts),
        datetime.fromisoformat(str(queued_at)),
        datetime.fromisoformat(str(changed_at)),
        None if next_at is None else datetime.fromisoformat(str(next_at)),
        None if answer is None else str(answer),
    )


def _text(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds")
