"""Checks of the machine: the program's parts, permissions, the clock, the disk, and what kind of place it is."""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from stat import S_IMODE, S_ISDIR

from kxplan.commands.finding import Finding, Patient, note, problem
from kxplan.dates import now
from kxplan.message import message
from kxplan.store.regular import followed

_OLDEST_SQLITE = (3, 37, 0)
"""The first with STRICT tables. Source: sqlite.org/stricttables.html"""
_BEFORE_THE_PROGRAM = datetime(2024, 1, 1, tzinfo=UTC)
_SLACK = timedelta(minutes=2)
_LONG = timedelta(days=400)
_LEAST_FREE = 100 << 20
_OF_OTHERS = 0o077
_NETWORK = frozenset(
    {"nfs", "nfs4", "cifs", "smb2", "smb3", "smbfs", "9p", "afs", "ncpfs", "davfs", "glusterfs", "ceph", "lustre",
     "fuse.sshfs", "fuse.rclone", "fuse.s3fs", "fuse.davfs", "fuse.glusterfs", "vboxsf", "fuse.vmhgfs-fuse", "prl_fs"}
)  # fmt: skip
_SYNCED = re.compile(
    r"onedrive|dropbox|nutstore|坚果云|icloud|mobile documents|百度网盘|google ?drive|syncthing", re.IGNORECASE
)
_LEFT_BEHIND = re.compile(r"\.kxplan-(backup|restore|export)-.+|\..+\.[0-9a-f]{8}\.new")


def program(patient: Patient) -> Iterator[Finding]:  # noqa: ARG001 -- a check like every other
    """Find parts of the program that are too old."""
    if sqlite3.sqlite_version_info < _OLDEST_SQLITE:
        yield problem(message("doctor.old-sqlite", found=sqlite3.sqlite_version))


def permissions(patient: Patient) -> Iterator[Finding]:
    """Find what others can read, and what we cannot write."""
    workspace = patient.workspace
    if os.name != "nt":
        yield from _exposed(
            workspace.root, (workspace.settings, workspace.ledger, workspace.evidence, workspace.backups)
        )
    for path in (workspace.root, workspace.ledger, workspace.plans, workspace.evidence, workspace.backups):
        if path.exists() and not os.access(path, os.W_OK):
            yield problem(message("doctor.not-writable", path=str(path)))
    for path in (workspace.plans, workspace.evidence, workspace.backups):
        if not path.is_dir():
            yield problem(message("doctor.folder-missing", path=str(path)))


def clock(patient: Patient) -> Iterator[Finding]:
    """Find a clock that cannot be right."""
    present = now()
    if present < _BEFORE_THE_PROGRAM:
        yield problem(message("doctor.clock-early", now=present.date()))
        return
    newest = patient.call.reading.newest()
    if newest is None:
        return
    number, recorded_at = newest
    if recorded_at > present + _SLACK:
        yield problem(message("doctor.clock-back", now=present, number=number, recorded=recorded_at))
    elif present - recorded_at > _LONG:
        yield note(message("doctor.clock-ahead", now=present.date(), number=number, recorded=recorded_at.date()))


def disk(patient: Patient) -> Iterator[Finding]:
    """Find a disk that is nearly full or takes no writes, and what an interrupted run left behind."""
    workspace = patient.workspace
    if hasattr(os, "statvfs"):
        room = os.statvfs(workspace.root)
        free = room.f_bavail * room.f_frsize
        size = workspace.ledger.stat().st_size if workspace.ledger.exists() else 0
        if room.f_flag & os.ST_RDONLY:
            yield problem(message("doctor.read-only", path=str(workspace.root)))
        elif free < max(_LEAST_FREE, 3 * size):
            yield problem(message("doctor.disk-full", megabytes=free >> 20))
        elif room.f_files and not room.f_favail:
            yield problem(message("doctor.no-inodes"))
    left = [
        path.name
        for folder in (workspace.root, workspace.backups, workspace.evidence)
        for path in (folder.iterdir() if folder.is_dir() else ())
        if _LEFT_BEHIND.fullmatch(path.name) and _is_old(path)
    ]
    if left:
        yield note(message("doctor.left-behind", n=len(left), names=tuple(left[:5])))


def place(patient: Patient) -> Iterator[Finding]:
    """Find a network file system or a synchronised folder, where no database is safe."""
    root = followed(patient.workspace.root)
    kind = _file_system(root)
    if kind in _NETWORK or str(root).startswith("\\\\"):
        yield note(message("doctor.network", path=str(root), kind=kind or "UNC"))
    if match := _SYNCED.search(str(root)):
        yield note(message("doctor.synced", path=str(root), name=match[0]))


def _exposed(root: Path, private: tuple[Path, ...]) -> Iterator[Finding]:
    if S_IMODE(root.stat().st_mode) & 0o022:
        yield problem(message("doctor.root-writable", path=str(root)))
    for path in private:
        if not path.exists():
            continue
        mode = path.stat().st_mode
        if S_IMODE(mode) & _OF_OTHERS:
            right = "700" if S_ISDIR(mode) else "600"
            yield problem(message("doctor.exposed", path=str(path), right=right))


def _is_old(path: Path) -> bool:
    try:
        changed = datetime.fromtimestamp(path.lstat().st_mtime, UTC)
    except OSError:
        return False
    return now() - changed > timedelta(days=1)


def _file_system(path: Path) -> str | None:
    """Return the kind of file system that holds `path`; None where the system does not tell.

    Source: proc(5), /proc/[pid]/mountinfo.
    """
    try:
        lines = Path("/proc/self/mountinfo").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return None
    best: tuple[int, str | None] = (-1, None)
    for line in lines:
        before, _, after = line.partition(" - ")
        fields, kinds = before.split(" "), after.split(" ")
        if len(fields) > 4 and kinds[0]:
            point = Path(re.sub(r"\\([0-7]{3})", lambda match: chr(int(match[1], 8)), fields[4]))
            # A later mount on the same point covers the earlier.
            if path.is_relative_to(point) and len(point.parts) >= best[0]:
                best = (len(point.parts), kinds[0])
    return best[1]
