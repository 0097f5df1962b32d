"""Checks of the workspace's contents: settings, plans, calendar, ledger, evidence, backups."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime, timedelta

from kxplan.commands.backup import folder_of
from kxplan.commands.evidence import fault as evidence_fault
from kxplan.commands.figures import undeclared
from kxplan.commands.finding import Finding, Patient, note, problem
from kxplan.commands.trust import as_it_is, lost_words
from kxplan.commands.units import misread
from kxplan.dates import now
from kxplan.errors import KxplanError
from kxplan.ledger.salvage import lost_entries
from kxplan.message import message
from kxplan.store.evidence import condition, unrecorded
from kxplan.store.rotation import made_at

DERIVED_WRONG = "ledger.derived-wrong"
"""The id of what `verify` says where entries are sound and only what is derived from them is not."""
_STALE_AFTER = timedelta(days=8)


def settings(patient: Patient) -> Iterator[Finding]:
    """Find settings that cannot be read, and a day that stands for the clock's."""
    found = patient.call.settings
    if found.today is not None:
        yield note(message("doctor.staged", today=found.today))


def plans(patient: Patient) -> Iterator[Finding]:
    """Find plan files with problems, every one compiled anew, and promises that changed in silence."""
    shelf = patient.call.shelf_anew
    for broken in shelf.broken:
        yield problem(message("doctor.plan-broken", file=broken.path.name, n=len(broken.error.problems)))
    if not shelf.filed and not shelf.broken:
        yield note(message("cli.no-plan"))
    known = {filed.plan.id for filed in shelf.filed}
    wanted = patient.settings.default_plan
    if wanted is not None and wanted not in known:
        yield problem(message("doctor.default-plan-gone", id=wanted, known=tuple(sorted(known)) or "-"))
    for filed in shelf.filed:
        # What is wrong with the ledger is told by its own check.
        with suppress(KxplanError):
            changes = undeclared(patient.call.reading, filed.plan)
            if changes:
                yield problem(message("doctor.plan-changed", plan=filed.plan.id, n=len(changes)))


def calendar(patient: Patient) -> Iterator[Finding]:
    """Find years whose public holidays nobody has told the program."""
    for filed in patient.call.shelf_anew.filed:
        years = filed.plan.calendar.estimated
        if years:
            yield note(message("doctor.calendar-estimated", plan=filed.plan.id, years=tuple(years)))


def ledger(patient: Patient) -> Iterator[Finding]:
    """Find damage: the file, the chain of entries, the sums; and entries that are read in another unit."""
    with as_it_is(patient.call) as opened:
        faults = opened.verify()
        derived = [fault for fault in faults if fault.message.id == DERIVED_WRONG]
        for fault in faults:
            if fault.message.id != DERIVED_WRONG:
                yield problem(fault.message)
        lost = lost_entries(opened.connection) if len(derived) < len(faults) else ()
        if lost:
            yield problem(lost_words(lost))
        if derived:
            yield problem(message("doctor.derived-wrong", n=len(derived)))
        (mode,) = opened.connection.execute("PRAGMA journal_mode").fetchone()
        if mode != "delete":
            yield problem(message("doctor.journal-mode", mode=mode))
        if not faults:
            for filed in patient.call.shelf_anew.filed:
                yield from map(problem, misread(opened, filed.plan))


def evidence(patient: Patient) -> Iterator[Finding]:
    """Find evidence that is missing or changed, and files that nobody recorded."""
    folder = patient.workspace.evidence
    recorded = patient.call.reading.evidence()
    conditions = {digest: condition(folder, digest) for digest in {each.sha256 for each in recorded}}
    for each in recorded:
        if conditions[each.sha256] != "sound":
            yield problem(evidence_fault(each, conditions[each.sha256]))
    strange = unrecorded(folder, frozenset(conditions))
    if strange:
        yield note(message("evidence.unrecorded", n=len(strange), names=strange[:5]))


def backups(patient: Patient) -> Iterator[Finding]:
    """Find that there is no backup, or none of late."""
    newest = patient.call.reading.newest()
    if newest is None:
        return
    folder = folder_of(patient.workspace, patient.settings)
    try:
        made = [at for path in folder.iterdir() if (at := made_at(path.name)) is not None]
    except OSError:
        made = []
    if not made:
        yield note(message("doctor.no-backup", folder=str(folder)))
    elif _is_stale(max(made), newest[1]):
        yield note(message("doctor.old-backup", day=max(made).date()))


def _is_stale(backup: datetime, newest: datetime) -> bool:
    # The name tells local time; a day more or less does not matter here.
    return now().replace(tzinfo=None) - backup > _STALE_AFTER and newest.replace(tzinfo=None) > backup
