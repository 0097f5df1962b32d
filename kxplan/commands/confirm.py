"""Confirmation: a doubt is asked on a terminal, and needs `--yes` where nobody can be asked."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kxplan.errors import UsageError
from kxplan.message import Message, chained, message

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def confirm(call: Call, doubts: Sequence[Message], *, yes: bool) -> None:
    """Ask about `doubts`; return when there are none, or when they are waved through.

    Raises:
        UsageError: nobody can be asked and `--yes` is missing, or the answer is no.
    """
    if not doubts or yes:
        return
    if not call.is_interactive:
        raise UsageError("cli.needs-yes", doubts=chained("cli.sentences", doubts))
    for doubt in doubts:
        call.warn(doubt)
    if not asked(call, message("cli.write-anyway")):
        raise UsageError("cli.not-written")


def asked(call: Call, question: Message) -> bool:
    """Ask a yes-or-no question on the terminal; an empty line and the end of input mean no."""
    sys.stdout.flush()
    sys.stderr.write(call.tr(question) + " ")
    sys.stderr.flush()
    answer = sys.stdin.readline().strip().lower()
    return answer in ("y", "yes", "是", "好", "对")
