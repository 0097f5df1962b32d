"""`schema`: the JSON Schema of a plan file, for editors."""

from __future__ import annotations

from typing import TYPE_CHECKING

from typer import Context

from kxplan.plans.schema import json_schema

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def schema(ctx: Context) -> None:
    """Print the JSON Schema of a plan file."""
    call: Call = ctx.obj
    call.answer(json_schema(call.tr))
