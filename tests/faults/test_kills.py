"""kill -9 at any moment: nothing answered is lost, nothing is half there."""

import json
import random
import subprocess
import sys
import time

import pytest
from office import environment

ACTS = ("log", "fix", "undo", "void", "import", "done-again")


def sheet(office, words):
    path = office.folder / "sheet.csv"
    lines = ["日期,工作任务,数量,单位,说明", *[f"2023-03-01,编印书籍,{n},册,{word}" for n, word in enumerate(words, 1)]]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8-sig")
    return path


def arguments(office, act, chance):
    """Return what to run, and the words of the entries that it writes."""
    numbers = [entry.number for entry in office.entries() if entry.state == "counted" and entry.act != "void"]
    if act == "import":
        words = [office.word() for _ in range(20)]
        return ["import", sheet(office, words), "--yes"], words
    if act in ("fix", "void") and numbers:
        number = chance.choice(numbers)
        amount = [str(chance.randrange(1, 99))] if act == "fix" else []
        return [act, str(number), *amount, "--reason", "试", *(["--yes"] if amount else [])], []
    if act == "undo" and numbers:
        return ["undo"], []
    word = office.word()
    return ["log", "books", "3", "-d", "2023-02-10", "-n", word, "--yes"], [word]


def test_a_killed_command_leaves_all_or_nothing(office, is_long):
    chance = random.Random(9)
    office.log()
    began = time.monotonic()
    office.log()
    usual_s = time.monotonic() - began
    killed = 0
    for _ in range(2000 if is_long else 24):
        args, words = arguments(office, chance.choice(ACTS), chance)
        process = office.start(*args)
        try:
            process.communicate(timeout=chance.uniform(0.3, 1.15) * usual_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
            killed += 1
        if process.returncode == 0:
            office.answered.update(words)
        office.require_sound()
        written = {entry.note for entry in office.entries() if entry.act == "log"}
        assert set(words) <= written or not set(words) & written
    assert killed > 5
    office.require_clean()


MIGRATION = """
import sys
from kxplan.ledger.schema import SCHEMA
from kxplan.store.connection import connect
from kxplan.store.schema import Schema, migrate
import future
sys.modules["future"] = future
path, kept = sys.argv[1:]
connection = connect(path)
migrate(connection, Schema("ledger", (*SCHEMA.migrations, "0002-future"), "future"), keep_in=kept)
"""
FUTURE = """
from sqlite_utils import Migrations
MIGRATIONS = Migrations("ledger")
@MIGRATIONS(name="0002-future")
def future(database):
    for n in range(200):
        database.execute(f"CREATE TABLE future_{n} (n INTEGER)")
    database.execute("INSERT INTO future_0 SELECT number FROM entries")
"""


@pytest.mark.parametrize("share", [0.4, 0.6, 0.7, 0.8, 0.9, 0.95])
def test_a_killed_migration_leaves_the_old_ledger_or_the_new(office, tmp_path, share):
    office.log()
    (tmp_path / "future.py").write_text(FUTURE, encoding="utf-8")
    (tmp_path / "run.py").write_text(MIGRATION, encoding="utf-8")
    other = office.folder / "other.db"
    other.write_bytes(office.ledger.read_bytes())
    began = time.monotonic()
    assert subprocess.run(migrating(tmp_path, other), env=environment(), check=False).returncode == 0
    usual_s = time.monotonic() - began
    process = subprocess.Popen(migrating(tmp_path, office.ledger), env=environment())
    try:
        process.wait(timeout=usual_s * share)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
    told = office.run("status", "--json")
    assert told.returncode in (0, 3)
    if told.returncode == 0:
        assert json.loads(told.stdout)["targets"][0]["entries"] == 1
        office.require_clean()


def migrating(folder, ledger):
    return [sys.executable, str(folder / "run.py"), str(ledger), str(folder / "kept")]
