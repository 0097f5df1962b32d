"""The archive: a backup as one zip, read back and compared before it gets its name.

It holds `manifest.json`, `kxplan.db`, `kxplan.toml`, `plans/*.yaml` and `evidence/<hash>`; the manifest
has the size and the SHA-256 of every other member, and nothing else is ever taken out.
"""

from __future__ import annotations

import json
import os
import re
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, NamedTuple, cast
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from kxplan.errors import UsageError
from kxplan.errors.store import BadBackupError, TargetTakenError, not_written
from kxplan.message import message
from kxplan.store.files import PRIVATE, creating
from kxplan.store.regular import digest, followed, opened

FORMAT = 1
DATABASE = "kxplan.db"
SETTINGS = "kxplan.toml"
_MANIFEST = "manifest.json"
_MEMBER = re.compile(r"kxplan\.db|kxplan\.toml|plans/[^/\\:\x00-\x1f\x7f]+\.ya?ml|evidence/[0-9a-f]{64}")
_LARGEST_MANIFEST = 64 << 20
_UNREADABLE = (
    *(BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError),
    *(KeyError, ValueError, TypeError, AttributeError),  # a manifest of another shape
)


class Member(NamedTuple):
    """A file of an archive."""

    sha256: str
    size: int
    """In bytes."""


class Manifest(NamedTuple):
    """What an archive says of itself."""

    made_at: str
    """UTC, as text."""
    newest: int
    """The number of the ledger's newest event; 0 where it has none."""
    members: Mapping[str, Member]
    lacking: tuple[str, ...]
    """Hashes of evidence that is recorded and was missing or changed when the archive was made."""
    has_evidence: bool
    """Whether evidence was to be in it."""

    @property
    def size(self) -> int:
        """How many bytes everything in it takes."""
        return sum(member.size for member in self.members.values())

    def within(self, folder: str) -> tuple[str, ...]:
        """Return the names of the members in a folder of the archive."""
        return tuple(name for name in self.members if name.startswith(f"{folder}/"))


def is_member(name: str) -> bool:
    """Tell whether an archive takes a file of this name: it must go into a zip and come out at its place."""
    return _MEMBER.fullmatch(name) is not None and name.encode(errors="replace").decode() == name


def write_archive(target: Path, files: Mapping[str, Path | bytes], facts: Mapping[str, object]) -> Manifest:
    """Write `files` by their names in the archive to the zip `target`, which must not exist yet.

    `facts` are the manifest's `made_at`, `newest`, `lacking` and `has_evidence`.

    Raises:
        TargetTakenError: `target` exists.
        CannotWriteError: the folder or the disk does not take it.
        CannotReadError, UsageError: one of `files` cannot be read, or is evidence that changed meanwhile.
    """
    try:
        target.parent.mkdir(mode=0o700, exist_ok=True)
        with creating(target) as draft:
            with ZipFile(draft, "w", ZIP_DEFLATED) as archive:
                members = {name: _write(archive, name, source) for name, source in files.items()}
                files_record = {name: each._asdict() for name, each in members.items()}
                record = {"kxplan-backup": FORMAT, **facts, "files": files_record}
                archive.writestr(_info(_MANIFEST), json.dumps(record, ensure_ascii=False, indent=1))
            return _read_back(draft)
    except FileExistsError as error:
        raise TargetTakenError(path=str(target)) from error
    except OSError as error:
        raise not_written(target, error) from error


class Archive:
    """An archive opened for reading; it is trusted in nothing."""

    def __init__(self, archive: ZipFile, path: Path) -> None:
        self._archive = archive
        self._path = path
        with self._told():
            self.manifest = self._manifest()

    def extract(self, name: str, sink: IO[bytes]) -> None:
        """Write the member `name` to `sink`.

        Raises:
            BadBackupError: it is not what the manifest says.
        """
        wanted = self.manifest.members[name]
        with self._told(), self._archive.open(name) as source:
            found = digest(cast("BinaryIO", source), wanted.size, copy=sink)
        if found != (wanted.sha256, wanted.size):
            raise self._bad("backup.member-changed", name)

    def _manifest(self) -> Manifest:
        with self._archive.open(_MANIFEST) as file:
            text = file.read(_LARGEST_MANIFEST)
        record: dict[str, Any] = json.loads(text)
        if record["kxplan-backup"] != FORMAT:
            raise self._bad("backup.newer", _MANIFEST)
        members = {name: Member(str(each["sha256"]), int(each["size"])) for name, each in record["files"].items()}
        names = self._archive.namelist()
        if DATABASE not in members or sorted(names) != sorted({_MANIFEST, *members}):
            raise self._bad("backup.members-differ", _MANIFEST)
        for name, member in members.items():
            if not _MEMBER.fullmatch(name) or (name.startswith("evidence/") and not name.endswith(member.sha256)):
                raise self._bad("backup.member-strange", name)
        lacking = tuple(str(each) for each in record["lacking"])
        return Manifest(str(record["made_at"]), int(record["newest"]), members, lacking, bool(record["has_evidence"]))

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except _UNREADABLE as error:
            raise self._bad("backup.not-readable", str(self._path)) from error

    def _bad(self, why: str, name: str) -> BadBackupError:
        return BadBackupError(path=str(self._path), why=message(why, name=name))


@contextmanager
def opened_archive(path: Path) -> Iterator[Archive]:
    """Open the backup at `path`.

    Raises:
        BadBackupError: it is no backup, damaged, or of a newer version.
        CannotReadError, UsageError: it cannot be read, or is no regular file.
    """
    with opened(followed(path)) as file:
        try:
            archive = ZipFile(file)
        except _UNREADABLE as error:
            raise BadBackupError(path=str(path), why=message("backup.not-readable", name=path.name)) from error
        with archive:
            yield Archive(archive, path)


def _write(archive: ZipFile, name: str, source: Path | bytes) -> Member:
    info = _info(name)
    if isinstance(source, bytes):
        with archive.open(info, "w", force_zip64=True) as copy:
            return Member(*digest(BytesIO(source), copy=copy))
    with opened(source) as file, archive.open(info, "w", force_zip64=True) as copy:
        member = Member(*digest(file, copy=copy))
    if name.startswith("evidence/") and not name.endswith(member.sha256):
        raise UsageError("evidence.changing", path=str(source))
    return member


def _read_back(draft: Path) -> Manifest:
    with opened_archive(draft) as archive, Path(os.devnull).open("wb") as nowhere:
        for name in archive.manifest.members:
            archive.extract(name, nowhere)
        return archive.manifest


def _info(name: str) -> ZipInfo:
    # Without a time of its own: a clock before 1980 has none that a zip can tell.
    info = ZipInfo(name)
    info.compress_type = ZIP_DEFLATED
    info.external_attr = PRIVATE << 16
    return info
