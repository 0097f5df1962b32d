"""`doctor`: what is wrong with the workspace and the machine under it, and what to do about it."""

from __future__ import annotations

import platform
import sqlite3
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Annotated, Any

from typer import Context, Option

from kxplan import __version__
from kxplan.commands import contents, mail_check, surroundings
from kxplan.commands.finding import Check, Finding, Patient, note, problem
from kxplan.dates import now
from kxplan.errors import ExitCode, KxplanError, SettingsInvalidError
from kxplan.errors.store import NotRebuildableError
from kxplan.message import message
from kxplan.render.cells import words
from kxplan.render.records import VERSION
from kxplan.settings import Settings
from kxplan.store.backup import snapshot
from kxplan.store.connection import keep_rollback_journal

if TYPE_CHECKING:
    from kxplan.commands.call import Call

CHECKS: Mapping[str, Check] = {
    "program": surroundings.program,
    "settings": contents.settings,
    "permissions": surroundings.permissions,
    "plans": contents.plans,
    "calendar": contents.calendar,
    "ledger": contents.ledger,
    "evidence": contents.evidence,
    "backups": contents.backups,
    "mail": mail_check.mail,
    "clock": surroundings.clock,
    "disk": surroundings.disk,
    "place": surroundings.place,
}
"""Every check by its name, in the order of the answer; one that needs to know more goes here."""


def doctor(
    ctx: Context,
    rebuild: Annotated[bool, Option("--rebuild")] = False,
) -> None:
    """Examine everything; with --rebuild work out anew what the ledger derives from its entries."""
    call: Call = ctx.obj
    if rebuild:
        _rebuild(call)
    found = {name: tuple(findings) for name, findings in _examined(call)}
    problems = sum(finding.level == "problem" for findings in found.values() for finding in findings)
    if call.as_json:
        call.answer(_record(call, found, problems))
    else:
        _say(call, found, problems)
    if problems:
        call.exit_code = ExitCode.PROBLEMS


def _examined(call: Call) -> Iterator[tuple[str, list[Finding]]]:
    patient = Patient(call, call.workspace, _settings(call))
    told: set[str] = set()
    for name, check in CHECKS.items():
        yield name, list(_findings(check, patient, told))


def _findings(check: Check, patient: Patient, told: set[str]) -> Iterator[Finding]:
    try:
        yield from check(patient)
    except KxplanError as error:
        # A damaged ledger stops several checks; it is told once.
        sentence = words(error.message, patient.call.tr)
        yield note(message("doctor.stopped")) if sentence in told else problem(error.message)
        told.add(sentence)


def _settings(call: Call) -> Settings:
    """Return the settings; the defaults where they cannot be read, which the check of them tells."""
    try:
        return call.settings
    except SettingsInvalidError:
        return Settings()


def _rebuild(call: Call) -> None:
    ledger = call.writing
    keep_rollback_journal(ledger.connection)
    faults = ledger.verify()
    if any(fault.message.id != contents.DERIVED_WRONG for fault in faults):
        raise NotRebuildableError(path=str(call.workspace.ledger), n=len(faults))
    kept = call.workspace.backups / f"before-rebuild-{call.local(now()):%Y%m%d-%H%M%S}.db"
    snapshot(ledger.connection, kept)
    ledger.rebuild()
    call.note(message("doctor.rebuilt", path=str(kept)))


def _say(call: Call, found: Mapping[str, tuple[Finding, ...]], problems: int) -> None:
    versions = _versions()
    call.say(message("doctor.versions", **versions))
    for name, findings in found.items():
        check = message(f"doctor.check.{name}")
        if not findings:
            call.say(message("doctor.fine", check=check))
        for finding in findings:
            call.say(message(f"doctor.{finding.level}", check=check, what=finding.message))
    notes = sum(map(len, found.values())) - problems
    if problems:
        call.say(message("doctor.problems", n=problems))
    else:
        call.say(message("doctor.healthy-noted", n=notes) if notes else message("doctor.healthy"))


def _record(call: Call, found: Mapping[str, tuple[Finding, ...]], problems: int) -> dict[str, Any]:
    checks: list[dict[str, Any]] = [
        {"check": name, "level": finding.level, "message": words(finding.message, call.tr)}
        for name, findings in found.items()
        for finding in findings
    ]
    checks += [{"check": name, "level": "fine", "message": None} for name, findings in found.items() if not findings]
    order = list(found)
    checks.sort(key=lambda each: order.index(each["check"]))
    return {"kxplan": VERSION, "versions": _versions(), "checks": checks, "problems": problems}


def _versions() -> dict[str, str]:
    return {
        "program": __version__,
        "python": platform.python_version(),
        "sqlite": sqlite3.sqlite_version,
        "system": platform.system(),
    }
