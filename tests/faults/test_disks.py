"""A full disk, a file, a folder and a disk that take no writes: said with exit 6, nothing lost, reading goes on."""

import json
import os
import shutil
import subprocess
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from importlib.util import find_spec

import pytest
from office import Office

from kxplan.cli import COMMANDS
from kxplan.errors.store import DiskFullError
from kxplan.ledger.opening import open_ledger
from kxplan.model.entry import NewEntry, PlanVersion

READING = [
    ("status",), ("status", "--json"), ("status", "--as-of", "2023-05-31"), ("show", "books"), ("explain", "books"),
    ("history",), ("goals",), ("check",), ("evidence", "verify"), ("report", "year"), ("schema",),
]  # fmt: skip
WRITING = [
    ("log", "books", "3", "-n", "new", "--yes"), ("log", "books", "3", "--evidence", "paper.txt", "--yes"),
    ("fix", "1", "5", "--reason", "slip", "--yes"), ("void", "1", "--reason", "twice"), ("undo",), ("done", "hall.draw"),
    ("mark", "half"), ("reason", "books", "no paper"), ("import", "sheet.csv", "--yes"), ("evidence", "add", "1", "paper.txt"),
    ("evidence", "bundle", "-o", "old.zip"), ("backup",), ("restore", "backup.zip"), ("form", "-o", "new.xlsx"),
    ("report", "year", "-o", "old.docx"), ("export", "-o", "old.json"),
]  # fmt: skip


def landed(table):
    has_files = bool(find_spec("kxplan.render.page_docx"))
    return [args for args in table if args[0] in COMMANDS and (has_files or "old.docx" not in args)]


@pytest.fixture
def some(is_long):
    """A function that gives the whole of a table in the long form, a part of it in the short one."""
    return lambda table, first: table if is_long else table[first::4]


def tried(*command):
    return subprocess.run(list(map(str, command)), capture_output=True, check=False).returncode == 0


@contextmanager
def mounted(folder, *how):
    """Mount something on the folder for a while."""
    if not tried("mount", *how, folder):
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        assert tried("umount", folder)


def filled(office):
    """Put in place what the commands work on; return the bytes of everything."""
    folder = office.folder
    (folder / "paper.txt").write_text("paper", encoding="utf-8")
    (folder / "sheet.csv").write_text("日期,工作任务,数量\n2023-03-01,编印书籍,1\n", encoding="utf-8-sig")
    for name in ("old.docx", "old.json"):
        (folder / name).write_text("the old one", encoding="utf-8")
    office.log()
    assert office.run("backup", "backup.zip").returncode == 0
    assert office.run("evidence", "bundle", "-o", "old.zip").returncode == 0
    return everything(folder)


def everything(folder):
    paths = [path for path in sorted(folder.rglob("*")) if path.is_file() and path.name != "filler"]
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


def require_refused(office, args, prefix=()):
    done = office.run(*args, prefix=prefix)
    assert (done.returncode, done.stdout) == (6, ""), (args, done)
    assert done.stderr.startswith("kxplan：")


def require_readable(office, tmp_path, reading, prefix=()):
    for args in reading:
        done = office.run(*args, prefix=prefix)
        assert (done.returncode, bool(done.stdout)) == (0, True), (args, done)
    for args in landed([("export", "-o", tmp_path / "out.json"), ("backup", tmp_path / "out.zip")]):
        assert office.run(*args, prefix=prefix).returncode == 0
    office.require_clean()


@pytest.fixture
def small(tmp_path):
    """A workspace on a disk of a mebibyte."""
    folder = tmp_path / "small"
    folder.mkdir()
    with mounted(folder, "-t", "tmpfs", "-o", "size=1m", "tmpfs"):
        yield Office(folder)


def fill(folder):
    with (folder / "filler").open("wb", buffering=0) as filler:
        for size in (65536, 4096, 1):
            try:
                while True:
                    filler.write(bytes(size))
            except OSError:
                continue


def test_on_a_full_disk_writing_is_refused_and_reading_goes_on(small, tmp_path, some):
    before = filled(small)
    fill(small.folder)
    for args in some(landed(WRITING), 0):
        require_refused(small, args)
        assert everything(small.folder) == before, args
    require_readable(small, tmp_path, some(landed(READING), 0))
    (small.folder / "filler").unlink()
    assert small.log().returncode == 0
    small.require_clean()


def test_a_disk_that_fills_up_keeps_every_entry_that_was_answered(small, measured):
    version = PlanVersion("p", "d", "plan: p", ({"goal": "books", "target": "books", "kind": "sum"},))
    with open_ledger(small.ledger) as ledger, pytest.raises(DiskFullError):
        while True:
            word = small.word()
            entry = NewEntry("books", "books", date(2023, 2, 10), Decimal(1), note=word)
            ledger.record(version, [entry], act="log", who="w", recorded_at=datetime.now(UTC))
            small.answered.add(word)
    assert len(small.answered) > 100
    small.require_sound()
    assert len(small.entries()) == len(small.answered)
    measured(entries=f"{len(small.answered)}/{len(small.answered)}")


@pytest.fixture
def as_anybody():
    """The words that let a process of root be refused what others are refused."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("setpriv is not installed")
    return ("setpriv", "--bounding-set", "-dac_override,-dac_read_search")


LEDGER = {"log", "fix", "void", "undo", "done", "mark", "reason", "import"}
WRITES = {"kxplan.db": LEDGER, ".": LEDGER | {"restore", "form", "report", "export"}}
"""The commands that must write there."""


@pytest.mark.parametrize("name", WRITES)
def test_in_a_file_or_a_folder_that_takes_no_writes_they_are_refused(office, tmp_path, as_anybody, name, some):
    before = filled(office)
    closed = office.folder / name
    kept = closed.stat().st_mode
    closed.chmod(kept & 0o555)
    try:
        for args in [
            args for args in landed(WRITING) if name == "." or args[0] in ("log", "fix", "void", "undo", "import")
        ]:
            if args[0] in WRITES[name]:
                require_refused(office, args, as_anybody)
        require_readable(office, tmp_path, some(landed(READING), 1), as_anybody)
    finally:
        closed.chmod(kept)
    after = everything(office.folder)
    assert {name: after[name] for name in before} == before


def test_on_a_read_only_disk_writing_is_refused_and_reading_goes_on(office, tmp_path, some):
    before = filled(office)
    with mounted(office.folder, "--bind", "-o", "ro", office.folder):
        for args in some(landed(WRITING), 2):
            require_refused(office, args)
        require_readable(office, tmp_path, some(landed(READING), 2))
    assert everything(office.folder) == before


@pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")
def test_what_an_interrupted_write_left_on_a_read_only_disk_is_said(office):
    office.log()
    office.leave_journal()
    before = everything(office.folder)
    with mounted(office.folder, "--bind", "-o", "ro", office.folder):
        for args in (("status",), ("check",), ("log", "books", "1", "--yes")):
            require_refused(office, args)
    assert everything(office.folder) == before
    assert json.loads(office.run("status", "--json").stdout)["targets"][0]["entries"] == 1
    office.require_clean()
