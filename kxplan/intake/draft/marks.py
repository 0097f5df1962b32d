"""Marks: which lines of a drafted plan wait for a person: 存疑 a figure that may be spoilt, 请定 what is to be decided."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from kxplan.locale import LANGUAGES, translator


class Waiting(NamedTuple):
    """The numbers of the lines that wait."""

    doubtful: tuple[int, ...]
    decide: tuple[int, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many lines of each kind there are, as the sentences tell it."""
        return {"doubtful": len(self.doubtful), "decide": len(self.decide)}


def waiting(text: str) -> Waiting:
    """Return which lines of a plan's `text` wait, in whichever language it was drafted."""
    doubtful, decide = _beginnings()
    lines = [(number, line.lstrip()) for number, line in enumerate(text.splitlines(), start=1)]
    return Waiting(
        tuple(number for number, line in lines if line.startswith(doubtful)),
        tuple(number for number, line in lines if line.startswith(decide)),
    )


@cache
def _beginnings() -> tuple[tuple[str, ...], tuple[str, ...]]:
    said = [translator(language) for language in LANGUAGES]
    return (
        tuple("# " + tr("draft.write-flag", why="") for tr in said),
        tuple("# " + tr("draft.write-ask", what="") for tr in said),
    )
