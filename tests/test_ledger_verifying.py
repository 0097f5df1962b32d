"""Verification: whatever differs from what was written is found, named, and never repaired by itself."""

import random
import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from by_hand import by_hand

from kxplan.errors import KxplanError
from kxplan.ledger.opening import create_ledger, open_ledger, read_ledger
from kxplan.ledger.verifying import entry_faults
from kxplan.model.entry import Attachment, NewEntry, PlanVersion

AT = datetime(2023, 1, 1, 8, tzinfo=UTC)
VERSION = PlanVersion("kexie", "d1", "plan: kexie\n" * 20, ({"goal": "books", "target": "books", "kind": "sum"},))


@pytest.fixture
def path(tmp_path):
    """A ledger with every act in it."""
    path = tmp_path / "kxplan.db"
    create_ledger(path)
    with open_ledger(path) as ledger:
        fill(ledger)
    return path


def fill(ledger):
    signed = {"who": "小王", "recorded_at": AT}
    for n in range(30):
        entry = NewEntry(
            f"goal-{n % 4}", f"goal-{n % 4}", date(2023, 1, 1) + timedelta(days=n % 9), Decimal(n) / 4,
            breakdown=(("人群", "农民"),) if n % 3 else (), note=f"第{n}次 test",
        )  # fmt: skip
        ledger.record(VERSION, [entry], act="log", **signed, key=f"key-{n}" if n % 5 == 0 else None)
    ledger.record(VERSION, [NewEntry("hall", "hall", date(2023, 1, 3), None, steps=("a", "b"))], act="done", **signed)
    fixed = ledger.fix(VERSION, 1, amount=Decimal(9), reason="笔误", **signed)
    ledger.void(VERSION, 3, reason="重复", **signed)
    ledger.add_evidence(VERSION, fixed.number, [Attachment("ab" * 32, "a.jpg", 12)], **signed)
    ledger.mark(VERSION, "半年", day=date(2023, 1, 4), **signed)
    reason = {"measure": "加印", "until": date(2023, 2, 1), "day": date(2023, 1, 4)}
    ledger.add_reason(VERSION, "goal-1", "缺纸", **reason, **signed)


def faults(path):
    """Return what is said of the file, whether on opening or on verification."""
    try:
        with read_ledger(path) as ledger:
            return [(fault.message.id, fault.number) for fault in ledger.verify()]
    except KxplanError as error:
        return [(error.message.id, None)]


def test_a_sound_ledger_has_no_fault(path):
    assert faults(path) == []


@pytest.mark.parametrize(
    "change",
    [
        "amount = amount + 1", "amount = NULL", "day = '2023-01-02'", "note = note || ' '", "who = '小李'",
        "goal = 'goal-2'", "recorded_at = '2023-01-01T08:00:00.000001Z'", "place = 6", "origin = 'ffff'",
        "hash = replace(hash, substr(hash, 1, 1), 'x')", "data = NULL", "key = 'other'", "batch = 'x'",
    ],
)  # fmt: skip
def test_an_entry_changed_by_hand_is_named(path, change):
    by_hand(path, f"UPDATE entries SET {change} WHERE number = 7")
    assert ("ledger.entry-changed", 7) in faults(path)


def test_an_entry_whose_text_is_none_any_more_is_named(path):
    by_hand(path, "UPDATE entries SET goal = CAST(x'ff' AS TEXT) WHERE number = 7")
    assert ("ledger.entry-changed", 7) in faults(path)


def test_a_correction_whose_act_is_no_text_any_more_is_named(path):
    with closing(sqlite3.connect(path)) as other:
        (number,) = other.execute("SELECT min(number) FROM entries WHERE corrects IS NOT NULL").fetchone()
    changed = f"UPDATE entries SET act = CAST(x'ff' AS TEXT) WHERE number = {number}"
    by_hand(path, "PRAGMA ignore_check_constraints = ON", changed)
    with read_ledger(path) as ledger:
        assert [fault.number for fault in entry_faults(ledger.connection)] == [number]


def test_a_correction_moved_to_a_place_of_its_own_is_named(path):
    with closing(sqlite3.connect(path)) as other:
        (number,) = other.execute("SELECT min(number) FROM entries WHERE corrects IS NOT NULL").fetchone()
    by_hand(path, "UPDATE entries SET place = number WHERE corrects IS NOT NULL")
    assert ("ledger.entry-changed", number) in faults(path)


def test_a_removed_entry_is_named(path):
    by_hand(path, "DELETE FROM entries WHERE number = 9")
    assert faults(path)[0] == ("ledger.number-missing", None)


