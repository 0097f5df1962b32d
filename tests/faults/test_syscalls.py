"""A command killed, interrupted, or refused by the disk at any of its system calls leaves all or nothing."""

import json
import shutil
import sqlite3
from contextlib import closing
from importlib.util import find_spec
from itertools import count
from typing import NamedTuple
from zipfile import ZipFile, is_zipfile

import pytest
from office import Office

from kxplan.cli import COMMANDS

pytestmark = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")

CALLS = ("pwrite64", "write", "fdatasync", "fsync", "ftruncate", "unlink", "unlinkat", "rename", "link", "mkdir")


class Fault(NamedTuple):
    """How a system call ends."""

    how: str
    """As strace injects it."""
    code: int
    """How the command ends then, unless it can do without the call."""


FAULTS = {
    "killed": Fault("signal=SIGKILL", -9),
    "interrupted": Fault("signal=SIGINT", 130),
    "failing": Fault("error=EIO", 6),
    "full": Fault("error=ENOSPC", 6),
}


class Scenario(NamedTuple):
    """A command that writes."""

    args: tuple[str, ...]
    output: str | None = None
    """The file that it writes besides the ledger, in the place of an old one."""
    compiles: bool = False
    """The plan has changed, so that its compiled form is written too."""
    has_reader: bool = False
    """A process of its own reads the file: where that is hit, the file is refused."""


def is_there(args):
    """Tell whether the program has this command, and the renderer of the file that it writes."""
    return args[0] in COMMANDS and (args[0] != "report" or bool(find_spec("kxplan.render.page_docx")))


LOG = ("log", "books", "3", "-d", "2023-02-10", "-n", "new", "--yes")
SCENARIOS = {
    "log": Scenario(LOG),
    "log of a changed plan": Scenario(LOG, compiles=True),
    "log with a file": Scenario((*LOG, "--evidence", "paper.txt")),
    "fix": Scenario(("fix", "1", "5", "--reason", "slip", "--yes")),
    "void": Scenario(("void", "1", "--reason", "twice")),
    "undo": Scenario(("undo",)),
    "done": Scenario(("done", "hall.draw")),
    "mark": Scenario(("mark", "half")),
    "reason": Scenario(("reason", "books", "no paper")),
    "import": Scenario(("import", "sheet.csv", "--yes"), has_reader=True),
    "evidence add": Scenario(("evidence", "add", "1", "paper.txt")),
    "evidence bundle": Scenario(("evidence", "bundle", "-o", "old.zip"), "old.zip"),
    "backup": Scenario(("backup",)),
    "restore": Scenario(("restore", "backup.zip")),
    "form": Scenario(("form", "-o", "new.xlsx"), "new.xlsx"),
    "report": Scenario(("report", "year", "-o", "old.docx"), "old.docx"),
    "export": Scenario(("export", "-o", "old.json"), "old.json"),
}
SCENARIOS = {name: each for name, each in SCENARIOS.items() if is_there(each.args)}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """A workspace with two entries, a sheet to import, a paper to attach, a backup and old files to replace."""
    office = Office(tmp_path_factory.mktemp("template") / "office")
    folder = office.folder
    (folder / "paper.txt").write_text("paper", encoding="utf-8")
    assert office.run("log", "books", "1", "-n", "first", "--evidence", "paper.txt", "--yes").returncode == 0
    assert office.run("backup", "backup.zip").returncode == 0
    assert office.run("log", "films", "2", "-n", "second", "--yes").returncode == 0
    (folder / "paper.txt").write_text("another paper", encoding="utf-8")
    rows = [f"2023-03-01,编印书籍,{n},new-{n}" for n in range(1, 6)]
    (folder / "sheet.csv").write_text("\n".join(["日期,工作任务,数量,说明", *rows]) + "\n", encoding="utf-8-sig")
    (folder / "old.json").write_text('"the old one"', encoding="utf-8")
    for name in ("old.zip", "old.docx"):
        with ZipFile(folder / name, "w") as file:
            file.writestr("old", "the old one")
    office.begun = {"first", "second", "new", *(f"new-{n}" for n in range(1, 6))}
    office.answered = {"first"}
    return office


