"""Bulk: an import is one transaction, adds up like single entries, and knows its lines again."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kxplan.errors.ledger import KeyReusedError, StepDoneError, TotalTooLargeError
from kxplan.ledger.opening import memory_ledger
from kxplan.ledger.protocol import Imported
from kxplan.model.entry import NewEntry, PlanVersion

AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
DAY = date(2023, 6, 18)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ({"goal": "books", "target": "books", "kind": "sum"},))
SIGNED = {"who": "小王", "recorded_at": AT}


def line(amount, **more):
    return NewEntry("books", "books", DAY, Decimal(amount), **more)


def test_an_import_says_what_it_added(ledger):
    assert ledger.record_many(VERSION, [line(1), line(2)], **SIGNED) == Imported(first=1, n=2, known=0)
    assert ledger.record_many(VERSION, iter([line(3)]), **SIGNED) == Imported(first=4, n=1, known=0)


def test_an_import_of_nothing_writes_nothing(ledger):
    assert ledger.record_many(VERSION, [], **SIGNED) == Imported(first=1, n=0, known=0)
    assert ledger.of_versions("kexie", repr) == ()


def test_a_line_that_comes_again_is_left_out(ledger):
    lines = [line(1, key="row 1"), line(2, key="row 2")]
    ledger.record_many(VERSION, lines, **SIGNED)
    again = ledger.record_many(VERSION, [*lines, line(3, key="row 3")], who="小李", recorded_at=AT)
    assert (again.n, again.known) == (1, 2)
    assert ledger.verify() == ()


def test_a_known_line_with_other_content_stops_the_import(ledger):
    ledger.record_many(VERSION, [line(1, key="row 1")], **SIGNED)
    with pytest.raises(KeyReusedError) as caught:
        ledger.record_many(VERSION, [line(8), line(2, key="row 1")], **SIGNED)
    assert caught.value.data == {"key": "row 1", "number": 1}
    assert len(ledger.history("kexie")) == 1


def test_a_line_that_comes_twice_in_one_import_counts_once(ledger):
    lines = [line(n, key=f"row {n}") for n in range(1200)]
    imported = ledger.record_many(VERSION, [*lines, line(2, key="row 2"), lines[-1]], **SIGNED)
    assert (imported.n, imported.known) == (1200, 2)
    with pytest.raises(KeyReusedError) as caught:
        ledger.record_many(VERSION, [line(1, key="new"), line(2, key="new")], **SIGNED)
    assert caught.value.data == {"key": "new", "number": 1202}
    assert ledger.verify() == ()


def test_a_line_with_a_breakdown_or_steps_comes_again(ledger):
    lines = [
        line(1, breakdown=(("人群", "农民"),), key="row 1"),
        NewEntry("congress", "congress", DAY, None, steps=("hold", "vote"), key="row 2"),
    ]
    ledger.record_many(VERSION, lines, **SIGNED)
    assert ledger.record_many(VERSION, lines, **SIGNED).known == 2
    with pytest.raises(KeyReusedError):
        ledger.record_many(VERSION, [line(1, key="row 1")], **SIGNED)


def test_a_line_names_who_did_it(ledger):
    ledger.record_many(VERSION, [line(1, who="小李"), line(2)], **SIGNED)
    assert [entry.who for entry in ledger.history("kexie", newest_first=False)] == ["小李", "小王"]


def test_a_line_with_steps_is_a_done(ledger):
    done = NewEntry("congress", "congress", DAY, None, steps=("hold",))
    ledger.record_many(VERSION, [done], **SIGNED)
    assert ledger.entry(1).act == "done"
    with pytest.raises(StepDoneError):
        ledger.record_many(VERSION, [done], **SIGNED)


def test_the_same_step_twice_in_one_import_is_refused(ledger):
    done = NewEntry("congress", "congress", DAY, None, steps=("hold",))
    with pytest.raises(StepDoneError):
        ledger.record_many(VERSION, [done, done], **SIGNED)
    assert ledger.history("kexie") == ()


def test_an_import_that_makes_a_total_too_large_is_refused(ledger):
    with pytest.raises(TotalTooLargeError):
        ledger.record_many(VERSION, [line("999999999999")] * 10, **SIGNED)
    assert ledger.verify() == ()


def test_an_import_is_undone_as_one(ledger):
    ledger.record_many(VERSION, [line(1), line(2), line(3)], **SIGNED)
    assert len(ledger.undo(VERSION, **SIGNED)) == 3
    assert ledger.accounts("kexie", DAY, window_start=DAY, due={}) == {}


def test_an_import_of_many_lines_is_undone_as_a_small_one_is(ledger):
    ledger.record_many(VERSION, [line(5)], **SIGNED)
    before = ledger.accounts("kexie", DAY, window_start=DAY, due={})
    many = ledger.record_many(VERSION, [line(1, key=f"row {number}") for number in range(600)], **SIGNED)
    voids = ledger.undo(VERSION, **SIGNED)
    assert [(void.act, void.corrects) for void in voids] == [("void", many.first + at) for at in range(600)]
    assert ledger.accounts("kexie", DAY, window_start=DAY, due={}) == before
    assert ledger.verify() == ()
    ledger.void(VERSION, voids[-1].number, reason="撤多了", **SIGNED)
    assert ledger.verify() == ()


lines = st.builds(
    NewEntry,
    goal=st.sampled_from("ab"),
    target=st.sampled_from("xy"),
    day=st.dates(date(2023, 1, 1), date(2023, 1, 6)),
    amount=st.none() | st.decimals(-99, 99, places=3),
    denominator=st.none() | st.decimals(0, 99, places=1),
    steps=st.just(()),
    breakdown=st.sampled_from([(), (("人群", "农民"),), (("人群", "农民"), ("地点", "城区"))]),
    note=st.none() | st.text(st.characters(codec="utf-8"), max_size=3),
    who=st.none(),
    key=st.none(),
)


@settings(max_examples=60)
@given(st.lists(lines, max_size=12), st.lists(lines, max_size=12))
def test_bulk_and_single_entries_come_to_the_same(first, second):
    with memory_ledger() as one, memory_ledger() as other:
        for entry in first:
            other.record(VERSION, [entry], act="log", **SIGNED)
        one.record_many(VERSION, first, **SIGNED)
        for entry in second:
            one.record(VERSION, [entry], act="log", **SIGNED)
        other.record_many(VERSION, second, **SIGNED)
        for on in (date(2023, 1, 3), date(2023, 1, 6)):
            found, expected = (
                each.accounts("kexie", on, window_start=date(2023, 1, 2), due={}) for each in (one, other)
            )
            assert found == expected
        assert one.verify() == other.verify() == ()


def test_rebuilding_gives_what_the_writing_kept(ledger):
    ledger.record_many(VERSION, [line(1, key="a"), line(2, breakdown=(("人群", "农民"),))], **SIGNED)
    ledger.void(VERSION, 1, reason="重复", **SIGNED)
    ledger.connection.execute("UPDATE sums SET total = 99")
    ledger.connection.execute("DELETE FROM keys")
    assert len(ledger.verify()) == 2
    ledger.rebuild()
    assert ledger.verify() == ()
    assert ledger.has_key("a")
