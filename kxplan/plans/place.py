"""Places: where in a plan file a value stands, so that a problem with it can be told there."""

from __future__ import annotations

from typing import Generic, NamedTuple, TypeVar

from kxplan.plans.findings import Findings, Key, Path
from kxplan.plans.source import Node, is_leaf, located

T = TypeVar("T")


class Place(NamedTuple):
    """A path into a file; `/` goes on from it."""

    findings: Findings
    root: Node
    path: Path = ()

    def __truediv__(self, key: Key) -> Place:
        return Place(self.findings, self.root, (*self.path, key))

    def note(self, message_id: str, /, **data: object) -> None:
        """Note a problem with the value here, or with the nearest one around it that is written."""
        at, held = located(self.root, self.path)
        is_short = len(held) < len(self.path) and is_leaf(self.root, held)
        self.findings.note_at(at, held if is_short else self.path, message_id, **data)

    def note_key(self, message_id: str, /, **data: object) -> None:
        """Note a problem with the key itself: that it stands here at all."""
        at, _ = located(self.root, self.path, key=True)
        self.findings.note_at(at, self.path, message_id, **data)

    def distrust(self) -> None:
        """Let later rules not build on the value here."""
        self.findings.distrust(self.path)

    def is_sound(self, *keys: Key) -> bool:
        """Tell whether none of these keys, and not the place itself, was refused."""
        return self.findings.trusts(self.path) and all(self.findings.trusts((*self.path, key)) for key in keys)

    def is_complete(self) -> bool:
        """Tell whether no key of the mapping here was refused, unknown ones included."""
        return self.findings.trusts(self.path) and self.findings.trusts_inside(self.path)


class Given(NamedTuple, Generic[T]):
    """A value with the place it was written at, its own or an inherited one."""

    value: T
    place: Place


def first_given(*candidates: tuple[T | None, Place]) -> Given[T] | None:
    """Return the first value that is written; None where none is."""
    for value, place in candidates:
        if value is not None:
            return Given(value, place)
    return None