class Rig:
    """One scenario, run again and again on a fresh copy of the template."""

    def __init__(self, template, folder, scenario):
        self._template = template
        self._folder = folder
        self._trace = folder / "trace"
        self._scenario = scenario
        folder.mkdir()
        office = self._office()
        self._before = contents(office)
        assert office.run(*scenario.args).returncode == 0
        self._after = contents(office)

    def calls(self):
        """Return how often an undisturbed run makes each call."""
        traced = ("strace", "-f", "-qq", "-o", self._trace, "-e", f"trace={','.join(CALLS)}")
        assert self._office().run(*self._scenario.args, prefix=traced).returncode == 0
        lines = self._trace.read_text(encoding="utf-8", errors="replace").splitlines()
        return {call: made for call in CALLS if (made := sum(f" {call}(" in line for line in lines))}

    def require_clean(self):
        """Nothing is wrong with the last workspace as `kxplan check` sees it."""
        self._last.require_clean()

    def is_hit(self, call, number, fault):
        """Let the call end like this the so-manieth time; tell whether it came to that.

        Requires that all or nothing was done, and that what is said fits it.
        """
        self._last = office = self._office()
        how = f"inject={call}:{fault.how}:when={number}"
        traced = ("strace", "-f", "-qq", "-o", self._trace, "-e", f"trace={call}", "-e", how)
        done = office.run(*self._scenario.args, prefix=traced)
        seen = self._trace.read_text(encoding="utf-8", errors="replace")
        if "INJECTED" not in seen and "killed by SIGKILL" not in seen and "--- SIGINT" not in seen:
            assert done.returncode == 0
            return False
        self._require_whole(office, done, call, fault)
        return True

    def _office(self):
        office = self._template.copied_to(self._folder / "office")
        if self._scenario.compiles:
            with (office.folder / "plans" / "p.yaml").open("a", encoding="utf-8") as plan:
                plan.write("# changed\n")
        return office

    def _require_whole(self, office, done, call, fault):
        is_refused = self._scenario.has_reader and done.returncode == 2
        if not is_refused:
            assert done.returncode in {fault.code, 0 if fault.code == 6 else fault.code}, (done.returncode, done.stderr)
        # The call is hit in both processes: the sentence that refuses may be what could not be written.
        if fault.code == 6 and done.returncode and not is_refused:
            assert done.stderr.startswith("kxplan：")
        office.require_sound()
        left = contents(office)
        if is_refused:
            assert left == self._before
        else:
            assert left == self._after if done.returncode == 0 else left in (self._before, self._after)
        for path in (*(office.folder / "backups").glob("*.zip"), *self._outputs(office)):
            require_readable(path)
        if fault.code != -9 and call not in ("unlink", "unlinkat", "rename", "link"):
            assert not list(office.folder.rglob(".*.new"))

    def _outputs(self, office):
        return [path] if (path := office.folder / (self._scenario.output or "-")).exists() else []


SHORT = {"log", "fix", "import", "backup", "restore", "report"}


@pytest.mark.parametrize(
    "name", [name if name in SHORT else pytest.param(name, marks=pytest.mark.slow) for name in SCENARIOS]
)
def test_a_command_hit_at_a_system_call_leaves_all_or_nothing(template, tmp_path, name, is_long, measured):
    rig = Rig(template, tmp_path / "rig", SCENARIOS[name])
    calls = rig.calls()
    points = {}
    for index, (kind, fault) in enumerate(FAULTS.items()):
        if is_long:
            points[kind] = sum(1 for call in calls for _ in each_hit(rig, call, fault))
        else:
            drawn = [(call, number) for call, made in calls.items() for number in range(1, made + 1)]
            points[kind] = rig.is_hit(*drawn[len(drawn) * (index + 1) // (len(FAULTS) + 1)], fault)
        assert points[kind]
    rig.require_clean()
    measured(**points)


def each_hit(rig, call, fault):
    """Yield 1, 2, 3 … for as long as the call is made that often."""
    for number in count(1):
        if not rig.is_hit(call, number, fault):
            return
        yield number


def contents(office):
    """Return what the ledger says, without what is never twice the same."""
    with closing(sqlite3.connect(office.ledger)) as ledger:
        return ledger.execute("SELECT number, act, goal, target, day, amount, note, reason FROM entries").fetchall()


def require_readable(path):
    """A file that was written has its end, too."""
    if is_zipfile(path):
        with ZipFile(path) as file:
            assert file.testzip() is None
    else:
        json.loads(path.read_text(encoding="utf-8"))
