"""Bulk: many entries in one transaction, chained one by one, summed once at the end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from kxplan.errors.ledger import KeyReusedError, StepDoneError, TotalTooLargeError
from kxplan.ledger.appending import INSERT, Appender
from kxplan.ledger.derived import Gathering
from kxplan.ledger.protocol import Imported
from kxplan.ledger.recording import adds_up, columns, new_batch, said
from kxplan.ledger.rows import Row
from kxplan.ledger.sums import ADD_SHARE, TOTAL_LIMIT, done_by
from kxplan.model.entry import Act, NewEntry, PlanVersion
from kxplan.store.connection import Connection


def record_many(
    connection: Connection, version: PlanVersion, entries: Iterable[NewEntry], *, who: str, recorded_at: datetime
) -> Imported:
    """Record `entries` as one batch inside the present write transaction; see `Ledger.record_many`."""
    bulk = _Bulk(connection, version, who, recorded_at)
    connection.executemany(INSERT, bulk.rows(entries))
    bulk.finish()
    return Imported(bulk.first, bulk.n, bulk.known)


class _Bulk:
    def __init__(self, connection: Connection, version: PlanVersion, who: str, recorded_at: datetime) -> None:
        self.n = 0
        self.known = 0
        self._connection = connection
        self._version = version
        self._appender = Appender(connection, version.plan, who, recorded_at)
        self.first = self._appender.number
        self._batch = new_batch()
        self._gathering = Gathering()

    def rows(self, entries: Iterable[NewEntry]) -> Iterator[tuple[Any, ...]]:
        """Yield what `INSERT` takes, for every entry that is not known yet."""
        for entry in entries:
            act: Act = "done" if entry.steps else "log"
            content = None if entry.key is None else self._unknown(entry, act)
            if entry.key is not None and content is None:
                self.known += 1
                continue
            of_entry = columns(entry, content)
            row, values = self._appender.next(act, key=entry.key, batch=self._batch, **of_entry)
            if entry.key is not None:
                self._connection.execute("INSERT INTO keys VALUES (?, ?, ?, 1)", (entry.key, content, row.number))
            self._gather(row, entry)
            self.n += 1
            yield values

    def finish(self) -> None:
        """Write the sums and note the plan's version."""
        connection = self._connection
        for where in self._gathering.targets:
            connection.execute("DELETE FROM sums WHERE plan = ? AND goal = ? AND target = ?", where)
        connection.executemany("INSERT INTO sums VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", self._sums())
        connection.executemany(ADD_SHARE, self._gathering.shares())
        if self.n:
            self._appender.note_version(self._version)

    def _unknown(self, entry: NewEntry, act: str) -> str | None:
        """Return the content of a line; None where it was recorded before."""
        content = said([self._version.plan, act, columns(entry)])
        found = self._connection.execute("SELECT content, number FROM keys WHERE key = ?", (entry.key,)).fetchone()
        if found is None:
            return content
        if found[0] != content:
            raise KeyReusedError(key=entry.key, number=found[1])
        return None

    def _gather(self, row: Row, entry: NewEntry) -> None:
        where = (row.plan, entry.goal, entry.target)
        if not self._gathering.has(where):
            self._gathering.load(self._connection, where)
        for step in entry.steps:
            again = done_by(self._connection, row.plan, entry.goal, step)
            if again is not None:
                raise StepDoneError(goal=entry.goal, step=step, number=again)
            done = (row.plan, entry.goal, step, row.number, row.day)
            self._connection.execute("INSERT INTO steps VALUES (?, ?, ?, ?, ?)", done)
        self._gathering.add(row.number, where, row.day or "", row.place, row.amount, row.denominator, row.data)

    def _sums(self) -> Iterator[tuple[Any, ...]]:
        for row in self._gathering.sums():
            _, goal, target, _, total, _, denominators, *_ = row
            if max(abs(total), denominators) >= TOTAL_LIMIT and adds_up(self._version, goal, target):
                raise TotalTooLargeError(goal=goal, target=target)
            yield row
