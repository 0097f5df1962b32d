"""`backup`: one checked zip of all that a workspace is: ledger, plans, settings without secrets, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NamedTuple
from zoneinfo import ZoneInfo

from typer import Argument, Context, Option

from kxplan.dates import now
from kxplan.errors import KxplanError, UsageError, os_reason
from kxplan.errors.store import TargetTakenError, UnsoundLedgerError, not_written
from kxplan.ledger.opening import read_ledger
from kxplan.message import message
from kxplan.plans.shelf import plan_files
from kxplan.render.records import VERSION, instant_text
from kxplan.settings import Settings
from kxplan.store.archive import DATABASE, SETTINGS, Manifest, is_member, opened_archive, write_archive
from kxplan.store.backup import snapshot
from kxplan.store.evidence import condition
from kxplan.store.redacted import without_secrets
from kxplan.store.regular import followed
from kxplan.store.rotation import Keeping, backup_name, surplus
from kxplan.workspace import Workspace, folder_named

if TYPE_CHECKING:
    from kxplan.commands.call import Call


def backup(
    ctx: Context,
    file: Annotated[str | None, Argument(metavar="FILE")] = None,
    no_evidence: Annotated[bool, Option("--no-evidence")] = False,
) -> None:
    """Make a backup; without a name also let old ones go."""
    call: Call = ctx.obj
    has_evidence = call.settings.backup.evidence and not no_evidence
    kind = None if has_evidence else "no-evidence"
    made = made_backup(call, _named(file) if file else backup_folder(call), has_evidence=has_evidence, kind=kind)
    gone = () if file else rotated(call)
    if made.manifest.lacking:
        call.warn(message("backup.lacks-evidence", n=len(made.manifest.lacking)))
    if call.as_json:
        call.answer(_record(made, gone))
        return
    evidence, plans = len(made.manifest.within("evidence")), len(made.manifest.within("plans"))
    call.say(message("backup.made", path=str(made.path), newest=made.manifest.newest, plans=plans, evidence=evidence))
    if gone:
        call.note(message("backup.rotated", n=len(gone)))


class Made(NamedTuple):
    """A backup that was made."""

    path: Path
    manifest: Manifest


def made_backup(call: Call, target: Path, *, has_evidence: bool, kind: str | None = None) -> Made:
    """Make a backup as `target`, or under a dated name in the folder `target`.

    A dated name says the `kind` of backup where it is no ordinary one.

    Raises:
        UnsoundLedgerError: the ledger has faults; nothing was written.
        TargetTakenError: the file exists.
        CannotWriteError: the folder or the disk does not take it.
    """
    at = now()
    folder = target if target.suffix != ".zip" or target.is_dir() else target.parent
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        with TemporaryDirectory(dir=folder, prefix=".kxplan-backup-") as staging:
            files, facts = _gathered(call, Path(staging), at, has_evidence=has_evidence)
            if target is not folder:
                return Made(target, write_archive(target, files, facts))
            return _written_dated(call, folder, files, facts, at, kind)
    except OSError as error:
        raise not_written(folder, error) from error


def backup_before(call: Call, what: str) -> Made:
    """Make a backup by itself before something large; evidence is left out, for it is only ever added to.

    `what` is one English word in small letters, as in `import`. Raises as `made_backup` does.
    """
    made = made_backup(call, backup_folder(call), has_evidence=False, kind=f"before-{what}")
    rotated(call)
    return made


def backup_folder(call: Call) -> Path:
    """Return the folder that backups go to."""
    return folder_of(call.workspace, call.settings)


def folder_of(workspace: Workspace, settings: Settings) -> Path:
    """Return the folder that the backups of a workspace go to; a relative one lies in it."""
    named = settings.backup.folder
    return workspace.root / folder_named(named) if named else workspace.backups


def rotated(call: Call) -> tuple[str, ...]:
    """Let the backups go that the settings do not keep; return their names."""
    settings, folder = call.settings.backup, backup_folder(call)
    names = [path.name for path in folder.iterdir() if path.is_file()]
    going = surplus(names, Keeping(settings.daily, settings.weekly, settings.monthly))
    spared = _only_copies(folder, going, set(names) - set(going))
    if spared:
        call.warn(message("backup.kept-for-evidence", n=len(spared)))
    gone = []
    for name in going:
        if name in spared:
            continue
        try:
            (folder / name).unlink()
        except OSError as error:
            call.warn(message("backup.not-rotated", path=str(folder / name), why=os_reason(error)))
        else:
            gone.append(name)
    return tuple(gone)


def _only_copies(folder: Path, going: Sequence[str], staying: Iterable[str]) -> frozenset[str]:
    """Return which of the backups that would go hold evidence that none of those that stay has, newest first."""
    if not going:
        return frozenset()
    safe = {piece for name in staying for piece in _evidence_in(folder / name)}
    spared = set()
    for name in reversed(going):
        held = _evidence_in(folder / name)
        if not held <= safe:
            spared.add(name)
            safe |= held
    return frozenset(spared)


def _evidence_in(path: Path) -> frozenset[str]:
    """Return the evidence in a backup; none where the file is no backup that can be read."""
    if path.suffix != ".zip":
        return frozenset()
    try:
        with opened_archive(path) as archive:
            return frozenset(archive.manifest.within("evidence"))
    except (KxplanError, OSError):
        return frozenset()


def _named(file: str) -> Path:
    path = Path(file)
    if path.is_dir():
        return path
    if path.suffix.lower() != ".zip":
        raise UsageError("backup.not-zip", path=file)
    if path.exists():
        raise TargetTakenError(path=file)
    return path


def _gathered(
    call: Call, staging: Path, at: datetime, *, has_evidence: bool
) -> tuple[dict[str, Path | bytes], dict[str, object]]:
    workspace = call.workspace
    copy = snapshot(call.reading.connection, staging / DATABASE)
    with read_ledger(copy) as ledger:
        faults = ledger.verify()
        if faults:
            raise UnsoundLedgerError(path=str(workspace.ledger), n=len(faults))
        newest = ledger.newest()
        recorded = dict.fromkeys(piece.sha256 for piece in ledger.evidence())
    settings = without_secrets(workspace.settings.read_text(encoding="utf-8"))
    files: dict[str, Path | bytes] = {DATABASE: copy, SETTINGS: settings.encode()}
    for path in plan_files(workspace.plans):
        name = f"plans/{path.name}"
        if not is_member(name):
            raise UsageError("backup.plan-name", path=str(path))
        files[name] = followed(path)
    lacking: list[str] = []
    if has_evidence:
        lacking = [each for each in recorded if condition(workspace.evidence, each) != "sound"]
        files |= {f"evidence/{each}": workspace.evidence / each for each in recorded if each not in lacking}
    facts: dict[str, object] = {
        "made_at": instant_text(at),
        "newest": newest[0] if newest else 0,
        "lacking": lacking,
        "has_evidence": has_evidence,
    }
    return files, facts


def _written_dated(
    call: Call, folder: Path, files: dict[str, Path | bytes], facts: dict[str, object], at: datetime, kind: str | None
) -> Made:
    local = at.astimezone(ZoneInfo(call.settings.timezone))
    again = 0
    while (path := folder / backup_name(local, kind=kind, again=again)).exists():
        again += 1
    return Made(path, write_archive(path, files, facts))


def _record(made: Made, gone: Sequence[str]) -> dict[str, object]:
    manifest = made.manifest
    return {
        "kxplan": VERSION,
        "file": str(made.path),
        "newest": manifest.newest,
        "plans": len(manifest.within("plans")),
        "evidence": len(manifest.within("evidence")),
        "missing": list(manifest.lacking),
        "removed": list(gone),
    }
