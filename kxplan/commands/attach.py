"""Attaching: files that a person names become evidence of the workspace."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kxplan.message import message
from kxplan.model.entry import Attachment
from kxplan.store.evidence import keep

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def attached(call: Call, files: Sequence[str]) -> tuple[Attachment, ...]:
    """Copy `files` into the workspace; of those with the same content the first stays.

    Raises:
        UsageError: one is no regular file, or too large.
        CannotReadError, CannotWriteError: one cannot be read or copied.
    """
    found: dict[str, Attachment] = {}
    for file in files:
        kept = keep(Path(file), call.workspace.evidence)
        if not kept.size:
            call.warn(message("evidence.empty", path=file))
        found.setdefault(kept.sha256, Attachment(*kept))
    return tuple(found.values())
