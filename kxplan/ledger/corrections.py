"""Corrections: which entries do not stand, and what stands against each, from the bare facts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from kxplan.record import Record


class Correction(Record):
    """A fix or a void, and the number of the entry that it replaces."""

    number: int
    act: Literal["fix", "void"]
    corrects: int


class Clash(Record):
    """Two corrections of one entry that would both hold: the ledger never writes the second."""

    earlier: int
    later: int


class Corrected(Record):
    """The entries that do not stand."""

    by: dict[int, int]
    """The number of each, with the number of what stands against it."""
    clashes: tuple[Clash, ...]
    """Empty in a sound ledger; of two that clash the later holds."""


def corrected(corrections: Sequence[Correction]) -> Corrected:
    """Return what `corrections`, in the order of their numbers, come to.

    A correction holds unless a void that holds was made of it; a fix that was itself fixed still
    holds against what it fixed. Going from the last to the first settles each before what it corrects.
    """
    by: dict[int, int] = {}
    void: set[int] = set()
    clashes: list[Clash] = []
    for correction in reversed(corrections):
        if correction.number in void:
            continue
        if correction.corrects in by:
            clashes.append(Clash(correction.number, by[correction.corrects]))
            continue
        by[correction.corrects] = correction.number
        if correction.act == "void":
            void.add(correction.corrects)
    return Corrected(by, tuple(clashes))