def test_the_last_entry_removed_is_missed_in_the_sums(path):
    by_hand(path, "DELETE FROM entries WHERE number > 31")
    assert ("ledger.derived-wrong", None) in faults(path)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE sums SET total = total + 1 WHERE rowid IN (SELECT 1) OR goal = 'goal-1'",
        "UPDATE sums SET newest_amount = 5 WHERE goal = 'goal-1'",
        "DELETE FROM sums WHERE goal = 'goal-1'",
        "INSERT INTO sums SELECT 'x', goal, target, day, 0, 0, 0, 0, 0, NULL, NULL, NULL, NULL FROM sums LIMIT 1",
        "UPDATE shares SET entries = 9",
        "DELETE FROM steps",
        "UPDATE keys SET number = 2",
        "UPDATE keys SET content = ''",
        "UPDATE keys SET entries = 2 WHERE key = 'key-5'",
        "DELETE FROM keys WHERE key = 'key-10'",
        "DELETE FROM corrected",
        "INSERT INTO corrected VALUES (5, 6)",
    ],
)
def test_a_derived_value_changed_by_hand_is_found(path, statement):
    by_hand(path, statement.replace("rowid IN (SELECT 1) OR ", ""))
    assert {id for id, _ in faults(path)} == {"ledger.derived-wrong"}


@pytest.mark.parametrize(
    "statement",
    [
        "DROP TRIGGER entries_are_not_changed",
        "DROP INDEX entries_by_goal",
        "DROP VIEW marks",
        "CREATE TRIGGER more AFTER INSERT ON entries BEGIN DELETE FROM sums; END",
        "DROP VIEW marks; CREATE VIEW marks AS SELECT 1",
    ],
)
def test_a_schema_changed_by_hand_is_found(path, statement):
    with closing(sqlite3.connect(path)) as other:
        other.executescript(statement)
    assert faults(path) == [("ledger.schema-changed", None)]


def test_a_foreign_origin_is_found(path):
    by_hand(path, "UPDATE ledger SET value = 'ffffffffffffffff'")
    assert faults(path) == [("ledger.origin-changed", None)]


def test_verification_changes_nothing(path):
    by_hand(path, "UPDATE sums SET total = total + 1")
    before = path.read_bytes()
    faults(path)
    assert path.read_bytes() == before


TABLES = ("sqlite_schema", "ledger", "entries", "corrected", "sums", "shares", "steps", "keys")


def contents(path):
    """Return all that can be read of the file by name; None where that fails."""
    try:
        with closing(sqlite3.connect(path)) as other:
            other.text_factory = bytes
            found = [other.execute(f"SELECT * FROM {table} NOT INDEXED").fetchall() for table in TABLES]
            found.append(other.execute("SELECT migration_set, name FROM _sqlite_migrations").fetchall())
            checked = other.execute("PRAGMA integrity_check").fetchall()
        return [list(map(repr, rows)) for rows in found], checked
    except (sqlite3.Error, UnicodeDecodeError):
        return None


def test_a_flipped_bit_is_found_wherever_it_changes_a_value(path, is_long, measured):
    whole = path.read_bytes()
    expected = contents(path)[0]
    chance = random.Random(20230630)
    unseen = []
    changed = 0
    for _ in range(6000 if is_long else 250):
        place, bit = chance.randrange(len(whole)), chance.randrange(8)
        flipped = bytearray(whole)
        flipped[place] ^= 1 << bit
        path.write_bytes(flipped)
        found = contents(path)
        if found is not None and found[0] == expected:
            continue
        changed += 1
        if not faults(path):
            unseen.append((place, bit))
    measured(flips_that_change_a_value=changed, unseen=len(unseen))
    assert unseen == []
    assert changed > 40


@pytest.mark.parametrize("damage", ["page", "head", "cut", "short", "nothing", "text", "zeros"])
def test_a_damaged_file_is_reported_and_left_alone(path, damage):
    whole = path.read_bytes()
    half = len(whole) // 2 // 4096 * 4096
    path.write_bytes(
        {
            "page": whole[:half] + bytes(255 - byte for byte in whole[half : half + 4096]) + whole[half + 4096 :],
            "head": bytes(100) + whole[100:],
            "cut": whole[:half],
            "short": whole[:50],
            "nothing": b"",
            "text": "不是数据库\n".encode() * 900,
            "zeros": bytes(len(whole)),
        }[damage]
    )
    before = path.read_bytes()
    assert faults(path)
    assert create_ledger(path) is False
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["kxplan.db"]


def test_a_ledger_whose_entries_cannot_be_read_says_so(path):
    by_hand(path, "UPDATE entries SET day = 'someday' WHERE number = 7")
    by_hand(path, "UPDATE sums SET newest_day = 'x' WHERE goal = 'goal-1'")
    with read_ledger(path) as ledger:
        for read in (
            lambda: ledger.entry(7),
            lambda: ledger.history("kexie"),
            lambda: ledger.accounts("kexie", date(2023, 6, 30), window_start=date(2023, 5, 6), due={}),
        ):
            with pytest.raises(KxplanError) as caught:
                read()
            assert caught.value.exit_code == 7
