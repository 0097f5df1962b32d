"""Files and creation: whole or not at all, private, and never over what exists."""

import sqlite3

import pytest

from kxplan.errors.store import CannotWriteError, DamagedLedgerError, ForeignLedgerError, NewerSchemaError
from kxplan.ledger.opening import create_ledger, open_ledger, read_ledger
from kxplan.ledger.schema import SCHEMA
from kxplan.store.backup import integrity_faults, snapshot
from kxplan.store.connection import connect
from kxplan.store.creation import create
from kxplan.store.files import creating, replacing
from kxplan.store.schema import Schema, migrate, pending


def mode(path):
    return path.stat().st_mode & 0o777


def test_a_replaced_file_is_whole_and_private(tmp_path):
    with replacing(tmp_path / "a") as draft:
        draft.write_text("new")
    assert ((tmp_path / "a").read_text(), mode(tmp_path / "a"), len(list(tmp_path.iterdir()))) == ("new", 0o600, 1)


def test_a_failing_replacement_leaves_the_old_file(tmp_path):
    (tmp_path / "a").write_text("old")
    with pytest.raises(ZeroDivisionError), replacing(tmp_path / "a") as draft:
        draft.write_text("half")
        raise ZeroDivisionError
    assert ((tmp_path / "a").read_text(), len(list(tmp_path.iterdir()))) == ("old", 1)


def test_what_came_to_be_meanwhile_is_not_overwritten(tmp_path):
    with pytest.raises(FileExistsError), creating(tmp_path / "a") as draft:
        draft.write_text("mine")
        (tmp_path / "a").write_text("theirs")
    assert ((tmp_path / "a").read_text(), len(list(tmp_path.iterdir()))) == ("theirs", 1)


def test_a_ledger_is_made_once_and_private(tmp_path):
    path = tmp_path / "kxplan.db"
    assert create_ledger(path)
    made = path.read_bytes()
    assert not create_ledger(path)
    assert (path.read_bytes(), mode(path), len(list(tmp_path.iterdir()))) == (made, 0o600, 1)


def test_two_ledgers_have_two_origins(tmp_path):
    origins = set()
    for name in "ab":
        create_ledger(tmp_path / name)
        with open_ledger(tmp_path / name) as ledger:
            origins |= set(ledger.connection.execute("SELECT value FROM ledger WHERE name = 'origin'"))
    assert len(origins) == 2


def test_a_ledger_that_fails_while_it_is_made_leaves_no_file(tmp_path):
    def fail(connection):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        create(tmp_path / "kxplan.db", (SCHEMA,), fail)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_said(tmp_path):
    with pytest.raises(CannotWriteError):
        create_ledger(tmp_path / "no" / "kxplan.db")


def test_a_current_ledger_has_nothing_pending(tmp_path):
    create_ledger(tmp_path / "kxplan.db")
    with open_ledger(tmp_path / "kxplan.db") as ledger:
        assert pending(ledger.connection, SCHEMA) == ()


def test_a_newer_schema_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "kxplan.db"
    create_ledger(path)
    other = sqlite3.connect(path)
    other.execute(
        "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('ledger', '9999-future', '2031-01-01')"
    )
    other.commit()
    other.execute("PRAGMA journal_mode = WAL")
    other.close()
    before = path.read_bytes()
    for opened in (open_ledger, read_ledger):
        with pytest.raises(NewerSchemaError) as caught:
            opened(path)
        assert caught.value.data["names"] == ("9999-future",)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_alone(tmp_path):
    path = tmp_path / "kxplan.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE contacts (name)")
    other.close()
    before = path.read_bytes()
    with pytest.raises(ForeignLedgerError):
        open_ledger(path)
    assert (path.read_bytes(), [each.name for each in tmp_path.iterdir()]) == (before, ["kxplan.db"])


NEXT = Schema("ledger", (*SCHEMA.migrations, "0002-next"), "test_store_files")


class MIGRATIONS:
    """Stands where a room's migrations stand."""

    @staticmethod
    def apply(database):
        database.execute("CREATE TABLE more (n INTEGER)")


def test_a_snapshot_is_kept_before_a_migration(tmp_path):
    path = tmp_path / "kxplan.db"
    create_ledger(path)
    connection = connect(path)
    migrate(connection, NEXT, keep_in=tmp_path / "backups")
    connection.execute("SELECT n FROM more")
    connection.close()
    (kept,) = (tmp_path / "backups").iterdir()
    assert (kept.name, mode(kept), mode(kept.parent)) == ("before-ledger-0002-next.db", 0o600, 0o700)
    open_ledger(kept).close()


def test_a_failing_migration_leaves_the_ledger_as_it_was(tmp_path, monkeypatch):
    def half(database):
        database.execute("CREATE TABLE more (n INTEGER)")
        raise ZeroDivisionError

    monkeypatch.setattr(MIGRATIONS, "apply", staticmethod(half))
    path = tmp_path / "kxplan.db"
    create_ledger(path)
    before = path.read_bytes()
    connection = connect(path)
    with pytest.raises(ZeroDivisionError):
        migrate(connection, NEXT, keep_in=tmp_path / "backups")
    connection.close()
    assert path.read_bytes() == before


def test_a_snapshot_is_a_whole_database(tmp_path):
    create_ledger(tmp_path / "kxplan.db")
    with read_ledger(tmp_path / "kxplan.db") as ledger:
        target = snapshot(ledger.connection, tmp_path / "copy.db")
        assert integrity_faults(ledger.connection) == ()
    with open_ledger(target) as copy:
        assert copy.verify() == ()


def test_a_damaged_database_is_not_copied_over_a_good_snapshot(tmp_path):
    path, target = tmp_path / "kxplan.db", tmp_path / "copy.db"
    create_ledger(path)
    target.write_bytes(b"the last good one")
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 3 + 200] = bytes(200)
    path.write_bytes(content)
    with read_ledger(path) as ledger, pytest.raises(DamagedLedgerError):
        snapshot(ledger.connection, target)
    assert target.read_bytes() == b"the last good one"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_snapshot_into_a_folder_that_is_a_file_is_said(tmp_path):
    create_ledger(tmp_path / "kxplan.db")
    (tmp_path / "backups").touch()
    with open_ledger(tmp_path / "kxplan.db") as ledger, pytest.raises(CannotWriteError):
        snapshot(ledger.connection, tmp_path / "backups" / "x.db")
