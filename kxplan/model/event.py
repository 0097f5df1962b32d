"""Events: the ledger's own records, whole, as an export carries them and an import takes them back."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple


class Event(NamedTuple):
    """One event with its link in the chain; but for the amounts every value as the ledger keeps it."""

    number: int
    id: str
    origin: str
    act: str
    plan: str
    goal: str | None
    target: str | None
    day: str | None
    amount: Decimal | None
    denominator: Decimal | None
    note: str | None
    who: str
    recorded_at: str
    corrects: str | None
    """The id of what a fix or void replaces."""
    about: str | None
    """The id of the entry that evidence belongs to."""
    reason: str | None
    key: str | None
    batch: str | None
    digest: str | None
    data: str | None
    """A JSON object as text: the hash covers its very characters."""
    hash: str


class Extent(NamedTuple):
    """How far a ledger reaches: what an export says before its first event."""

    origin: str
    """The ledger's own: new events of it continue the chain of this origin."""
    events: int
    hash: str | None
    """Of the newest event; None where there is none."""
