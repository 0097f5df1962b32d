"""The ledger in SQLite: every writing method one transaction on one connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Literal

from kxplan.errors.ledger import MarkTakenError
from kxplan.ledger import beside
from kxplan.ledger.appending import Appender
from kxplan.ledger.recording import attach, record
from kxplan.ledger.rows import sound_values
from kxplan.ledger.sqlite_reader import SqliteReader
from kxplan.model.entry import Attachment, Entry, Evidence, Mark, NewEntry, PlanVersion, Reason
from kxplan.store.connection import write_tx

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Imported, Ledger
    from kxplan.model.event import Event, Extent


class SqliteLedger(SqliteReader):
    """A `kxplan.ledger.protocol.Ledger` on one SQLite connection."""

    def record(
        self,
        version: PlanVersion,
        entries: Sequence[NewEntry],
        *,
        act: Literal["log", "done"],
        who: str,
        recorded_at: datetime,
        key: str | None = None,
        content: object = None,
        evidence: Sequence[Attachment] = (),
    ) -> tuple[Entry, ...]:
        """See `Ledger.record`."""
        with self._writing():
            return record(
                self.connection, version, entries, act=act, who=who, recorded_at=recorded_at, key=key,
                content=content, evidence=evidence,
            )  # fmt: skip

    def record_many(
        self, version: PlanVersion, entries: Iterable[NewEntry], *, who: str, recorded_at: datetime
    ) -> Imported:
        """See `Ledger.record_many`."""
        from kxplan.ledger.bulk import record_many  # noqa: PLC0415 -- only an import needs it

        with self._writing():
            return record_many(self.connection, version, entries, who=who, recorded_at=recorded_at)

    def fix(
        self,
        version: PlanVersion,
        number: int,
        *,
        goal: str | None = None,
        target: str | None = None,
        day: date | None = None,
        amount: Decimal | None = None,
        denominator: Decimal | None = None,
        reason: str,
        who: str,
        recorded_at: datetime,
    ) -> Entry:
        """See `Ledger.fix`."""
        from kxplan.ledger import correcting  # noqa: PLC0415 -- only a correction needs it

        changes = correcting.Changes(goal, target, day, amount, denominator)
        with self._writing():
            return correcting.fix(self.connection, version, number, changes, reason=reason, who=who, at=recorded_at)

    def void(self, version: PlanVersion, number: int, *, reason: str, who: str, recorded_at: datetime) -> Entry:
        """See `Ledger.void`."""
        from kxplan.ledger import correcting  # noqa: PLC0415 -- as above

        with self._writing():
            return correcting.void(self.connection, version, number, reason=reason, who=who, at=recorded_at)

    def undo(self, version: PlanVersion, *, who: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """See `Ledger.undo`."""
        from kxplan.ledger import correcting  # noqa: PLC0415 -- as above

        with self._writing():
            return correcting.undo(self.connection, version, who=who, at=recorded_at)

    def mark(self, version: PlanVersion, name: str, *, day: date, who: str, recorded_at: datetime) -> Mark:
        """See `Ledger.mark`."""
        with self._writing():
            if any(mark.name == name for mark in beside.marks(self.connection)):
                raise MarkTakenError(name=name)
            appender = Appender(self.connection, version.plan, who, recorded_at)
            row = appender.append("mark", day=day.isoformat(), data={"name": name})
            appender.note_version(version)
        return Mark(name, row.number, day, recorded_at)

    def add_reason(
        self,
        version: PlanVersion,
        goal: str,
        text: str,
        *,
        measure: str | None,
        until: date | None,
        day: date,
        who: str,
        recorded_at: datetime,
    ) -> Reason:
        """See `Ledger.add_reason`."""
        data = {"measure": measure, "until": until.isoformat() if until else None}
        with self._writing():
            appender = Appender(self.connection, version.plan, who, recorded_at)
            row = appender.append("reason", goal=goal, day=day.isoformat(), reason=text, data=data)
            appender.note_version(version)
        return Reason(goal, text, measure, until, who, day, recorded_at, row.number)

    def add_evidence(
        self, version: PlanVersion, number: int, files: Iterable[Attachment], *, who: str, recorded_at: datetime
    ) -> tuple[Evidence, ...]:
        """See `Ledger.add_evidence`."""
        from kxplan.ledger.correcting import row_at  # noqa: PLC0415 -- as above

        with self._writing():
            row = row_at(self.connection, number)
            appender = Appender(self.connection, row.plan, who, recorded_at)
            added = [(attach(appender, row, file), file) for file in files]
            appender.note_version(version)
        of_entry = (row.place, row.plan, row.goal or "")
        return tuple(
            Evidence(new.number, *of_entry, file.name, file.size, file.sha256, who, recorded_at) for new, file in added
        )

    def replay(self, said: Extent, events: Iterable[Event]) -> int:
        """See `Ledger.replay`."""
        from kxplan.ledger.replaying import replay  # noqa: PLC0415 -- only an import of an export needs it

        with write_tx(self.connection):
            return replay(self.connection, said, events)

    def rebuild(self) -> None:
        """See `Ledger.rebuild`."""
        from kxplan.ledger.derived import rebuild  # noqa: PLC0415 -- `doctor --rebuild` alone needs it

        with self._writing():
            rebuild(self.connection)

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all of the block or nothing."""
        with sound_values(self.connection), write_tx(self.connection):
            yield


if TYPE_CHECKING:
    _CHECKED: type[Ledger] = SqliteLedger
