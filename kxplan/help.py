"""Help pages: what a command does, its words and options, in the language that holds."""

from __future__ import annotations

from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any, cast

from kxplan.message import Message, message
from kxplan.render.cells import GLYPHS
from kxplan.render.plain import plain_text
from kxplan.reports.page import Block, Fields, Heading, Page, Paragraph

if TYPE_CHECKING:
    from typer._click import Context

    from kxplan.commands.call import Call

_WIDEST = 100
_GLOBAL = {"folder", "plan_id", "language_option", "as_json", "is_plain", "has_no_color", "is_quiet", "version", "help"}


def help_text(command: Any, ctx: Context) -> str:
    """Return the help page of `command`, broken to the screen's width."""
    tr = cast("Call", ctx.find_root().obj).tr
    width = min(get_terminal_size((80, 24)).columns, _WIDEST)
    return plain_text(help_page(command, ctx), tr, width, GLYPHS).rstrip("\n")


def help_page(command: Any, ctx: Context) -> Page:
    """Return the help page of a command or group, before it has a language."""
    name = _dotted(ctx)
    blocks: list[Block] = [Paragraph(message(f"help.{name}"))]
    if hasattr(command, "table"):
        blocks += [Heading(message("help.commands")), _commands(command, ctx)]
    own = [param for param in command.get_params(ctx) if param.name not in _GLOBAL]
    shared = [param for param in command.get_params(ctx) if param.name in _GLOBAL]
    if own:
        blocks += [Heading(message("help.words")), _params(own, name)]
    blocks += [Heading(message("help.global-options")), _params(shared, "global")]
    blocks.append(Paragraph(message(f"help.{name}.examples")))
    return Page(_usage(command, ctx), tuple(blocks))


def _dotted(ctx: Context) -> str:
    names = []
    at: Any = ctx
    while at.parent is not None:
        names.append(str(at.info_name))
        at = at.parent
    return ".".join(reversed(names)) or "kxplan"


def _usage(command: Any, ctx: Context) -> Message:
    pieces = [ctx.command_path]
    if hasattr(command, "table"):
        pieces.append("COMMAND …")
    for param in command.params:
        if param.param_type_name == "argument":
            word = _metavar(param)
            word = f"{word}…" if param.nargs == -1 else word
            pieces.append(word if param.required else f"[{word}]")
    if any(param.param_type_name == "option" and param.name not in _GLOBAL for param in command.params):
        pieces.append("[…]")
    return message("help.usage", usage=" ".join(pieces))


def _commands(command: Any, ctx: Context) -> Fields:
    prefix = _dotted(ctx)
    start = "" if prefix == "kxplan" else f"{prefix}."
    return Fields(tuple((name, message(f"help.{start}{name}.short")) for name in command.table))


def _params(params: list[Any], name: str) -> Fields:
    return Fields(tuple((_declaration(param), message(f"help.{name}.{param.name}")) for param in params))


def _declaration(param: Any) -> str:
    if param.param_type_name == "argument":
        return _metavar(param)
    names = ", ".join(sorted(param.opts, key=len))
    return names if param.is_flag else f"{names} {_metavar(param)}"


def _metavar(param: Any) -> str:
    return str(param.metavar or param.name.upper().replace("_", "-"))
