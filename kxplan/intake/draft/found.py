"""Found: what one sentence says, as targets and as numbers passed over."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import NamedTuple

from kxplan.intake.draft.asides import Reason
from kxplan.intake.draft.limits import Comparator
from kxplan.intake.draft.rhythm import Rhythm
from kxplan.message import Message


class Found(NamedTuple):
    """A target as its sentence tells it."""

    amount: Decimal | None
    unit: str
    noun: str
    comparator: Comparator
    text: str
    """The clause."""
    due: date | None
    rhythm: Rhythm
    flags: tuple[Message, ...]
    asks: tuple[Message, ...]
    action: str = ""
    place: int = 0
    """Where in the sentence its number begins."""
    is_level: bool = False
    """Whether it says how much there is to be in the end: 增加到55家."""
    baseline: Decimal | None = None
    """The level it starts from, where the text gives it."""


class Passed(NamedTuple):
    """A number that is no target."""

    text: str
    number: str
    reason: Reason


class Reading(NamedTuple):
    """What one sentence says."""

    found: tuple[Found, ...] = ()
    passed: tuple[Passed, ...] = ()
