"""`restore`: a workspace out of a backup; what it replaces is kept."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Annotated, NamedTuple
from zoneinfo import ZoneInfo

from typer import Argument, Context

from kxplan.dates import now
from kxplan.delivery.carrying import carry_over
from kxplan.delivery.lock import sending_alone
from kxplan.errors import KxplanError, NoWorkspaceError, SettingsInvalidError, UsageError
from kxplan.errors.store import BadBackupError, DamagedLedgerError, DiskFullError, not_written
from kxplan.ledger.opening import read_ledger
from kxplan.ledger.schema import SCHEMA
from kxplan.message import message
from kxplan.render.records import VERSION
from kxplan.settings import DEFAULT_TIMEZONE, read_settings
from kxplan.store.archive import DATABASE, SETTINGS, Archive, opened_archive
from kxplan.store.backup import snapshot
from kxplan.store.connection import connect
from kxplan.store.evidence import condition
from kxplan.store.regular import followed, opened
from kxplan.store.replacement import replace_database, replace_file
from kxplan.store.schema import pending
from kxplan.workspace import Workspace, find_workspace, folder_named, make_workspace

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_SQLITE = b"SQLite format 3\0"


def restore(
    ctx: Context,
    file: Annotated[str, Argument(metavar="FILE")],
) -> None:
    """Restore a backup into the workspace, or into a new one."""
    call: Call = ctx.obj
    root = _root(call)
    source = Path(file)
    if source.exists() and not source.is_file():
        raise BadBackupError(path=file, why=message("backup.not-readable", name=file))
    with opened(followed(source)) as head:
        is_database = head.read(len(_SQLITE)) == _SQLITE
    if is_database and (root / DATABASE).exists() and source.samefile(root / DATABASE):
        raise UsageError("backup.restore-itself", path=file)
    was_there = root.exists()
    try:
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(dir=root, prefix=".kxplan-restore-") as staging:
            staged = _staged(source, Path(staging), is_database=is_database)
            done = _put_in_place(call, Workspace(root), staged)
    except OSError as error:
        raise not_written(root, error) from error
    finally:
        if not was_there:
            _remove_if_empty(root)
    _answer(call, root, staged, done)


class _Staged(NamedTuple):
    """A backup unpacked and checked, beside the workspace it will go into."""

    folder: Path
    newest: int
    names: tuple[str, ...]
    """The archive's names of its files, each at that path in `folder`."""
    lacking: int
    """How many pieces of evidence the backup did not have either."""


class _Done(NamedTuple):
    kept: Path | None
    """Where what was replaced lies; None where nothing was."""
    has_own_settings: bool
    """The settings that were there could be read and were left alone."""
    knows_mail: bool
    """What was sent since the backup is known."""


def _root(call: Call) -> Path:
    try:
        return find_workspace(call.folder, call.environ, call.cwd).root
    except NoWorkspaceError:
        named = call.folder or call.environ.get("KXPLAN_WORKSPACE")
        return folder_named(named) if named else call.cwd


def _staged(source: Path, folder: Path, *, is_database: bool) -> _Staged:
    if is_database:
        connection = connect(source, read_only=True)
        try:
            snapshot(connection, folder / DATABASE)
        finally:
            connection.close()
        return _Staged(folder, _checked(source, folder / DATABASE), (DATABASE,), 0)
    with opened_archive(source) as archive:
        _extract(archive, folder)
        manifest = archive.manifest
    newest = _checked(source, folder / DATABASE)
    return _Staged(folder, newest, tuple(manifest.members), len(manifest.lacking))


def _extract(archive: Archive, folder: Path) -> None:
    if archive.manifest.size > disk_usage(folder).free:
        raise DiskFullError(path=str(folder))
    for name in archive.manifest.members:
        target = folder / name
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with target.open("xb") as sink:
            archive.extract(name, sink)


def _checked(source: Path, database: Path) -> int:
    """Return the number of the newest event of a ledger that is sound."""
    try:
        with read_ledger(database) as ledger:
            pending(ledger.connection, SCHEMA)
            faults = ledger.verify()
            newest = ledger.newest()
    except DamagedLedgerError as error:
        raise BadBackupError(path=str(source), why=message("backup.ledger-unsound")) from error
    if faults:
        raise BadBackupError(path=str(source), why=message("backup.ledger-unsound"))
    return newest[0] if newest else 0


def _put_in_place(call: Call, workspace: Workspace, staged: _Staged) -> _Done:
    kept = _kept_folder(workspace)
    if SETTINGS in staged.names:
        settings = (staged.folder / SETTINGS).read_text(encoding="utf-8")
    else:
        settings = call.tr("init.settings")
    has_own_settings = _is_readable(workspace.settings)
    if not has_own_settings and os.path.lexists(workspace.settings):
        fresh = staged.folder / "fresh.toml"
        fresh.write_text(settings, encoding="utf-8")
        replace_file(workspace.settings, fresh, kept / SETTINGS)
    make_workspace(workspace.root, settings)
    for name in staged.names:
        if name not in (DATABASE, SETTINGS) and not _is_same(workspace, name, staged.folder / name):
            replace_file(workspace.root / name, staged.folder / name, kept / name)
    knows_mail = True
    with sending_alone(workspace.cache / "sending.lock"):
        if workspace.ledger.exists():
            knows_mail = carry_over(workspace.ledger, staged.folder / DATABASE) is not None
        replace_database(workspace.ledger, staged.folder / DATABASE, kept / DATABASE, on_wait=call.say_waiting)
    return _Done(kept if kept.exists() else None, has_own_settings, knows_mail)


def _kept_folder(workspace: Workspace) -> Path:
    try:
        zone = read_settings(workspace.settings).timezone
    except SettingsInvalidError:
        zone = DEFAULT_TIMEZONE
    stem = f"before-restore-{now().astimezone(ZoneInfo(zone)):%Y%m%d-%H%M%S}"
    again = 0
    while os.path.lexists(folder := workspace.backups / (f"{stem}-{again}" if again else stem)):
        again += 1
    return folder


def _is_readable(settings: Path) -> bool:
    try:
        read_settings(settings)
    except SettingsInvalidError:
        return False
    return True


def _is_same(workspace: Workspace, name: str, staged: Path) -> bool:
    folder, _, digest = name.partition("/")
    if folder == "evidence":
        return condition(workspace.evidence, digest) == "sound"
    try:
        with opened(workspace.root / name) as file:
            return file.read() == staged.read_bytes()
    except KxplanError:
        return False


def _remove_if_empty(root: Path) -> None:
    try:
        root.rmdir()
    except OSError:
        return


def _answer(call: Call, root: Path, staged: _Staged, done: _Done) -> None:
    plans, evidence = _within(staged.names, "plans"), _within(staged.names, "evidence")
    if call.as_json:
        call.answer(
            {
                "kxplan": VERSION,
                "workspace": str(root),
                "newest": staged.newest,
                "plans": plans,
                "evidence": evidence,
                "kept": str(done.kept) if done.kept else None,
            }
        )
        return
    call.say(message("backup.restored", folder=str(root), newest=staged.newest, plans=plans, evidence=evidence))
    if done.kept:
        call.say(message("backup.kept", folder=str(done.kept)))
    if not done.knows_mail and read_settings(Workspace(root).settings).mail.is_set:
        call.warn(message("mail.not-carried"))
    if done.has_own_settings:
        call.note(message("backup.own-settings"))
    if staged.lacking:
        call.warn(message("backup.restored-lacks", n=staged.lacking))


def _within(names: Sequence[str], folder: str) -> int:
    return sum(name.startswith(f"{folder}/") for name in names)
