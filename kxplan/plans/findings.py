"""Findings: the problems of one plan file, collected to the end and told in the order of the file."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

from kxplan.errors.plans import PlanInvalidError, Problem
from kxplan.message import Message, message

MOST_PROBLEMS = 200

Key: TypeAlias = str | int
Path: TypeAlias = tuple[Key, ...]


class Position(NamedTuple):
    """A place in a text; both are counted from 1, columns in characters."""

    line: int
    column: int


class Findings:
    """What is wrong with the file `file`, and which of its values can therefore not be used."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._problems: dict[tuple[Position, str, str], Problem] = {}
        self._unsound: set[Path] = set()
        self._shaken: set[Path] = set()

    def note_at(self, position: Position, path: Path, sentence: str | Message, /, **data: object) -> None:
        """Note a problem, once: the same sentence about the same place is not repeated."""
        if self.is_full:
            return
        told = sentence if isinstance(sentence, Message) else message(sentence, **data)
        problem = Problem(self._file, *position, dotted(path), told)
        self._problems.setdefault((position, problem.key, told.id), problem)

    @property
    def is_full(self) -> bool:
        """Whether there are more problems than are told."""
        return len(self._problems) > MOST_PROBLEMS

    def __bool__(self) -> bool:
        return bool(self._problems)

    def distrust(self, path: Path) -> None:
        """Remember that the value at `path` is not usable."""
        self._unsound.add(path)
        self._shaken.add(path[:-1])

    def trusts(self, path: Path) -> bool:
        """Tell whether nothing is known against the value at `path`."""
        return path not in self._unsound

    def trusts_inside(self, path: Path) -> bool:
        """Tell whether nothing is known against a value right below `path`."""
        return path not in self._shaken

    def raise_if_any(self) -> None:
        """Raise what was noted, in the order of the file.

        Raises:
            PlanInvalidError: something was.
        """
        if not self._problems:
            return
        ordered = sorted(self._problems.values(), key=lambda problem: (problem.line, problem.column))
        if len(ordered) > MOST_PROBLEMS:
            last = ordered[MOST_PROBLEMS - 1]
            more = Problem(last.file, last.line, last.column, "", message("plans.more-problems", n=MOST_PROBLEMS))
            ordered[MOST_PROBLEMS:] = [more]
        raise PlanInvalidError(self._file, tuple(ordered))


def dotted(path: Path) -> str:
    """Return the path as people write it: `sections[0].goals[2].target`."""
    parts: list[str] = []
    for key in path:
        if isinstance(key, int):
            parts.append(f"[{key}]")
        else:
            parts.append(f".{key}" if parts else key)
    return "".join(parts)
