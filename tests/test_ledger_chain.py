"""The chain: a third party can compute every hash from the documented recipe."""

import hashlib
import json
import sqlite3
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxplan.ledger.chain import CONTENT_SQL, HASHED, content, framed, quoted, sealed
from kxplan.model.entry import NewEntry, PlanVersion

AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ())


def log(ledger, note=None, amount=1):
    entry = NewEntry("books", "books", date(2023, 6, 18), Decimal(amount), note=note)
    return ledger.record(VERSION, [entry], act="log", who="小王", recorded_at=AT)[0]


def test_the_recipe_of_the_docs_gives_every_hash(ledger):
    log(ledger, '第一批 "样书"\n\\n')
    ledger.fix(VERSION, 1, amount=Decimal("-0.5"), reason="笔误", who="小王", recorded_at=AT)
    rows = ledger.connection.execute(f"SELECT hash, {', '.join(HASHED)} FROM entries ORDER BY number").fetchall()
    before = ""
    for kept, *values in rows:
        text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
        before = hashlib.sha256(f"{before}\n{text}".encode()).hexdigest()
        assert kept == before


def test_the_first_hash_is_known():
    values = ["id", "0f", "log", "p", "g", "g", "2023-06-18", 1500000, None, "注", "王", "2023-06-30T08:00:00.000000Z",
              None, None, None, None, None, None, None]  # fmt: skip
    assert len(values) == len(HASHED)
    told = (
        '["id","0f","log","p","g","g","2023-06-18",1500000,null,"注","王","2023-06-30T08:00:00.000000Z",'
        "null,null,null,null,null,null,null]"
    )
    assert content(values).decode() == told


@given(st.lists(st.none() | st.integers(-(2**63), 2**63 - 1) | st.text(st.characters(codec="utf-8")), max_size=5))
def test_sqlite_and_we_write_the_same_content(values):
    if not values:
        return
    connection = sqlite3.connect(":memory:")
    (told,) = connection.execute(f"SELECT json_array({', '.join('?' * len(values))})", values).fetchone()
    connection.close()
    assert told.encode() == content(values)


texts = st.text(st.characters(codec="utf-8"))


@given(st.fixed_dictionaries({"origin": texts, "plan": texts}), st.fixed_dictionaries({"id": texts, "note": texts}))
def test_an_event_of_many_is_hashed_like_any_other(shared, varying):
    frame = framed(shared, ("id", "note"))
    hashed = frame % ("0f", quoted(varying["id"]), quoted(varying["note"]))
    whole = content([(shared | varying).get(name) for name in HASHED])
    assert hashlib.sha256(hashed.encode()).hexdigest().encode() == sealed(b"0f", whole)


def test_number_and_place_belong_to_one_file_and_are_not_hashed():
    assert not {"number", "place", "hash"} & set(HASHED)


def test_entries_are_never_changed_or_removed(ledger):
    log(ledger)
    for statement in ("UPDATE entries SET amount = 2", "DELETE FROM entries", "UPDATE entries SET place = 7"):
        with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
            ledger.connection.execute(statement)
    ledger.connection.execute("PRAGMA recursive_triggers = OFF")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added"):
        ledger.connection.execute("INSERT OR REPLACE INTO entries SELECT * FROM entries WHERE number = 1")
    assert ledger.verify() == ()


def test_a_text_with_a_nul_is_hashed_whole(ledger):
    log(ledger, "a\0b")
    assert ledger.verify() == ()
    (told,) = ledger.connection.execute(f"SELECT {CONTENT_SQL} FROM entries WHERE number = 1").fetchone()
    assert "a\\u0000b" in told
