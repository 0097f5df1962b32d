"""Findings: what a check of `doctor` says, and what it is given to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Literal, NamedTuple

from kxplan.message import Message
from kxplan.settings import Settings
from kxplan.workspace import Workspace

if TYPE_CHECKING:
    from kxplan.commands.call import Call


class Finding(NamedTuple):
    """Something that a check found: what it is, and what to do."""

    level: Literal["note", "problem"]
    """A note is worth knowing; a problem is wrong and makes the exit code 7."""
    message: Message


class Patient(NamedTuple):
    """What is examined."""

    call: Call
    workspace: Workspace
    settings: Settings
    """The defaults where the file cannot be read."""


Check = Callable[[Patient], Iterator[Finding]]
"""Yields what it finds; a failure that it raises is a problem found."""


def note(sentence: Message) -> Finding:
    """Return a finding that is worth knowing."""
    return Finding("note", sentence)


def problem(sentence: Message) -> Finding:
    """Return a finding that is wrong."""
    return Finding("problem", sentence)
