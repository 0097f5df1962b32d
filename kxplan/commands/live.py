"""Live views: `status --watch` and the deck of `present`, read anew when something has changed."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

from kxplan.errors import KxplanError, UsageError
from kxplan.message import Message
from kxplan.render.painter import Painter
from kxplan.reports.page import Page
from kxplan.screen.changes import stamp
from kxplan.screen.stage import Stage
from kxplan.screen.watch import watch

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def watched(call: Call, page: Callable[[Call], Page]) -> None:
    """Show `page` on the full screen until somebody leaves; it is computed anew on every change."""
    refuse_without_screen(call)
    page(call)
    call.close()
    with Stage() as stage:
        watch(stage, painter(call), lambda: _fresh(call, page), lambda: state(call))


def refuse_without_screen(call: Call) -> None:
    """Refuse a full screen where there is none.

    Raises:
        UsageError: stdout is no terminal, or the answer is wanted as JSON.
    """
    if call.as_json or sys.stdout is None or not sys.stdout.isatty():
        raise UsageError("screen.needs-terminal")


def painter(call: Call) -> Painter:
    """Return the painter for the terminal and the options of the call."""
    return Painter(call.tr, plain=call.is_plain, no_color=call.has_no_color)


def state(call: Call) -> tuple[object, ...]:
    """Return what tells whether a view must be computed anew: the files behind it, and the day."""
    workspace = call.workspace
    return stamp((workspace.ledger, workspace.settings), (workspace.plans,)), call.again().today


def _fresh(call: Call, page: Callable[[Call], Page]) -> Page | Message:
    now = call.again()
    try:
        return page(now)
    except KxplanError as error:
        return error.message
    finally:
        now.close()
