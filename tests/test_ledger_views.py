"""The views: plain names and decimal amounts, for anybody with a database browser."""

import sqlite3
from contextlib import closing
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kxplan.model.entry import Attachment, NewEntry, PlanVersion

AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
DAY = date(2023, 6, 18)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ())
SIGNED = {"who": "小王", "recorded_at": AT}


@pytest.fixture
def ledger(ledger):
    """A ledger with a fixed entry, a ratio, a done, and everything beside."""
    for entry in (
        NewEntry("books", "books", DAY, Decimal("1.5"), breakdown=(("人群", "农民"),)),
        NewEntry("rate", "rate", DAY, Decimal(1032), Decimal(10000)),
        NewEntry("hall", "hall", DAY, None, steps=("open",)),
    ):
        ledger.record(VERSION, [entry], act="done" if entry.steps else "log", **SIGNED)
    ledger.fix(VERSION, 1, amount=Decimal(-2), reason="笔误", **SIGNED)
    ledger.mark(VERSION, "半年会", day=DAY, **SIGNED)
    ledger.add_reason(VERSION, "books", "缺纸", measure="加印", until=date(2023, 7, 1), day=DAY, **SIGNED)
    ledger.add_evidence(VERSION, 1, [Attachment("ab" * 32, "签到表.jpg", 2048)], **SIGNED)
    return ledger


def rows(ledger, columns, view):
    """Read as another program does, with its own settings."""
    with closing(sqlite3.connect(":memory:")) as other:
        ledger.connection.backup(other)
        return other.execute(f"SELECT {columns} FROM {view}").fetchall()


def test_entries_have_decimal_amounts_and_a_state(ledger):
    assert rows(ledger, "number, act, amount, state, corrected_by, corrects", "all_entries") == [
        (1, "log", 1.5, "corrected", 5, None),
        (3, "log", 1032, "counted", None, None),
        (4, "done", None, "counted", None, None),
        (5, "fix", -2, "counted", None, 1),
    ]


def test_standing_entries_leave_out_what_was_corrected(ledger):
    assert rows(ledger, "number, day, amount, denominator", "standing_entries") == [
        (3, "2023-06-18", 1032, 10000),
        (4, "2023-06-18", None, None),
        (5, "2023-06-18", -2, None),
    ]


def test_entries_name_their_steps_breakdown_and_evidence(ledger):
    assert rows(ledger, "number, steps, breakdown, evidence", "all_entries") == [
        (1, None, '{"人群":"农民"}', 1),
        (3, None, None, 0),
        (4, '["open"]', None, 0),
        (5, None, '{"人群":"农民"}', 1),
    ]
    assert rows(ledger, "number, evidence", "standing_entries") == [(3, 0), (4, 0), (5, 1)]


def test_a_target_has_one_total(ledger):
    entry = NewEntry("books", "books", date(2023, 6, 20), Decimal("0.5"))
    ledger.record(VERSION, [entry], act="log", **SIGNED)
    assert rows(ledger, "goal, total, denominators, entries, last_day, newest_amount", "totals") == [
        ("books", -1.5, 0, 2, "2023-06-20", 0.5),
        ("hall", 0, 0, 1, "2023-06-18", None),
        ("rate", 1032, 10000, 1, "2023-06-18", 1032),
    ]


def test_totals_are_decimal(ledger):
    assert rows(ledger, "goal, total, newest_amount", "totals_by_day") == [
        ("books", -2, -2), ("hall", 0, None), ("rate", 1032, 1032),
    ]  # fmt: skip
    entry = NewEntry("books", "books", DAY, Decimal("0.25"), breakdown=(("人群", "农民"),))
    ledger.record(VERSION, [entry], act="log", **SIGNED)
    assert rows(ledger, "total", "totals_by_day")[0] == (-1.75,)
    assert rows(ledger, "value, total", "breakdowns_by_day") == [("农民", -1.75)]


def test_everything_beside_the_entries_has_its_view(ledger):
    assert rows(ledger, "name, day", "marks") == [("半年会", "2023-06-18")]
    assert rows(ledger, "goal, reason, measure, until", "reasons") == [("books", "缺纸", "加印", "2023-07-01")]
    assert rows(ledger, "entry, name, size_bytes, sha256", "evidence") == [(1, "签到表.jpg", 2048, "ab" * 32)]
    assert rows(ledger, "number, sha256, text", "plan_versions") == [(2, "d1", "plan: kexie")]
    assert rows(ledger, "goal, step, number", "done_steps") == [("hall", "open", 4)]
