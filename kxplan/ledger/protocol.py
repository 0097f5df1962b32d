"""The ledger: what every store of events promises, narrow enough for another database behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple, Protocol, TypeVar

from kxplan.message import Message
from kxplan.model.entry import Attachment, Entry, Evidence, Keyed, Mark, NewEntry, PlainRow, PlanVersion, Reason
from kxplan.model.event import Event, Extent
from kxplan.model.tally import Account, Look, Newest, Tally

Told = TypeVar("Told")

Key = tuple[str, str]
"""Goal id and target id."""


class Fault(NamedTuple):
    """Something that `verify` found."""

    message: Message
    number: int | None = None
    """The entry that cannot be trusted; None where it is none in particular."""


class Imported(NamedTuple):
    """What an import added."""

    first: int
    """The number of its first entry."""
    n: int
    """How many entries were added; 0: `first` is the number that the next one will have."""
    known: int
    """How many lines were left out because their key had been recorded before."""


class Reader(Protocol):
    """What can be read of an append-only ledger of events.

    `known_by` is an instant: only what was recorded before it counts, corrections included; None
    counts everything.
    """

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
        """Return the accounts of all targets of `plan` that have entries through `on`.

        With `goals` (ids as recorded) those of other goals may be missing, which is faster.
        """

    def accounts_then(
        self, plan: str, looks: Sequence[Look], *, goals: Sequence[str] | None = None
    ) -> list[dict[Key, Account]]:
        """Return what `accounts` returns, for each of `looks`; all of them cost about as much as one."""

    def course(
        self, plan: str, key: Key, on: date, *, formerly: Sequence[str] = (), known_by: datetime | None = None
    ) -> tuple[tuple[date, Tally], ...]:
        """Return the tally of one target at the end of each day through `on` that has entries, in order of days.

        `formerly` are the ids that its goal had.
        """

    def entry(self, number: int) -> Entry:
        """Return the log, done, fix or void with this number. Raises UnknownEntryError."""

    def life(self, number: int, *, known_by: datetime | None = None) -> tuple[Entry, ...]:
        """Return the whole life of an entry: what was first recorded, then its fixes and voids."""

    def to_undo(self, who: str) -> Entry:
        """Return the first entry of the call that `undo` would take back; raises as it does."""

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
        """Return entries by number; `goals` are ids, None for all; work days from `since` through `as_of`.

        With `has_note` only those that say something.
        """

    def count(
        self,
        plan: str,
        goals: Sequence[str],
        *,
        target: str | None = None,
        as_of: date | None = None,
        known_by: datetime | None = None,
    ) -> int:
        """Return how many entries `history` would tell."""

    def entry_counts(self, plan: str) -> dict[Key, int]:
        """Return how many entries stand per goal and target, under the ids they were recorded with."""

    def has_key(self, key: str) -> bool:
        """Tell whether something was recorded under `key`."""

    def known_keys(self, keys: Sequence[str]) -> frozenset[str]:
        """Return those of at most 1000 `keys` that something was recorded under."""

    def undone_keys(self, keys: Sequence[str]) -> dict[str, int]:
        """Return those of at most 1000 `keys` whose entry `undo` took back, with its number."""

    def repeats(self, plan: str, goal: str, target: str, day: date, amount: Decimal | None) -> tuple[int, ...]:
        """Return the numbers of the standing entries with the same target, day and amount."""

    def keyed_on(self, plan: str, goal: str, target: str, day: date) -> tuple[Keyed, ...]:
        """Return the standing entries of a target and a day that were recorded under a key, by number."""

    def level_before(
        self, plan: str, key: Key, day: date, number: int, *, formerly: Sequence[str] = ()
    ) -> Newest | None:
        """Return the newest value through `day` at the place of the entry `number`, that entry left out of account.

        `formerly` are the ids that its goal had.
        """

    def breakdown_sums(
        self, plan: str, goal: str, target: str, key: str, on: date, *, known_by: datetime | None = None
    ) -> dict[str | None, Decimal]:
        """Return what each value of `key` adds up to through `on`; under None what names no value."""

    def accepted_rows(self, plan: str) -> tuple[PlainRow, ...] | None:
        """Return the promises that later changes are measured against; None before the first record."""

    def version_known_by(self, plan: str, instant: datetime) -> PlanVersion | None:
        """Return the plan as last recorded before `instant`, or as first recorded; None where it never was."""

    def of_versions(self, plan: str, told: Callable[[PlanVersion], Told]) -> tuple[Told, ...]:
        """Return what `told` makes of each recorded version of a plan, oldest first; one at a time is held."""

    def marks(self) -> tuple[Mark, ...]:
        """Return all marks, oldest first."""

    def reasons(self, plan: str, *, as_of: date | None = None, known_by: datetime | None = None) -> dict[str, Reason]:
        """Return the newest reason of each goal that has one, of those given through `as_of`."""

    def evidence(self, plan: str | None = None) -> tuple[Evidence, ...]:
        """Return the pieces of evidence of a plan, or of all, oldest first."""

    def backed(self, plan: str, on: date, *, known_by: datetime | None = None) -> dict[Key, int]:
        """Return how many standing entries through `on` have evidence, under the ids they were recorded with."""

    def newest(self) -> tuple[int, datetime] | None:
        """Return the number of the newest event and when it was recorded; None where there is none."""

    def extent(self) -> Extent:
        """Return how far the ledger reaches."""

    def events(self, through: int) -> Iterator[Event]:
        """Yield every event through the number `through`, in order, each checked against its hash.

        Nobody has to wait for it meanwhile. Raises DamagedEntryError.
        """

    def lives(self, plan: str) -> Iterator[Entry]:
        """Yield every entry of a plan as it stood at the beginning, each followed by its corrections.

        Nobody has to wait for it meanwhile. The standing ones come in the order that decides which
        is newest on a day. Raises DamagedEntryError before the first, whatever event is damaged.
        """

    def plans(self) -> tuple[str, ...]:
        """Return the ids of the plans that have entries."""

    def breakdown_keys(self, plan: str) -> tuple[str, ...]:
        """Return the keys by which standing entries of a plan are broken down."""

    def known_ids(self, ids: Sequence[str]) -> frozenset[str]:
        """Return those of at most 1000 `ids` that events here have."""

    def compare(self, said: Extent, events: Iterable[Event]) -> None:
        """Check what `replay` would, without writing; raises as it does."""

    def verify(self) -> tuple[Fault, ...]:
        """Walk the chain and compare everything derived with the entries; return what is wrong."""


class Ledger(Reader, Protocol):
    """A ledger that can be written to. Every writing method is one transaction: all of it or nothing.

    Writing methods take the plan's present text as `version` and record it where it differs from the
    one recorded last.
    """

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
        """Record the entries of one call; under a `key` seen before, return what was recorded then.

        `content` is what the caller calls the same content, of what JSON can say; None: what is recorded.

        Raises:
            KeyReusedError: the key was used for other content.
            StepDoneError: every step is done already.
            TotalTooLargeError: the total would reach 9·10^12.
        """

    def record_many(
        self, version: PlanVersion, entries: Iterable[NewEntry], *, who: str, recorded_at: datetime
    ) -> Imported:
        """Record the entries of an import, all or none; one whose key was recorded before is left out.

        An entry with steps is a `done`, every other a `log`.

        Raises:
            KeyReusedError: a key was used for other content.
            StepDoneError: a step is done already.
            TotalTooLargeError: a total would reach 9·10^12.
        """

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
        """Correct the entry `number` by a new one; what is None stays as it was. Amount and denominator are one value.

        Raises:
            LedgerRefusalError: there is no such entry, it does not stand, or it is none that can be corrected.
        """

    def void(self, version: PlanVersion, number: int, *, reason: str, who: str, recorded_at: datetime) -> Entry:
        """Take the entry `number` back; taking a fix or a void back restores what it replaced.

        Raises:
            LedgerRefusalError: there is no such entry, it does not stand, or what it replaced has been
                corrected or done again since.
        """

    def undo(self, version: PlanVersion, *, who: str, recorded_at: datetime) -> tuple[Entry, ...]:
        """Take back all entries of the last `log`, `done` or import of `who` that was not taken back yet.

        Raises:
            NothingToUndoError: there is none.
            CorrectedSinceLoggedError: it was fixed meanwhile: nothing older is touched in its place.
        """

    def mark(self, version: PlanVersion, name: str, *, day: date, who: str, recorded_at: datetime) -> Mark:
        """Name the present moment. Raises MarkTakenError."""

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
        """Record why a light is yellow or red, what is done about it, by when."""

    def add_evidence(
        self, version: PlanVersion, number: int, files: Iterable[Attachment], *, who: str, recorded_at: datetime
    ) -> tuple[Evidence, ...]:
        """Record files as evidence of the entry `number`."""

    def replay(self, said: Extent, events: Iterable[Event]) -> int:
        """Put exported events into an empty ledger as they were, all or none; return how many.

        No event is put into a ledger that holds every one of them already.

        Raises:
            ChangedEventError, IncompleteEventsError, UnsoundEventsError: they are not as they were recorded.
            LedgerNotEmptyError: the ledger holds others.
        """

    def rebuild(self) -> None:
        """Make everything derived anew from the entries; for a ledger whose entries are sound."""
