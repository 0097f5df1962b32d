"""The workspace: the folder with the settings, the plans, the ledger and the evidence."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from kxplan.errors import NotAWorkspaceError, NoWorkspaceError
from kxplan.errors.store import not_written
from kxplan.record import Record

SETTINGS_NAME = "kxplan.toml"
_FOLDERS = ("plans", "evidence", "backups", ".cache")
_IGNORED = "/.cache/\n/backups/\n/kxplan.db\n/kxplan.db-journal\n"


class Workspace(Record):
    """A workspace and where its parts lie."""

    root: Path

    @property
    def settings(self) -> Path:
        """The settings file."""
        return self.root / SETTINGS_NAME

    @property
    def plans(self) -> Path:
        """The folder of plan files."""
        return self.root / "plans"

    @property
    def ledger(self) -> Path:
        """The ledger's database."""
        return self.root / "kxplan.db"

    @property
    def evidence(self) -> Path:
        """The folder of evidence files, each named by its hash."""
        return self.root / "evidence"

    @property
    def backups(self) -> Path:
        """The folder of backups."""
        return self.root / "backups"

    @property
    def cache(self) -> Path:
        """The folder of compiled plans; everything in it can be made anew."""
        return self.root / ".cache"


def folder_named(text: str) -> Path:
    """Return the path that a person wrote; `~` is the home, and stays as it is where there is none."""
    return Path(os.path.expanduser(text))  # noqa: PTH111 -- pathlib raises where nobody has that home


def find_workspace(named: str | None, environ: Mapping[str, str], cwd: Path) -> Workspace:
    """Return the workspace: the folder `named`, `KXPLAN_WORKSPACE`, or the nearest at or above `cwd`.

    Raises:
        NoWorkspaceError: there is none, or the named folder is none.
    """
    given = named or environ.get("KXPLAN_WORKSPACE")
    if given:
        folder = folder_named(given)
        if (folder / SETTINGS_NAME).is_file():
            return Workspace(folder)
        raise NotAWorkspaceError(folder=str(folder))
    for folder in (cwd, *cwd.parents):
        if (folder / SETTINGS_NAME).is_file():
            return Workspace(folder)
    raise NoWorkspaceError(folder=str(cwd))


def make_workspace(folder: Path, settings: str) -> Workspace:
    """Make `folder` a workspace with these settings; what is there already stays as it is.

    Folders get mode 0700, files 0600.

    Raises:
        CannotWriteError: the folder cannot be written.
    """
    workspace = Workspace(folder)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for name in _FOLDERS:
            (folder / name).mkdir(mode=0o700, exist_ok=True)
        write_new(folder / ".gitignore", _IGNORED)
        write_new(workspace.settings, settings)
    except OSError as error:
        raise not_written(folder, error) from error
    return workspace


def write_new(path: Path, text: str) -> bool:
    """Write a file with mode 0600 unless it exists; tell whether it was written."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
    return True
