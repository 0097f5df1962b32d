"""`check`: problems of plans, of the ledger, and between the two."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from typer import Argument, Context

from kxplan.commands.contents import DERIVED_WRONG
from kxplan.commands.figures import gone_plans, undeclared
from kxplan.commands.trust import as_it_is, lost_words
from kxplan.commands.units import misread
from kxplan.errors import ExitCode, os_reason
from kxplan.errors.plans import NoPlanError, PlanInvalidError, Problem
from kxplan.errors.store import CannotReadError, DamagedLedgerError
from kxplan.intake.draft.marks import waiting
from kxplan.ledger.salvage import lost_entries
from kxplan.message import Message, message
from kxplan.model.plan import Plan
from kxplan.plans.compiled import MOST_BYTES, plan_text
from kxplan.plans.reader import read_plan
from kxplan.plans.shelf import plan_files
from kxplan.render.cells import words
from kxplan.render.records import VERSION
from kxplan.reports.page import Words

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_MOST_LINES = 20


def check(
    ctx: Context,
    files: Annotated[list[Path] | None, Argument(metavar="FILE")] = None,
) -> None:
    """Check plan files; in a workspace also the ledger."""
    call: Call = ctx.obj
    paths = files or plan_files(call.workspace.plans)
    if not paths:
        raise NoPlanError
    texts = {path: _text(path, is_named=bool(files)) for path in paths}
    plans, problems = _compiled(texts, is_named=bool(files))
    faults = [] if files else _ledger_faults(call, plans, is_whole=not problems)
    if call.as_json:
        records = [_problem_record(call, problem) for problem in problems]
        records += [_fault_record(call, fault) for fault in faults]
        call.answer({"kxplan": VERSION, "problems": records})
    else:
        _say(call, problems, faults, len(paths))
        for path, text in texts.items():
            _tell_open(call, path, text)
    if problems:
        call.exit_code = ExitCode.INVALID
    elif faults:
        call.exit_code = ExitCode.PROBLEMS


def _compiled(texts: Mapping[Path, bytes], *, is_named: bool) -> tuple[list[Plan], list[Problem]]:
    plans: dict[str, tuple[Path, Plan]] = {}
    problems: list[Problem] = []
    for path, text in texts.items():
        label = str(path) if is_named else f"plans/{path.name}"
        try:
            plan = read_plan(text, label)
        except PlanInvalidError as error:
            problems += error.problems
        else:
            twin = plans.setdefault(plan.id, (path, plan))
            if twin[0] != path:
                problems.append(
                    Problem(label, 1, 1, "plan", message("cli.plan-twice-in", id=plan.id, file=twin[0].name))
                )
    return [plan for _, plan in plans.values()], problems


def _text(path: Path, *, is_named: bool) -> bytes:
    try:
        if not is_named:
            return plan_text(path)
        # What a person names may be a pipe, as of a shell's <(…).
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CannotReadError(path=str(path), why=os_reason(error)) from error


def _ledger_faults(call: Call, plans: list[Plan], *, is_whole: bool) -> list[Words]:
    """Return what is wrong in the ledger, and between it and the plans; of a damaged one which entries it takes.

    `is_whole` says that every plan could be read: only then is one that is missing known to be gone.
    """
    faults: list[Words] = []
    try:
        with as_it_is(call) as ledger:
            found = ledger.verify()
            faults += [fault.message for fault in found]
            if any(fault.message.id != DERIVED_WRONG for fault in found):
                faults += [lost_words(lost) for lost in [lost_entries(ledger.connection)] if lost]
        for plan in plans:
            faults += undeclared(call.reading, plan)
            faults += misread(call.reading, plan)
            faults += vanished(call, plan)
        if is_whole:
            faults += gone_plans(call.reading, {plan.id for plan in plans})
    except DamagedLedgerError as error:
        faults += [error.message] if error.message not in faults else []
    return faults


def vanished(call: Call, plan: Plan) -> list[Message]:
    """Return a line for every goal that has entries and is no more in the plan."""
    lines = []
    for (goal, target), n in call.reading.entry_counts(plan.id).items():
        found = plan.goal(goal)
        ids = {each.id for each in found.targets} if found else set()
        if found is None or (target not in ids and not (target == goal and found.id in ids)):
            lines.append(message("reports.vanished", goal=goal, target=target, n=n, plan=plan.id))
    return lines


def _tell_open(call: Call, path: Path, text: bytes) -> None:
    """Say which lines of a drafted plan still wait for a decision."""
    left = waiting(text.decode("utf-8", errors="replace"))
    lines = [str(number) for number in sorted((*left.doubtful, *left.decide))]
    if lines:
        shown = (*lines[:_MOST_LINES], "…") if len(lines) > _MOST_LINES else lines
        call.note(message("cli.check-open", file=path.name, n=len(lines), lines=tuple(shown)))


def _say(call: Call, problems: list[Problem], faults: list[Words], files: int) -> None:
    for problem in problems:
        call.say(problem.sentence)
    for fault in faults:
        call.say(fault)
    if not problems and not faults:
        call.say(message("cli.check-clean", n=files))


def _problem_record(call: Call, problem: Problem) -> dict[str, object]:
    return {
        "file": problem.file,
        "line": problem.line,
        "column": problem.column,
        "key": problem.key,
        "message": words(problem.message, call.tr),
    }


def _fault_record(call: Call, fault: Words) -> dict[str, object]:
    return {"file": None, "line": None, "column": None, "key": None, "message": words(fault, call.tr)}
