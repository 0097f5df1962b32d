"""Draft: a work plan's document in, its targets, tasks and doubts out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Literal, NamedTuple

from kxplan.intake.draft.asides import Reason
from kxplan.intake.draft.limits import Comparator
from kxplan.intake.draft.rhythm import Period
from kxplan.message import Message


class Target(NamedTuple):
    """A promise with a number, or with a place left for one."""

    amount: Decimal | None
    """As it stands, 万 and 亿 expanded, never repaired; None for a placeholder or a spoilt string."""
    unit: str
    """Empty where there is none."""
    noun: str
    comparator: Comparator
    text: str
    """The clause."""
    section: tuple[str, ...]
    """The headings over it, outermost first."""
    lead: str | None = None
    assist: tuple[str, ...] = ()
    due: date | None = None
    period: Period | None = None
    scope: str | None = None
    flags: tuple[Message, ...] = ()
    """Damage, each with its reason."""
    asks: tuple[Message, ...] = ()
    """What a person must decide."""
    action: str = ""
    """The verb that brings it about; empty where the text has none."""
    is_level: bool = False
    """Whether the text says how much there is to be in the end: 增加到55家."""
    baseline: Decimal | None = None
    """The level it starts from, where the text gives it."""


class Skipped(NamedTuple):
    """A number that is no target."""

    text: str
    number: str
    reason: Reason


class Task(NamedTuple):
    """A goal of the plan to be: with targets, or a milestone, or work without a number."""

    kind: Literal["counted", "milestone", "ongoing"]
    title: str
    section: tuple[str, ...]
    targets: tuple[Target, ...] = ()
    lead: str | None = None
    assist: tuple[str, ...] = ()
    due: date | None = None
    source: str = ""
    """The numbers of its headings as they stand: 二、（一）2."""
    text: str = ""
    """The sentence of a milestone, or the words of a vague quantity; else empty."""


class Draft(NamedTuple):
    """What a document promises, in its order."""

    title: str
    org: str | None
    year: int | None
    """The year its figures are for; of several the first. None where it names none."""
    last_year: int | None
    tasks: tuple[Task, ...]
    skipped: tuple[Skipped, ...]
    notes: tuple[Message, ...] = ()
    """Doubts about the document as a whole."""

    @property
    def targets(self) -> tuple[Target, ...]:
        """All targets, in the document's order."""
        return tuple(target for task in self.tasks for target in task.targets)

    @property
    def facts(self) -> tuple[Skipped, ...]:
        """The numbers that tell what is or was."""
        return tuple(one for one in self.skipped if one.reason == "fact")


def draft_document(path: Path) -> Draft:
    """Read the work plan at `path`: .docx, .txt or .md.

    Raises:
        UnreadableDocumentError: with the reason and how to get a usable file.
    """
    from kxplan.intake.draft.gathering import gathered  # noqa: PLC0415
    from kxplan.intake.draft.source import blocks  # noqa: PLC0415
    from kxplan.intake.draft.span import within_years  # noqa: PLC0415

    return within_years(gathered(blocks(path), path.stem))
