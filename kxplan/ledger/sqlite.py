"""The ledger in SQLite: every method one transaction on one connection."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Literal, Self

from kxplan.errors.ledger import MarkTakenError
from kxplan.ledger import correcting, reading
from kxplan.ledger.accounts import Key, accounts, course, entry_counts
from kxplan.ledger.appending import Appender
from kxplan.ledger.recording import attach, record
from kxplan.ledger.rows import millionths, sound_values
from kxplan.model.entry import Attachment, Entry, Evidence, Mark, NewEntry, PlainRow, PlanVersion, Reason
from kxplan.model.tally import Account, Look, Newest, Tally
from kxplan.store.connection import Connection, read_tx, write_tx

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Fault, Imported
    from kxplan.model.event import Event, Extent


class SqliteLedger:
    """A `kxplan.ledger.protocol.Ledger` on one SQLite connection."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Give the file back."""
        self.connection.close()

    def accounts(
        self,
        plan: str,
        on: date,
        *,
        window_start: date,
        due: Mapping[Key, date],
        known_by: datetime | None = None,
        formerly: Mapping[str, str] | None = None,
        goals: Sequence[str] | None = None,
    ) -> dict[Key, Account]:
        """See `Ledger.accounts`."""
        if known_by is not None:
            (found,) = self.accounts_then(plan, [Look(on, known_by, window_start, due, formerly or {})], goals=goals)
            return found
        with self._reading():
            return accounts(
                self.connection, plan, on, window_start=window_start, due=due, formerly=formerly or {}, goals=goals
            )

    def accounts_then(
        self, plan: str, looks: Sequence[Look], *, goals: Sequence[str] | None = None
    ) -> list[dict[Key, Account]]:
        """See `Ledger.accounts_then`."""
        from kxplan.ledger.hindsight import accounts_then  # noqa: PLC0415 -- only a look back needs it

        with self._reading():
            return accounts_then(self.connection, plan, looks, goals)

    def course(
        self, plan: str, key: Key, on: date, *, formerly: Sequence[str] = (), known_by: datetime | None = None
    ) -> tuple[tuple[date, Tally], ...]:
        """See `Ledger.course`."""
        with self._reading(known_by):
            return course(self.connection, plan, key, on, formerly)

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
        changes = correcting.Changes(goal, target, day, amount, denominator)
        with self._writing():
            return correcting.fix(self.connection, version, number, changes, reason=reason, who=who, at=recorded_at)

    def void(self, version: PlanVersion, number: int, *, reason: str, who: str, recorded_at: datetime) -> Entry:
        """See `Ledger.void`."""
        with self._writing():
            return correcting.void(self.connection, version, number, reason=reason, who=who, at=recorded_at)

    def undo(self, version: PlanVersion, *, who: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """See `Ledger.undo`."""
        with self._writing():
            return correcting.undo(self.connection, version, who=who, at=recorded_at)

    def entry(self, number: int) -> Entry:
        """See `Ledger.entry`."""
        with self._reading():
            return reading.entry_at(self.connection, number)

    def life(self, number: int, *, known_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Ledger.life`."""
        with self._reading(known_by):
            return reading.life(self.connection, number)

    def to_undo(self, who: str) -> Entry:
        """See `Ledger.to_undo`."""
        with self._reading():
            return reading.entry_at(self.connection, correcting.to_undo(self.connection, who)[0].number)

    def history(
        self,
        plan: str,
        *,
        goals: Sequence[str] | None = None,
        target: str | None = None,
        since: date | None = None,
        as_of: date | None = None,
        known_by: datetime | None = None,
        limit: int | None = None,
        newest_first: bool = True,
        has_note: bool = False,
    ) -> tuple[Entry, ...]:
        """See `Ledger.history`."""
        with self._reading(known_by):
            days = (since, as_of)
            return reading.history(
                self.connection, plan, goals, target, days, limit, newest_first=newest_first, has_note=has_note
            )

    def count(
        self,
        plan: str,
        goals: Sequence[str],
        *,
        target: str | None = None,
        as_of: date | None = None,
        known_by: datetime | None = None,
    ) -> int:
        """See `Ledger.count`."""
        with self._reading(known_by):
            return reading.count(self.connection, plan, goals, target, as_of)

    def entry_counts(self, plan: str) -> dict[Key, int]:
        """See `Ledger.entry_counts`."""
        with self._reading():
            return entry_counts(self.connection, plan)

    def has_key(self, key: str) -> bool:
        """See `Ledger.has_key`."""
        with self._reading():
            return self.connection.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone() is not None

    def known_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """See `Ledger.known_keys`."""
        with self._reading():
            return reading.known_keys(self.connection, keys)

    def repeats(self, plan: str, goal: str, target: str, day: date, amount: Decimal | None) -> tuple[int, ...]:
        """See `Ledger.repeats`."""
        with self._reading():
            wanted = None if amount is None else millionths(amount)
            return reading.repeats(self.connection, plan, goal, target, day, wanted)

    def level_before(self, plan: str, goal: str, target: str, day: date, number: int) -> Newest | None:
        """See `Ledger.level_before`."""
        with self._reading():
            return reading.level_before(self.connection, plan, goal, target, day, number)

    def breakdown_sums(
        self, plan: str, goal: str, target: str, key: str, on: date, *, known_by: datetime | None = None
    ) -> dict[str | None, Decimal]:
        """See `Ledger.breakdown_sums`."""
        with self._reading(known_by):
            return reading.breakdown_sums(self.connection, plan, goal, target, key, on)

    def accepted_rows(self, plan: str) -> tuple[PlainRow, ...] | None:
        """See `Ledger.accepted_rows`."""
        with self._reading():
            newest = reading.newest_version(self.connection, plan)
            return None if newest is None else newest.accepted

    def version_known_by(self, plan: str, instant: datetime) -> PlanVersion | None:
        """See `Ledger.version_known_by`."""
        with self._reading():
            return reading.version_known_by(self.connection, plan, instant)

    def versions(self, plan: str) -> tuple[PlanVersion, ...]:
        """See `Ledger.versions`."""
        with self._reading():
            return reading.versions(self.connection, plan)

    def mark(self, version: PlanVersion, name: str, *, day: date, who: str, recorded_at: datetime) -> Mark:
        """See `Ledger.mark`."""
        with self._writing():
            if any(mark.name == name for mark in reading.marks(self.connection)):
                raise MarkTakenError(name=name)
            appender = Appender(self.connection, version.plan, who, recorded_at)
            row = appender.append("mark", day=day.isoformat(), data={"name": name})
            appender.note_version(version)
        return Mark(name, row.number, day, recorded_at)

    def marks(self) -> tuple[Mark, ...]:
        """See `Ledger.marks`."""
        with self._reading():
            return reading.marks(self.connection)

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

    def reasons(self, plan: str, *, as_of: date | None = None, known_by: datetime | None = None) -> dict[str, Reason]:
        """See `Ledger.reasons`."""
        with self._reading():
            return reading.reasons(self.connection, plan, as_of, known_by)

    def add_evidence(
        self, version: PlanVersion, number: int, files: Iterable[Attachment], *, who: str, recorded_at: datetime
    ) -> tuple[Evidence, ...]:
        """See `Ledger.add_evidence`."""
        with self._writing():
            row = correcting.row_at(self.connection, number)
            appender = Appender(self.connection, row.plan, who, recorded_at)
            added = [(attach(appender, row, file), file) for file in files]
            appender.note_version(version)
        of_entry = (row.place, row.plan, row.goal or "")
        return tuple(
            Evidence(new.number, *of_entry, file.name, file.size, file.sha256, who, recorded_at) for new, file in added
        )

    def evidence(self, plan: str | None = None) -> tuple[Evidence, ...]:
        """See `Ledger.evidence`."""
        with self._reading():
            return reading.evidence(self.connection, plan)

    def backed(self, plan: str, on: date, *, known_by: datetime | None = None) -> dict[Key, int]:
        """See `Ledger.backed`."""
        from kxplan.ledger.backed import backed  # noqa: PLC0415 -- only a plan that asks for evidence needs it

        with self._reading(known_by):
            return backed(self.connection, plan, on)

    def newest(self) -> tuple[int, datetime] | None:
        """See `Ledger.newest`."""
        with self._reading():
            return reading.newest(self.connection)

    def extent(self) -> Extent:
        """See `Ledger.extent`."""
        from kxplan.ledger.exporting import extent  # noqa: PLC0415 -- only an export needs it

        with self._reading():
            return extent(self.connection)

    def events(self, through: int) -> Iterator[Event]:
        """See `Ledger.events`."""
        from kxplan.ledger.exporting import events  # noqa: PLC0415 -- as above

        return events(self.connection, through)

    def lives(self, plan: str) -> Iterator[Entry]:
        """See `Ledger.lives`."""
        from kxplan.ledger.exporting import lives, lives_now  # noqa: PLC0415 -- as above

        with self._reading():
            at = lives_now(self.connection)
        return lives(self.connection, plan, at)

    def plans(self) -> tuple[str, ...]:
        """See `Ledger.plans`."""
        from kxplan.ledger.exporting import plans  # noqa: PLC0415 -- as above

        with self._reading():
            return plans(self.connection)

    def breakdown_keys(self, plan: str) -> tuple[str, ...]:
        """See `Ledger.breakdown_keys`."""
        from kxplan.ledger.exporting import breakdown_keys  # noqa: PLC0415 -- as above

        with self._reading():
            return breakdown_keys(self.connection, plan)

    def known_ids(self, ids: Sequence[str]) -> frozenset[str]:
        """See `Ledger.known_ids`."""
        with self._reading():
            return reading.known_ids(self.connection, ids)

    def replay(self, said: Extent, events: Iterable[Event]) -> int:
        """See `Ledger.replay`."""
        from kxplan.ledger.replaying import replay  # noqa: PLC0415 -- only an import of an export needs it

        with write_tx(self.connection):
            return replay(self.connection, said, events)

    def compare(self, said: Extent, events: Iterable[Event]) -> None:
        """See `Ledger.compare`."""
        from kxplan.ledger.replaying import compare  # noqa: PLC0415 -- as above

        with self._reading():
            compare(self.connection, said, events)

    def verify(self) -> tuple[Fault, ...]:
        """See `Ledger.verify`."""
        from kxplan.ledger.verifying import verify  # noqa: PLC0415 -- only `check` and `doctor` need it

        return verify(self.connection)

    def rebuild(self) -> None:
        """See `Ledger.rebuild`."""
        from kxplan.ledger.derived import rebuild  # noqa: PLC0415 -- a sound ledger never needs it

        with self._writing():
            rebuild(self.connection)

    @contextmanager
    def _reading(self, known: datetime | None = None) -> Iterator[None]:
        """Read one state of the file."""
        with sound_values(self.connection):
            if known is None:
                with read_tx(self.connection):
                    yield
            else:
                from kxplan.ledger.knowing import known_by  # noqa: PLC0415 -- the slow road is rarely taken

                with known_by(self.connection, known):
                    yield

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Write all of the block or nothing."""
        with sound_values(self.connection), write_tx(self.connection):
            yield
