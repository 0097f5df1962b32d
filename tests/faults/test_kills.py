"""kill -9 at any moment: nothing answered is lost, nothing is half there."""

import json
import random
import sqlite3
import subprocess
import sys
import time
from contextlib import closing

from office import Office, environment

from kxplan.ledger.opening import read_ledger

ACTS = ("log", "log", "fix", "undo", "void", "import")
ROWS = 20
OLD_AFTER = 200
"""After so many kills a new workspace is begun: a grown one only makes the looking slow."""


def arguments(office, act, chance):
    """Return what to run, and the words of the entries that it writes."""
    numbers = [entry.number for entry in office.entries() if entry.state == "counted" and entry.act == "log"]
    match act:
        case "import":
            words = [office.word() for _ in range(ROWS)]
            return ["import", sheet(office, words), "--yes"], words
        case "fix" if numbers:
            return ["fix", chance.choice(numbers), chance.randrange(1, 99), "--reason", "试", "--yes"], []
        case "void" if numbers:
            return ["void", chance.choice(numbers), "--reason", "试"], []
        case "undo":
            return ["undo"], []
    word = office.word()
    return ["log", "books", "3", "-d", "2023-02-10", "-n", word, "--yes"], [word]


def sheet(office, words):
    path = office.folder / "sheet.csv"
    rows = [f"2023-03-01,编印书籍,{n},册,{word}" for n, word in enumerate(words, 1)]
    path.write_text("\n".join(["日期,工作任务,数量,单位,说明", *rows]) + "\n", encoding="utf-8-sig")
    return path


def begun(folder):
    """Return a workspace with enough entries to correct, and the seconds that each act usually takes."""
    office = Office(folder)
    for _ in range(5):
        assert office.log().returncode == 0
    usual_s = {}
    for act in dict.fromkeys(ACTS):
        args, words = arguments(office, act, random.Random(1))
        start = time.monotonic()
        assert office.run(*args).returncode == 0
        usual_s[act] = time.monotonic() - start
        office.answered.update(words)
    return office, usual_s


def kill(process, journal, chance, usual_s):
    """Kill the process at some moment: of its whole run, or of its writing. Tell whether it was still running."""
    if chance.random() < 0.5:
        while process.poll() is None and not journal.exists():
            time.sleep(0.0003)
        time.sleep(chance.uniform(0, 0.015))
    else:
        time.sleep(chance.uniform(0.3, 1.05) * usual_s)
    is_running = process.poll() is None
    process.kill()
    return is_running


def test_a_killed_command_leaves_all_or_nothing(tmp_path, is_long, measured):
    chance = random.Random(9)
    killed = hot = answered = 0
    rounds = 2000 if is_long else 12
    office, usual_s = begun(tmp_path / "office")
    # A fast disk leaves few moments in which a journal stands.
    while killed < rounds or (not hot and killed < 20 * rounds):
        if killed and killed % OLD_AFTER == 0:
            office.require_clean()
            office, usual_s = begun(tmp_path / f"office{killed}-{answered}")
        act = chance.choice(ACTS)
        args, words = arguments(office, act, chance)
        journal = office.journal
        with office.start(*args) as process:
            is_killed = kill(process, journal, chance, usual_s[act])
            out, err = process.communicate()
        assert "Traceback" not in err, err
        hot += journal.exists()
        if process.returncode == 0 or "#" in out:
            office.answered.update(words)
            answered += 1
        killed += is_killed
        office.require_sound()
        there = {entry.note for entry in office.entries() if entry.act == "log"}
        assert set(words) <= there or not set(words) & there
    office.require_clean()
    measured(kills=killed, journals_left_behind=hot, answered_all_the_same=answered, lost=0, half=0)
    assert hot


MIGRATION = """
import sys
from kxplan.ledger.schema import SCHEMA
from kxplan.store.connection import connect
from kxplan.store.schema import Schema, migrate
path, kept = sys.argv[1:]
migrate(connect(path), Schema("ledger", (*SCHEMA.migrations, "9999-future"), "future"), keep_in=kept)
"""
FUTURE = """
from sqlite_utils import Migrations
MIGRATIONS = Migrations("ledger")
@MIGRATIONS(name="9999-future")
def future(database):
    for n in range(200):
        database.execute(f"CREATE TABLE future_{n} (n INTEGER)")
    database.execute("INSERT INTO future_199 SELECT number FROM entries WHERE act = 'log'")
"""


def migrating(folder, office):
    return [sys.executable, str(folder / "run.py"), str(office.ledger), str(office.folder / "backups")]


def test_a_killed_migration_leaves_the_old_ledger_or_the_new(office, tmp_path, is_long, measured):
    chance = random.Random(7)
    office.log()
    (tmp_path / "future.py").write_text(FUTURE, encoding="utf-8")
    (tmp_path / "run.py").write_text(MIGRATION, encoding="utf-8")
    whole = office.copied_to(tmp_path / "whole")
    start = time.monotonic()
    assert subprocess.run(migrating(tmp_path, whole), env=environment(), check=False).returncode == 0
    usual_s = time.monotonic() - start
    assert told(whole) == "new"
    killed, found = 0, []
    while killed < (200 if is_long else 4):
        one = office.copied_to(tmp_path / "one")
        process = subprocess.Popen(migrating(tmp_path, one), env=environment())
        killed += kill(process, one.journal, chance, usual_s)
        process.wait()
        found.append(told(one))
    measured(kills=killed, old=found.count("old"), new=found.count("new"))


def told(office):
    """Return whether the ledger is the old or the new one; the one or the other it must be, and whole."""
    done = office.run("status", "--json")
    if done.returncode == 0:
        assert json.loads(done.stdout)["targets"][0]["entries"] == 1
        office.require_clean()
        return "old"
    assert done.returncode == 3
    with closing(sqlite3.connect(office.ledger)) as ledger:
        assert ledger.execute("SELECT count(*) FROM future_199").fetchone() == (1,)
        assert ledger.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    (kept,) = (office.folder / "backups").glob("before-*.db")
    with read_ledger(kept) as ledger:
        assert ledger.verify() == ()
        assert len(ledger.history("p")) == 1
    return "new"
