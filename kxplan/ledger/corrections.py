"""Corrections: what a void brings back, decided on plain facts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal, NamedTuple, Protocol

from kxplan.errors import CorrectedSinceError


class Correction(NamedTuple):
    """A fix or a void, and the number of the entry that it replaces."""

    number: int
    act: Literal["fix", "void"]
    corrects: int


class Facts(Protocol):
    """What is known of the corrections so far."""

    def correction(self, number: int) -> Correction | None:
        """Return the entry if it is a fix or a void."""

    def corrected_by(self, number: int) -> int | None:
        """Return the number of what stands against the entry; None where it stands."""


def voided(number: int, by: int, facts: Facts) -> dict[int, int | None]:
    """Return who is corrected by whom once the standing entry `number` is voided by `by`.

    Voiding a fix brings back what it fixed; voiding a void brings back what it voided, which,
    being a fix or a void itself, takes hold again of what it replaced, and so on down.

    Raises:
        CorrectedSinceError: what would take hold again has been corrected by another entry since.
    """
    changes: dict[int, int | None] = {number: by}
    fallen = facts.correction(number)
    while fallen is not None:
        changes[fallen.corrects] = None
        if fallen.act == "fix":
            break
        risen = facts.correction(fallen.corrects)
        if risen is None:
            break
        other = facts.corrected_by(risen.corrects)
        if other is not None:
            raise CorrectedSinceError(number=number, by=other)
        changes[risen.corrects] = risen.number
        fallen = facts.correction(risen.corrects) if risen.act == "void" else None
    return changes


class Replay:
    """The corrections up to a moment, replayed in their order."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        """Replay `corrections`; one of an entry that does not stand at its turn changes nothing."""
        self.by: dict[int, int] = {}
        """The number of each entry that does not stand, with the one that stands against it."""
        self.refused: list[Correction] = []
        """Corrections that could never have been written."""
        self._known: dict[int, Correction] = {}
        for correction in corrections:
            self._known[correction.number] = correction
            self._take(correction)

    def correction(self, number: int) -> Correction | None:
        """Return the entry if it is a fix or a void."""
        return self._known.get(number)

    def corrected_by(self, number: int) -> int | None:
        """Return the number of what stands against the entry; None where it stands."""
        return self.by.get(number)

    def _take(self, correction: Correction) -> None:
        try:
            if correction.corrects in self.by or correction.corrects >= correction.number:
                self.refused.append(correction)
            elif correction.act == "fix":
                self.by[correction.corrects] = correction.number
            else:
                self._change(voided(correction.corrects, correction.number, self))
        except CorrectedSinceError:
            self.refused.append(correction)

    def _change(self, changes: dict[int, int | None]) -> None:
        for number, by in changes.items():
            if by is None:
                self.by.pop(number, None)
            else:
                self.by[number] = by
