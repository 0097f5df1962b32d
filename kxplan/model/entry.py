"""Entries: what somebody recorded, and what stands of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Literal

from kxplan.record import Record

Act = Literal["log", "done", "fix", "void", "evidence", "mark", "reason", "plan"]
EntryState = Literal["counted", "corrected", "void"]


class NewEntry(Record):
    """An entry before it has a number: one line of `log`, or one `done`."""

    goal: str
    target: str
    day: date
    amount: Decimal | None
    """None: a note (milestone, ongoing) or a `done`. For a ratio the numerator."""
    denominator: Decimal | None = None
    steps: tuple[str, ...] = ()
    """The step ids that a `done` completes; empty for every other entry."""
    breakdown: tuple[tuple[str, str], ...] = ()
    note: str | None = None
    who: str | None = None
    """Who did it, in an import; None: whoever records it."""
    key: str | None = None
    """In an import, what tells the same line when it comes again."""


class Keyed(Record):
    """A standing entry that was recorded under a key."""

    number: int
    key: str
    amount: Decimal | None
    note: str | None
    who: str


class Entry(Record):
    """A recorded log, done, fix or void, as `history` tells it."""

    number: int
    id: str
    act: Act
    plan: str
    goal: str
    target: str
    day: date
    amount: Decimal | None
    denominator: Decimal | None
    steps: tuple[str, ...]
    breakdown: tuple[tuple[str, str], ...]
    note: str | None
    who: str
    recorded_at: datetime
    """Aware, UTC."""
    corrects: int | None
    reason: str | None
    state: EntryState
    corrected_by: int | None = None
    """The number of the fix or void that stands against it."""
    evidence: int = 0
    """How many pieces of evidence it has."""
    origin: str = ""


class Mark(Record):
    """A named moment of the ledger."""

    name: str
    number: int
    day: date
    recorded_at: datetime


class Reason(Record):
    """Why a light is yellow or red, what is done about it, by when."""

    goal: str
    text: str
    measure: str | None
    until: date | None
    who: str
    day: date
    recorded_at: datetime
    number: int


class Attachment(Record):
    """A file that backs an entry, by its content."""

    sha256: str
    """In lowercase hex."""
    name: str
    """As it was called where it came from; only data, never a path."""
    size: int
    """In bytes."""


class Evidence(Record):
    """A file that backs an entry, as recorded."""

    number: int
    entry: int
    """The number of the entry it backs, as first recorded."""
    plan: str
    goal: str
    name: str
    size: int
    sha256: str
    who: str
    recorded_at: datetime


PlainRow = Mapping[str, str | None]
"""One target of a plan version as plain values, as the ledger keeps it."""


class PlanVersion(Record):
    """A plan's text under which something was written, with one plain row per target."""

    plan: str
    digest: str
    text: str
    rows: tuple[PlainRow, ...]
    accepted: tuple[PlainRow, ...] | None = None
    """The rows that later changes are measured against: the promises that nobody may change in silence."""
    number: int | None = None
    recorded_at: datetime | None = None
    calendar: Mapping[str, Sequence[Any]] | None = None
    """The working days as they were known then, as plain values; None where they were not kept."""
