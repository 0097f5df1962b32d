"""Reading a ledger in SQLite: every method sees one state of the file, on one connection."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime
from decimal import Decimal
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from kxplan.ledger import beside, reading
from kxplan.ledger.accounts import Key, accounts, course, entry_counts, recorded_keys
from kxplan.ledger.rows import millionths, sound_values
from kxplan.model.entry import Entry, Evidence, Keyed, Mark, PlainRow, PlanVersion, Reason
from kxplan.model.tally import Account, Look, Newest, Tally
from kxplan.store.connection import Connection, read_tx

if TYPE_CHECKING:
    from kxplan.ledger.protocol import Fault
    from kxplan.model.event import Event, Extent


Told = TypeVar("Told")


class SqliteReader:
    """A `kxplan.ledger.protocol.Reader` on one SQLite connection."""

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
        """See `Reader.accounts`."""
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
        """See `Reader.accounts_then`."""
        from kxplan.ledger.hindsight import accounts_then  # noqa: PLC0415 -- only a look back needs it

        with self._reading():
            return accounts_then(self.connection, plan, looks, goals)

    def course(
        self, plan: str, key: Key, on: date, *, formerly: Sequence[str] = (), known_by: datetime | None = None
    ) -> tuple[tuple[date, Tally], ...]:
        """See `Reader.course`."""
        with self._reading(known_by):
            return course(self.connection, plan, key, on, formerly)

    def entry(self, number: int) -> Entry:
        """See `Reader.entry`."""
        with self._reading():
            return reading.entry_at(self.connection, number)

    def life(self, number: int, *, known_by: datetime | None = None) -> tuple[Entry, ...]:
        """See `Reader.life`."""
        with self._reading(known_by):
            return reading.life(self.connection, number)

    def to_undo(self, who: str) -> Entry:
        """See `Reader.to_undo`."""
        from kxplan.ledger.correcting import to_undo  # noqa: PLC0415 -- only `undo` needs it

        with self._reading():
            return reading.entry_at(self.connection, to_undo(self.connection, who)[0].number)

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
        """See `Reader.history`."""
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
        """See `Reader.count`."""
        with self._reading(known_by):
            return reading.count(self.connection, plan, goals, target, as_of)

    def entry_counts(self, plan: str) -> dict[Key, int]:
        """See `Reader.entry_counts`."""
        with self._reading():
            return entry_counts(self.connection, plan)

    def has_key(self, key: str) -> bool:
        """See `Reader.has_key`."""
        with self._reading():
            return self.connection.execute("SELECT 1 FROM keys WHERE key = ?", (key,)).fetchone() is not None

    def known_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """See `Reader.known_keys`."""
        with self._reading():
            return reading.known_keys(self.connection, keys)

    def undone_keys(self, keys: Sequence[str]) -> dict[str, int]:
        """See `Reader.undone_keys`."""
        with self._reading():
            return reading.undone_keys(self.connection, keys)

    def repeats(self, plan: str, goal: str, target: str, day: date, amount: Decimal | None) -> tuple[int, ...]:
        """See `Reader.repeats`."""
        with self._reading():
            wanted = None if amount is None else millionths(amount)
            return reading.repeats(self.connection, plan, goal, target, day, wanted)

    def keyed_on(self, plan: str, goal: str, target: str, day: date) -> tuple[Keyed, ...]:
        """See `Reader.keyed_on`."""
        with self._reading():
            return reading.keyed_on(self.connection, plan, goal, target, day)

    def level_before(
        self, plan: str, key: Key, day: date, number: int, *, formerly: Sequence[str] = ()
    ) -> Newest | None:
        """See `Reader.level_before`."""
        with self._reading():
            return reading.level_before(self.connection, plan, recorded_keys(key, formerly), day, number)

    def breakdown_sums(
        self, plan: str, goal: str, target: str, key: str, on: date, *, known_by: datetime | None = None
    ) -> dict[str | None, Decimal]:
        """See `Reader.breakdown_sums`."""
        with self._reading(known_by):
            return reading.breakdown_sums(self.connection, plan, goal, target, key, on)

    def accepted_rows(self, plan: str) -> tuple[PlainRow, ...] | None:
        """See `Reader.accepted_rows`."""
        with self._reading():
            newest = beside.newest_version(self.connection, plan)
            return None if newest is None else newest.accepted

    def version_known_by(self, plan: str, instant: datetime) -> PlanVersion | None:
        """See `Reader.version_known_by`."""
        with self._reading():
            return beside.version_known_by(self.connection, plan, instant)

    def of_versions(self, plan: str, told: Callable[[PlanVersion], Told]) -> tuple[Told, ...]:
        """See `Reader.of_versions`."""
        with self._reading():
            return tuple(map(told, beside.versions(self.connection, plan)))

    def marks(self) -> tuple[Mark, ...]:
        """See `Reader.marks`."""
        with self._reading():
            return beside.marks(self.connection)

    def reasons(self, plan: str, *, as_of: date | None = None, known_by: datetime | None = None) -> dict[str, Reason]:
        """See `Reader.reasons`."""
        with self._reading():
            return beside.reasons(self.connection, plan, as_of, known_by)

    def evidence(self, plan: str | None = None) -> tuple[Evidence, ...]:
        """See `Reader.evidence`."""
        with self._reading():
            return beside.evidence(self.connection, plan)

    def backed(self, plan: str, on: date, *, known_by: datetime | None = None) -> dict[Key, int]:
        """See `Reader.backed`."""
        from kxplan.ledger.backed import backed  # noqa: PLC0415 -- only a plan that asks for evidence needs it

        with self._reading(known_by):
            return backed(self.connection, plan, on)

    def newest(self) -> tuple[int, datetime] | None:
        """See `Reader.newest`."""
        with self._reading():
            return reading.newest(self.connection)

    def extent(self) -> Extent:
        """See `Reader.extent`."""
        from kxplan.ledger.exporting import extent  # noqa: PLC0415 -- only an export needs it

        with self._reading():
            return extent(self.connection)

    def events(self, through: int) -> Iterator[Event]:
        """See `Reader.events`."""
        from kxplan.ledger.exporting import events  # noqa: PLC0415 -- as above

        return events(self.connection, through)

    def lives(self, plan: str) -> Iterator[Entry]:
        """See `Reader.lives`."""
        from kxplan.ledger.exporting import lives, lives_now  # noqa: PLC0415 -- as above

        with self._reading():
            at = lives_now(self.connection)
        return lives(self.connection, plan, at)

    def plans(self) -> tuple[str, ...]:
        """See `Reader.plans`."""
        from kxplan.ledger.exporting import plans  # noqa: PLC0415 -- as above

        with self._reading():
            return plans(self.connection)

    def breakdown_keys(self, plan: str) -> tuple[str, ...]:
        """See `Reader.breakdown_keys`."""
        from kxplan.ledger.exporting import breakdown_keys  # noqa: PLC0415 -- as above

        with self._reading():
            return breakdown_keys(self.connection, plan)

    def known_ids(self, ids: Sequence[str]) -> frozenset[str]:
        """See `Reader.known_ids`."""
        with self._reading():
            return reading.known_ids(self.connection, ids)

    def compare(self, said: Extent, events: Iterable[Event]) -> None:
        """See `Reader.compare`."""
        from kxplan.ledger.replaying import compare  # noqa: PLC0415 -- as above

        with self._reading():
            compare(self.connection, said, events)

    def verify(self) -> tuple[Fault, ...]:
        """See `Reader.verify`."""
        from kxplan.ledger.verifying import verify  # noqa: PLC0415 -- only `check` and `doctor` need it

        return verify(self.connection)

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
