"""A workspace driven by real processes, and what must hold of it after every fault."""

import copy
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

from kxplan.ledger.opening import read_ledger

ROOT = Path(__file__).parent.parent.parent
PLAN = """
plan: p
title: 计划
period: 2023
sections:
  - id: s
    title: 板块
    goals:
      - {id: books, title: 编印书籍, target: 9000000册, lead: 科普部}
      - {id: films, title: 放映电影, target: 9000000场, lead: 科普部}
      - {id: hall, title: 建成展厅, due: 2023-10-31, lead: 科普部, steps: [{id: draw, title: 设计}, {id: hold, title: 开放}]}
"""
CODES = {0, 1, 2, 3, 4, 5, 6, 7, 130}


class Office:
    """A workspace; every command is a process of its own, every entry carries a word that nobody else used."""

    def __init__(self, folder):
        self.folder = folder
        self.answered = set()
        """The words of the entries whose command ended well."""
        self.begun = set()
        """The words of all entries that were ever asked for."""
        self._words = 0
        folder.mkdir(parents=True, exist_ok=True)
        assert self.run("init").returncode == 0
        (folder / "kxplan.toml").write_text("today = 2023-06-30\n", encoding="utf-8")
        (folder / "plans" / "p.yaml").write_text(PLAN, encoding="utf-8")
        assert self.run("status").returncode == 0

    def copied_to(self, folder):
        """Return a copy of this workspace in the folder, which is made anew."""
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(self.folder, folder)
        other = copy.copy(self)
        other.folder, other.answered, other.begun = folder, set(self.answered), set(self.begun)
        return other

    @property
    def ledger(self):
        return self.folder / "kxplan.db"

    @property
    def journal(self):
        return self.folder / "kxplan.db-journal"

    def command(self, *args):
        return [sys.executable, "-m", "kxplan", *map(str, args)]

    def start(self, *args, prefix=()):
        return subprocess.Popen(
            [*map(str, prefix), *self.command(*args)],
            cwd=self.folder, env=environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def run(self, *args, prefix=(), timeout_s=90):
        with self.start(*args, prefix=prefix) as process:
            out, err = process.communicate(timeout=timeout_s)
        assert "Traceback" not in err, err
        return subprocess.CompletedProcess(args, process.returncode, out, err)

    def word(self):
        """Return a note that no other entry has."""
        self._words += 1
        word = f"w{os.getpid()}-{self._words}"
        self.begun.add(word)
        return word

    def log(self, goal="books", amount=1, prefix=()):
        """Log one entry; remember it where the answer was good."""
        word = self.word()
        done = self.run("log", goal, amount, "-d", "2023-02-10", "-n", word, "--yes", prefix=prefix)
        if done.returncode == 0:
            self.answered.add(word)
        return done

    def signalled(self, name, call, number):
        """Start a log that gets this signal at the so-manieth such call; return it once it has, and its word."""
        trace = self.folder / "trace"
        fault = f"inject={call}:signal={name}:when={number}"
        word = self.word()
        args = ("log", "books", "1", "-d", "2023-02-10", "-n", word, "--yes")
        process = self.start(*args, prefix=("strace", "-f", "-qq", "-o", trace, "-e", f"trace={call}", "-e", fault))
        while process.poll() is None and not (trace.exists() and name in trace.read_text(encoding="utf-8")):
            time.sleep(0.01)
        return process, word

    def leave_journal(self, at=4):
        """Let a writer die while it writes: at its second fdatasync before, at its fourth after the file was changed."""
        process, _ = self.signalled("SIGKILL", "fdatasync", at)
        process.communicate()
        assert process.returncode == -9
        assert self.journal.exists()

    def entries(self):
        """Return all entries by the program's own API."""
        with read_ledger(self.ledger) as ledger:
            return ledger.history("p", newest_first=False)

    def require_sound(self):
        """Nothing is wrong, what was answered is there once, and nothing is there that nobody asked for."""
        with read_ledger(self.ledger) as ledger:
            assert ledger.verify() == ()
            notes = [entry.note for entry in ledger.history("p") if entry.act == "log" and entry.note]
        assert len(notes) == len(set(notes))
        assert self.answered <= set(notes) <= self.begun

    def require_clean(self):
        """The same, as `kxplan check` and `kxplan history` tell it."""
        self.require_sound()
        checked = self.run("check")
        assert checked.returncode == 0, checked.stdout
        told = json.loads(self.run("history", "--json").stdout)["entries"]
        assert self.answered <= {entry["note"] for entry in told}


def environment():
    """Return an environment in which a child process runs this very program."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests" / "faults")]),
        "PYTHONDONTWRITEBYTECODE": "1",
        "KXPLAN_LANG": "zh",
        "KXPLAN_WHO": "小王",
        "LC_ALL": "C.UTF-8",
    }
