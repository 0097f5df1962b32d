"""`init`: a new workspace; never overwrites anything."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from kxplan.ledger.opening import create_ledger
from kxplan.message import message
from kxplan.workspace import SETTINGS_NAME, make_workspace

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def init(
    ctx: Context,
    folder: Annotated[Path | None, Argument(metavar="DIR")] = None,
) -> None:
    """Make a folder a workspace."""
    call: Call = ctx.obj
    root = folder or (Path(call.folder) if call.folder else call.cwd)
    was_there = (root / SETTINGS_NAME).exists()
    workspace = make_workspace(root, call.tr("init.settings"))
    create_ledger(workspace.ledger)
    if was_there:
        call.say(message("init.exists", folder=str(root)))
    else:
        is_here = root.resolve() == call.cwd.resolve()
        enter = "" if is_here else message("init.enter", folder=shlex.quote(str(root)))
        call.say(message("init.made", folder=str(root), enter=enter))
