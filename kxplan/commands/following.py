"""Following an import: how far it is, and what became of one that somebody interrupted."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import TYPE_CHECKING

from kxplan.errors.intake import ImportInterruptedError
from kxplan.screen.progress import progress

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def followed(call: Call, what: str) -> AbstractContextManager[Callable[[float], None]]:
    """Show how far `what` is, the id of its title; as the options ask."""
    return progress(call.tr(what), is_shown=not call.is_quiet, is_plain=call.is_plain, has_no_color=call.has_no_color)


@contextmanager
def told_when_interrupted(is_written: Callable[[], bool]) -> Iterator[None]:
    """Let whoever interrupts the block know whether it had been written by then.

    Raises:
        ImportInterruptedError: it was interrupted.
    """
    try:
        yield
    except KeyboardInterrupt as stop:
        raise ImportInterruptedError(is_written=is_written()) from stop
