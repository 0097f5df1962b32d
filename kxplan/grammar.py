"""The grammar of the command line: lazy commands, global options anywhere, amounts like `-5` as words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING, Any, cast

from typer._click.shell_completion import CompletionItem
from typer.core import TyperCommand, TyperGroup, TyperOption
from typer.main import get_command_from_info
from typer.models import CommandInfo

from kxplan.errors import UsageError
from kxplan.text import MINUS

if TYPE_CHECKING:
    from typer._click import Context

    from kxplan.commands.call import Call

CommandTable = Mapping[str, "str | CommandTable"]
"""Command names, each with `module:function` below `kxplan.commands`, or with a table of its own."""

_SETTINGS = {"help_option_names": ["-h", "--help"]}


class Command(TyperCommand):
    """A command with the global options behind its name, and help in the language that holds."""

    def __init__(self, name: str | None, **attributes: Any) -> None:
        super().__init__(name, **attributes)
        self.params.extend(global_options())

    def parse_args(self, ctx: Context, args: list[str]) -> list[str]:
        """Parse the words behind the command's name; one like `-5` is a word and no option."""
        return super().parse_args(ctx, _numbers_kept(self, args))

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        return _help(self, ctx)


class Commands(TyperGroup):
    """A group whose commands are imported when they are called."""

    def __init__(
        self, table: CommandTable, *, name: str | None = None, is_root: bool = False, **attributes: Any
    ) -> None:
        super().__init__(name=name, context_settings=dict(_SETTINGS), invoke_without_command=is_root, **attributes)
        self.table = table
        self.params.extend(global_options())

    def list_commands(self, ctx: Context) -> list[str]:  # noqa: ARG002
        """Return the names of the commands, in the order of the table."""
        return list(self.table)

    def get_command(self, ctx: Context, cmd_name: str) -> TyperCommand | TyperGroup | None:  # noqa: ARG002
        """Return a command, imported now; None where there is none of that name."""
        place = self.table.get(cmd_name)
        if place is None:
            return None
        if not isinstance(place, str):
            return Commands(place, name=cmd_name)
        module, _, function = place.partition(":")
        info = CommandInfo(
            cmd_name,
            callback=getattr(import_module(f"kxplan.commands.{module}"), function),
            cls=Command,
            context_settings=dict(_SETTINGS),
        )
        return cast("TyperCommand", get_command_from_info(info, pretty_exceptions_short=False, rich_markup_mode=None))

    def shell_complete(self, ctx: Context, incomplete: str) -> list[CompletionItem]:
        """Return the commands that begin with `incomplete`, each with what it does."""
        tr, prefix = _call(ctx).tr, "help." if ctx.parent is None else f"help.{self.name}."
        return [
            CompletionItem(name, help=tr(f"{prefix}{name}.short")) for name in self.table if name.startswith(incomplete)
        ]

    def resolve_command(self, ctx: Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Return the command that the first word names.

        Raises:
            UsageError: none does; the sentence names the nearest.
        """
        command = self.get_command(ctx, args[0])
        if command is None:
            raise unknown(args[0], list(self.table), "cli.unknown-command", nearest="cli.nearest-command")
        return args[0], command, args[1:]

    def invoke(self, ctx: Context) -> Any:
        """Run the command named; the root alone runs `status`."""
        if ctx._protected_args or not self.invoke_without_command:  # noqa: SLF001 -- the group's own state
            if not ctx._protected_args:  # noqa: SLF001
                raise UsageError("cli.which-command", known=tuple(self.table))
            return super().invoke(ctx)
        status = self.get_command(ctx, "status")
        if status is None:
            raise UsageError("cli.which-command", known=tuple(self.table))
        with ctx, status.make_context("status", [], parent=ctx) as inner:
            return status.invoke(inner)

    def get_help(self, ctx: Context) -> str:
        """Return the help page."""
        return _help(self, ctx)


def _help(command: Any, ctx: Context) -> str:
    from kxplan.help import help_text  # noqa: PLC0415 -- a page of help needs the renderers, a command may not

    return help_text(command, ctx)


def unknown(word: str, known: list[str], sentence: str, *, nearest: str) -> UsageError:
    """Return the failure of an unknown word: the sentence `nearest` where a known one is near."""
    from difflib import get_close_matches  # noqa: PLC0415 -- only a mistake pays for it

    found = get_close_matches(word, known, n=1, cutoff=0.55)
    if found:
        return UsageError(nearest, word=word, nearest=found[0])
    return UsageError(sentence, word=word, known=tuple(known))


@cache
def global_options() -> tuple[TyperOption, ...]:
    """Return the options that hold before and after a command's name, the same for every command."""
    return (
        _option("folder", "-C", "--workspace", metavar="DIR"),
        _option("plan_id", "-p", "--plan", metavar="ID"),
        _option("language_option", "--lang", metavar="zh|en", check=_checked_language),
        _flag("as_json", "--json"),
        _flag("is_plain", "--plain"),
        _flag("has_no_color", "--no-color"),
        _flag("is_quiet", "-q", "--quiet"),
        _version_option(),
    )


def _option(name: str, *declarations: str, metavar: str, check: Callable[[str], str] = str) -> TyperOption:
    def store(ctx: Context, _param: object, value: str | None) -> None:
        if value is not None and not ctx.resilient_parsing:
            setattr(_call(ctx), name, check(value))
        elif value is not None:
            setattr(_call(ctx), name, value)

    return TyperOption(
        param_decls=[name, *declarations], metavar=metavar, expose_value=False, callback=store, is_eager=True
    )


def _flag(name: str, *declarations: str) -> TyperOption:
    def store(ctx: Context, _param: object, value: bool | None) -> None:
        if value:
            setattr(_call(ctx), name, True)

    return TyperOption(
        param_decls=[name, *declarations],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=store,
        is_eager=True,
    )


def _version_option() -> TyperOption:
    def show(ctx: Context, _param: object, value: bool | None) -> None:
        if value and not ctx.resilient_parsing:
            from kxplan import __version__  # noqa: PLC0415

            print(f"kxplan {__version__}")  # noqa: T201 -- the answer
            ctx.exit()

    return TyperOption(
        param_decls=["version", "--version"],
        is_flag=True,
        default=False,
        expose_value=False,
        callback=show,
        is_eager=True,
    )


def _call(ctx: Context) -> Call:
    return cast("Call", ctx.find_root().obj)


def _checked_language(value: str) -> str:
    if value not in ("zh", "en"):
        raise UsageError("cli.bad-language", word=value)
    return value


def _numbers_kept(command: Command, args: list[str]) -> list[str]:
    takers = {
        name for param in command.params if isinstance(param, TyperOption) and not param.is_flag for name in param.opts
    }
    kept: list[str] = []
    for index, word in enumerate(args):
        if word == "--":
            return kept + args[index:]
        is_value = bool(index) and args[index - 1] in takers
        kept.append(MINUS + word[1:] if not is_value and _is_negative(word) else word)
    return kept


def _is_negative(word: str) -> bool:
    return word.startswith("-") and (word[1:2].isdecimal() or word[1:2] in tuple(".,"))
