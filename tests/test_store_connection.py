"""The connection: durable settings, one way to write, and patience with others."""

import os
import sqlite3
import threading

import pytest

from kxplan.errors.store import (
    CannotWriteError,
    DamagedLedgerError,
    DiskFailingError,
    DiskFullError,
    EmptyLedgerError,
    ForeignLedgerError,
    HotJournalError,
    LockedError,
    MissingLedgerError,
)
from kxplan.store.connection import Patience, connect, keep_rollback_journal, memory, read_tx, write_tx
from kxplan.store.failures import failure, told

HASTY = Patience(notice_after_s=0.02, give_up_after_s=0.05)


@pytest.fixture
def path(tmp_path):
    """A small database."""
    path = tmp_path / "a?b#c%20 库.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE t (n INTEGER CHECK (n < 100))")
    other.close()
    return path


@pytest.fixture
def connection(path):
    connection = connect(path)
    yield connection
    connection.close()


def numbers(path):
    other = sqlite3.connect(path)
    found = [n for (n,) in other.execute("SELECT n FROM t ORDER BY n")]
    other.close()
    return found


@pytest.mark.parametrize(
    ("pragma", "value"),
    [
        ("journal_mode", "delete"),
        ("synchronous", 3),
        ("foreign_keys", 1),
        ("busy_timeout", 1000),
        ("trusted_schema", 0),
    ],
)
def test_a_connection_is_durable_and_strict(connection, pragma, value):
    assert connection.execute(f"PRAGMA {pragma}").fetchone() == (value,)


def test_what_a_write_says_is_there_afterwards(connection, path):
    with write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    assert numbers(path) == [1]


def test_a_failing_write_leaves_nothing(connection, path):
    with pytest.raises(ZeroDivisionError), write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        raise ZeroDivisionError
    assert numbers(path) == []
    assert not connection.in_transaction


def test_an_interrupted_write_leaves_nothing(connection, path):
    with pytest.raises(KeyboardInterrupt), write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        raise KeyboardInterrupt
    assert numbers(path) == []


def test_a_writer_has_the_lock_before_it_reads(connection, path):
    other = connect(path, patience=HASTY)
    with write_tx(connection), pytest.raises(LockedError), write_tx(other):
        pass
    other.close()


def test_waiting_is_told_once_and_ends(connection, path):
    waits = []

    def wait():
        waits.append(1)
        timer.start()

    other = connect(path, on_wait=wait, patience=Patience(notice_after_s=0.02))
    blocker = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    blocker.execute("BEGIN IMMEDIATE")
    timer = threading.Timer(0.1, blocker.execute, ["COMMIT"])
    with write_tx(other):
        other.execute("INSERT INTO t VALUES (7)")
    timer.join()
    blocker.close()
    assert (waits, numbers(path)) == ([1], [7])
    assert other.execute("PRAGMA busy_timeout").fetchone() == (20,)
    other.close()


def test_opening_waits_for_an_exclusive_lock_and_says_so(path):
    waits = []
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedError):
        connect(path, on_wait=lambda: waits.append(1), patience=HASTY)
    blocker.close()
    assert waits == [1]


def test_a_reader_in_the_way_of_a_commit_is_waited_for(path):
    connection = connect(path, patience=HASTY)
    reader = sqlite3.connect(path, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM t").fetchall()
    with pytest.raises(LockedError), write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    reader.close()
    assert numbers(path) == []
    with write_tx(connection):
        connection.execute("INSERT INTO t VALUES (2)")
    assert numbers(path) == [2]
    connection.close()


def test_a_reader_waits_for_an_exclusive_lock(path):
    reader = connect(path, patience=HASTY)
    blocker = sqlite3.connect(path, isolation_level=None)
    blocker.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedError), read_tx(reader):
        pass
    blocker.close()
    assert not reader.in_transaction
    reader.close()


def test_a_reading_sees_one_state(connection, path):
    other = connect(path, patience=HASTY)
    with read_tx(connection):
        before = connection.execute("SELECT count(*) FROM t").fetchone()
        with pytest.raises(LockedError), write_tx(other):
            other.execute("INSERT INTO t VALUES (1)")
        assert connection.execute("SELECT count(*) FROM t").fetchone() == before
    other.close()


def test_a_reading_inside_a_writing_sees_what_was_written(connection):
    with write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
        with read_tx(connection):
            assert connection.execute("SELECT n FROM t").fetchall() == [(1,)]
    assert connection.execute("SELECT n FROM t").fetchall() == [(1,)]


def test_a_reading_connection_writes_nothing(path):
    connection = connect(path, read_only=True)
    with pytest.raises(CannotWriteError), write_tx(connection):
        connection.execute("INSERT INTO t VALUES (1)")
    connection.close()


def test_a_missing_file_is_said_and_not_made(tmp_path):
    with pytest.raises(MissingLedgerError):
        connect(tmp_path / "kxplan.db")
    assert list(tmp_path.iterdir()) == []


def test_an_empty_file_is_said(tmp_path):
    (tmp_path / "kxplan.db").touch()
    with pytest.raises(EmptyLedgerError):
        connect(tmp_path / "kxplan.db")


def test_a_file_switched_to_wal_comes_back(path):
    other = sqlite3.connect(path)
    other.execute("PRAGMA journal_mode = WAL")
    other.execute("INSERT INTO t VALUES (1)")
    other.commit()
    other.close()
    connection = connect(path)
    keep_rollback_journal(connection)
    assert connection.execute("PRAGMA journal_mode").fetchone() == ("delete",)
    connection.close()
    assert (numbers(path), os.listdir(path.parent)) == ([1], [path.name])


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        (5, LockedError), (261, LockedError), (13, DiskFullError), (10, DiskFailingError), (778, DiskFailingError),
        (522, DamagedLedgerError), (11, DamagedLedgerError), (267, DamagedLedgerError), (26, ForeignLedgerError),
        (8, CannotWriteError), (14, CannotWriteError), (776, HotJournalError), (1, DamagedLedgerError),
    ],
)  # fmt: skip
def test_every_failure_of_sqlite_has_its_sentence(code, expected):
    error = sqlite3.OperationalError("x")
    error.sqlite_errorcode = code
    assert type(failure(error, "kxplan.db")) is expected


def test_text_that_is_no_utf8_is_damage():
    connection = memory()
    with pytest.raises(DamagedLedgerError), told("kxplan.db"):
        connection.execute("SELECT CAST(x'ff' AS TEXT)").fetchone()
    connection.close()


def test_a_broken_constraint_is_damage(connection):
    with pytest.raises(DamagedLedgerError), write_tx(connection):
        connection.execute("INSERT INTO t VALUES (100)")
