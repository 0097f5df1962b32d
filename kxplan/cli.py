"""The program: its commands, and the one place where failures end and sentences get a language."""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from typer import _click

from kxplan.commands.call import Call
from kxplan.errors import AnswerLostError, ExitCode, KxplanError, UsageError, os_reason
from kxplan.grammar import Commands, CommandTable, unknown
from kxplan.message import message

COMMANDS: CommandTable = {
    "init": "init:init",
    "demo": "demo:demo",
    "check": "check:check",
    "goals": "goals:goals",
    "log": "log:log",
    "done": "done:done",
    "fix": "correct:fix",
    "void": "correct:void",
    "undo": "correct:undo",
    "history": "history:history",
    "status": "status:status",
    "show": "show:show",
    "explain": "explain:explain",
    "present": "present:present",
    "mark": "mark:mark",
    "reason": "reason:reason",
    "report": "report:report",
    "mail": "mail:mail",
    "schedule": "schedule:schedule",
    "evidence": {"add": "evidence:add", "verify": "evidence:verify", "bundle": "evidence:bundle"},
    "draft": "draft:draft",
    "form": "form:form",
    "import": "import_file:import_file",
    "export": "export:export",
    "backup": "backup:backup",
    "restore": "restore:restore",
    "doctor": "doctor:doctor",
    "schema": "schema:schema",
}
"""Every command with the module and the function it lives in; a module is imported when it is called."""

PROGRAM = "kxplan"
_COMPLETION = "_KXPLAN_COMPLETE"


def run(args: Sequence[str], environ: Mapping[str, str]) -> int:
    """Run the program on `args` and return its exit code. Everything it opened is closed, its answer flushed."""
    _prepare_streams()
    call = Call(environ, _here())
    call.language_option = _language_named(args)
    try:
        code = _invoked(args, call)
        sys.stdout.flush()
    except KxplanError as error:
        return call.fail(error)
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        _forget_stdout()
        return ExitCode.DONE
    except OSError as error:
        if error.errno not in (errno.ENOSPC, errno.EIO, errno.EDQUOT):
            raise
        _forget_stdout()
        return call.fail(AnswerLostError(why=os_reason(error)))
    else:
        return code
    finally:
        call.close()


def _invoked(args: Sequence[str], call: Call) -> int:
    exceptions: Any = _click.exceptions
    if _COMPLETION in call.environ:
        from typer import _completion_classes  # noqa: PLC0415 -- only a shell that completes needs it

        # Titles are no markup: rich would lose what stands in brackets, and take longer than all the rest.
        _completion_classes._sanitize_help_text = str  # type: ignore[assignment]  # noqa: SLF001
        _completion_classes.completion_init()
    try:
        result = Commands(COMMANDS, name=PROGRAM, is_root=True).main(
            list(args), prog_name=PROGRAM, standalone_mode=False, obj=call
        )
    except exceptions.UsageError as error:
        return call.fail(_translated(error, exceptions, args))
    except SystemExit as stop:
        # Typer leaves like this where a pipe was closed, which is no failure, and after a completion.
        return int(stop.code or 0) if _COMPLETION in call.environ else ExitCode.DONE
    return result if isinstance(result, int) and result else call.exit_code


def _translated(error: Any, exceptions: Any, args: Sequence[str]) -> UsageError:
    """Return the sentence for a usage error of the argument parser."""
    # An option without its value is raised by a part of the parser that does not know the command.
    called = " ".join([PROGRAM, *[word for word in args if word in COMMANDS][:1]])
    hint = f"{error.ctx.command_path if error.ctx else called} --help"
    match error:
        case exceptions.NoSuchOption():
            params = error.ctx.command.get_params(error.ctx)
            known = [name for param in params if param.param_type_name == "option" for name in param.opts]
            return unknown(error.option_name, known, "cli.unknown-option", nearest="cli.nearest-option")
        case exceptions.MissingParameter() if error.param is not None:
            what = message(f"help.{'.'.join(error.ctx.command_path.split()[1:])}.{error.param.name}")
            word = error.param.metavar or error.param.name.upper()
            if error.param.param_type_name == "option":
                word = f"{error.param.opts[0]} {word}"
            return UsageError("cli.missing-word", word=word, what=what, hint=hint)
        case exceptions.BadParameter() if error.param is not None:
            return UsageError("cli.bad-word", word=error.param.metavar or error.param.name.upper(), hint=hint)
        case exceptions.BadOptionUsage():
            return UsageError("cli.option-value", option=error.option_name, hint=hint)
    return UsageError("cli.too-many-words", hint=hint)


def _here() -> Path:
    """Return the present folder; one that was deleted meanwhile holds nothing, and has no name."""
    try:
        return Path.cwd()
    except OSError:
        return Path()


def _language_named(args: Sequence[str]) -> str | None:
    """Return the language that `--lang` names, so that failures of the grammar speak it too."""
    for index, word in enumerate(args):
        value = args[index + 1] if word == "--lang" and index + 1 < len(args) else word.removeprefix("--lang=")
        if word.startswith("--lang") and value in ("zh", "en"):
            return value
    return None


def _prepare_streams() -> None:
    """Let characters that a console cannot write become `?`; a closed stream swallows what is written."""
    sys.stdout = sys.stdout or _nowhere()
    sys.stderr = sys.stderr or _nowhere()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _nowhere() -> io.TextIOWrapper:
    return io.TextIOWrapper(open(os.devnull, "wb"), encoding="utf-8")  # noqa: PTH123 -- open as long as we are


def _forget_stdout() -> None:
    """Point stdout away from a closed pipe, so that leaving does not stumble over it."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
