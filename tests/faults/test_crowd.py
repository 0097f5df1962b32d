"""Many at once: every writer's entries are there, every total is exact, readers and backups meanwhile are whole."""

import json
import subprocess
import sys
import threading
import time
from zipfile import ZipFile

from office import environment

from kxplan.ledger.opening import read_ledger

WRITER = """
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from kxplan.ledger.opening import open_ledger
from kxplan.model.entry import NewEntry, PlanVersion
path, name, times = sys.argv[1:]
version = PlanVersion("p", "d", "plan: p", ({"goal": "books", "target": "books", "kind": "sum"},))
with open_ledger(Path(path)) as ledger:
    for n in range(int(times)):
        entry = NewEntry("books", "books", date(2023, 2, 10), Decimal(n + 1), note=f"{name}-{n}")
        ledger.record(version, [entry], act="log", who=name, recorded_at=datetime.now(UTC))
"""


def test_writers_in_their_processes_lose_nothing(office, is_long, measured):
    writers, times = (16, 500) if is_long else (4, 25)
    start = time.monotonic()
    processes = [
        subprocess.Popen([sys.executable, "-c", WRITER, office.ledger, f"w{n}", str(times)], env=environment())
        for n in range(writers)
    ]
    assert [process.wait() for process in processes] == [0] * writers
    took_s = time.monotonic() - start
    with read_ledger(office.ledger) as ledger:
        assert ledger.verify() == ()
        notes = [entry.note for entry in ledger.history("p")]
        (total,) = ledger.connection.execute("SELECT sum(amount) FROM entries").fetchone()
    assert sorted(notes) == sorted(f"w{n}-{i}" for n in range(writers) for i in range(times))
    assert total == writers * times * (times + 1) // 2 * 1_000_000
    measured(entries=f"{len(notes)}/{writers * times}", seconds=round(took_s, 1))


def test_commands_at_once_lose_nothing_while_others_read_and_back_up(office, is_long, measured):
    writers, times = (16, 50) if is_long else (3, 3)
    rounds = [threading.Thread(target=log_often, args=(office, times, n)) for n in range(writers)]
    is_over = threading.Event()
    seen, made = [], []
    watching = [
        threading.Thread(target=each, args=(office, is_over, into)) for each, into in ((read, seen), (back_up, made))
    ]
    start = time.monotonic()
    for thread in (*rounds, *watching):
        thread.start()
    for thread in rounds:
        thread.join()
    is_over.set()
    for thread in watching:
        thread.join()
    took_s = time.monotonic() - start
    actual = status(office)
    assert len(office.answered) == writers * times
    assert actual == str(writers * times)
    assert [int(each) for each in seen] == sorted(int(each) for each in seen)
    for newest, path in made:
        with ZipFile(path) as archive:
            assert json.loads(archive.read("manifest.json"))["newest"] == newest
    office.require_clean()
    measured(
        entries=f"{len(office.answered)}/{writers * times}",
        readings=len(seen),
        backups=len(made),
        seconds=round(took_s, 1),
    )
    assert seen
    assert made


def log_often(office, times, n):
    for _ in range(times):
        word = f"w{n}-{_}"
        office.begun.add(word)
        done = office.run("log", "books", 1, "-d", "2023-02-10", "-n", word, "--yes")
        if done.returncode == 0:
            office.answered.add(word)


def read(office, is_over, seen):
    while not is_over.is_set() or not seen:
        seen.append(status(office))


def back_up(office, is_over, made):
    while not is_over.is_set() or not made:
        done = office.run("backup", f"b{len(made)}.zip", "--json")
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        made.append((told["newest"], office.folder / told["file"]))


def status(office):
    done = office.run("status", "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)["targets"][0]["actual"]
