"""A ledger that somebody else holds: waited for, said, and given up in time; what a dead writer left is undone."""

import json
import os
import shutil
import signal
import sqlite3
import time
from contextlib import contextmanager

import pytest

NOTICE = "台账正被别人写入，请稍候……\n"
needs_strace = pytest.mark.skipif(not shutil.which("strace"), reason="strace is not installed")


@contextmanager
def held(office):
    """Hold the ledger as a writer that is busy."""
    connection = sqlite3.connect(office.ledger, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        connection.close()


@pytest.mark.parametrize(
    "args", [("log", "books", "1", "--yes"), ("status", "--json"), ("check",), ("restore", "b.zip")]
)
def test_a_held_ledger_is_waited_for_and_that_is_said(office, is_long, args):
    assert office.run("backup", "b.zip").returncode == 0
    with held(office):
        start = time.monotonic()
        process = office.start(*args)
        assert process.stderr.readline() == NOTICE
        assert time.monotonic() - start >= 1
        if is_long:
            time.sleep(9)
        assert process.poll() is None
    out, _ = process.communicate(timeout=60)
    assert (process.returncode, bool(out)) == (0, True)
    office.require_clean()


@pytest.mark.slow
@pytest.mark.parametrize(
    "args", [("log", "books", "1", "--yes"), ("status",), ("backup",), ("import", "sheet.csv", "--yes")]
)
def test_a_ledger_held_for_a_minute_is_given_up_at_thirty_seconds(office, args, measured):
    (office.folder / "sheet.csv").write_text("日期,工作任务,数量\n2023-03-01,编印书籍,1\n", encoding="utf-8-sig")
    with held(office):
        start = time.monotonic()
        done = office.run(*args)
        took_s = time.monotonic() - start
    measured(seconds=round(took_s, 1))
    assert (done.returncode, done.stdout) == (5, "")
    assert 30 <= took_s < 36
    assert done.stderr.startswith(NOTICE)
    assert len(done.stderr.splitlines()) == 2
    office.require_clean()


@needs_strace
def test_a_stopped_writer_is_waited_for_and_both_entries_stay(office):
    process, word = office.signalled("SIGSTOP", "fdatasync", 2)
    other = office.start("log", "films", "1", "-n", second := office.word(), "--yes")
    assert other.stderr.readline() == NOTICE
    assert other.poll() is None
    os.kill(writer(process), signal.SIGCONT)
    for each in (process, other):
        _, err = each.communicate(timeout=60)
        assert (each.returncode, "Traceback" in err) == (0, False)
    office.answered |= {word, second}
    office.require_clean()


@needs_strace
@pytest.mark.parametrize("number", [2, 3, 4])
def test_a_hot_journal_left_behind_is_undone_by_whoever_comes_next(office, number):
    office.log()
    office.leave_journal(at=number)
    assert office.journal.exists()
    told = json.loads(office.run("status", "--json").stdout)
    assert told["targets"][0]["entries"] == 1
    office.require_clean()


def writer(process):
    """Return the process that strace watches."""
    with open(f"/proc/{process.pid}/task/{process.pid}/children") as file:
        return int(file.read().split()[0])
