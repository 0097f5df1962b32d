"""Correcting: every correction is an entry of its own, and says what stands."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kxplan.errors.ledger import (
    CorrectedAlreadyError,
    CorrectedSinceError,
    CorrectedSinceLoggedError,
    DoneNotFixableError,
    DoneSinceError,
    NotAnEntryError,
    NothingToUndoError,
    StepDoneError,
    TotalTooLargeError,
    UnknownEntryError,
    VoidedAlreadyError,
    VoidNotFixableError,
)
from kxplan.model.entry import NewEntry, PlanVersion

AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
DAY = date(2023, 6, 18)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ())
SIGNED = {"who": "小王", "recorded_at": AT}


@pytest.fixture
def ledger(ledger):
    """A ledger with the plan's text as #1, so that the next entry is #2."""
    ledger.mark(VERSION._replace(digest="d1"), "开始", day=DAY, **SIGNED)
    return ledger


def log(ledger, *amounts, day=DAY, who="小王", goal="books"):
    entries = [NewEntry(goal, goal, day, Decimal(amount)) for amount in amounts]
    return ledger.record(VERSION, entries, act="log", who=who, recorded_at=AT)[-1].number


def done(ledger, *steps, day=DAY):
    entry = NewEntry("congress", "congress", day, None, steps=steps)
    return ledger.record(VERSION, [entry], act="done", **SIGNED)[0].number


def fix(ledger, number, amount=None, **changes):
    value = None if amount is None else Decimal(amount)
    return ledger.fix(VERSION, number, amount=value, **changes, reason="笔误", **SIGNED).number


def void(ledger, number):
    return ledger.void(VERSION, number, reason="重复", **SIGNED).number


def total(ledger, goal="books"):
    account = ledger.accounts("kexie", DAY, window_start=DAY, due={}).get((goal, goal))
    return account and account.now.total


def steps(ledger):
    return ledger.accounts("kexie", DAY, window_start=DAY, due={})[("congress", "congress")].now.steps


def test_a_fix_keeps_day_goal_note_and_breakdown(ledger):
    old = NewEntry("books", "books", DAY, Decimal(5), breakdown=(("人群", "农民"),), note="一印")
    (entry,) = ledger.record(VERSION, [old], act="log", **SIGNED)
    fixed = ledger.entry(fix(ledger, entry.number, 6))
    assert (fixed.day, fixed.goal, fixed.target, fixed.amount, fixed.note) == (DAY, "books", "books", 6, "一印")
    assert (fixed.breakdown, fixed.corrects, fixed.reason) == ((("人群", "农民"),), entry.number, "笔误")
    assert total(ledger) == 6


def test_a_fix_moves_an_entry_to_another_day_and_goal(ledger):
    fix(ledger, log(ledger, 5), goal="films", target="films", day=date(2023, 5, 1))
    assert total(ledger) is None
    (account,) = ledger.accounts("kexie", date(2023, 5, 1), window_start=DAY, due={}).values()
    assert account.now.total == 5


def test_a_new_amount_leaves_nothing_of_the_old_denominator(ledger):
    entry = NewEntry("rate", "rate", DAY, Decimal(3), Decimal(10))
    (old,) = ledger.record(VERSION, [entry], act="log", **SIGNED)
    assert ledger.entry(fix(ledger, old.number, 4)).denominator is None


def test_a_fix_keeps_the_place_in_the_order(ledger):
    first, _ = log(ledger, 1), log(ledger, 2)
    fix(ledger, first, 9)
    account = ledger.accounts("kexie", DAY, window_start=DAY, due={})[("books", "books")]
    assert account.now.newest.amount == 2


def test_what_was_fixed_names_the_entry_that_stands(ledger):
    number = log(ledger, 5)
    last = fix(ledger, fix(ledger, number, 6), 7)
    with pytest.raises(CorrectedAlreadyError) as caught:
        fix(ledger, number, 8)
    assert caught.value.data == {"number": number, "standing": last}
    with pytest.raises(CorrectedAlreadyError):
        void(ledger, number)


def test_what_was_voided_names_the_void(ledger):
    number = log(ledger, 5)
    by = void(ledger, number)
    for act in (void, fix):
        with pytest.raises(VoidedAlreadyError) as caught:
            act(ledger, number)
        assert caught.value.data == {"number": number, "by": by}


def test_voiding_a_fix_restores_what_it_fixed(ledger):
    number = log(ledger, 5)
    void(ledger, fix(ledger, number, 6))
    assert (total(ledger), ledger.entry(number).state) == (5, "counted")


def test_voiding_the_fix_of_a_fix_restores_the_first_fix(ledger):
    number = log(ledger, 5)
    first = fix(ledger, number, 6)
    void(ledger, fix(ledger, first, 7))
    assert (total(ledger), ledger.entry(number).corrected_by) == (6, first)


def test_voiding_a_void_restores_what_it_voided(ledger):
    number = log(ledger, 5)
    void(ledger, void(ledger, number))
    assert (total(ledger), ledger.entry(number).state) == (5, "counted")


def test_voids_of_voids_go_back_and_forth(ledger):
    number = log(ledger, 5)
    seen = []
    for _ in range(4):
        number = void(ledger, number)
        seen.append(total(ledger))
    assert seen == [None, 5, None, 5]


def test_voiding_a_void_is_refused_where_the_entry_was_fixed_since(ledger):
    number = log(ledger, 5)
    restoring = void(ledger, void(ledger, number))
    since = fix(ledger, number, 6)
    with pytest.raises(CorrectedSinceError) as caught:
        void(ledger, restoring)
    assert caught.value.data == {"number": restoring, "by": since}
    assert (total(ledger), ledger.verify()) == (6, ())


def test_voiding_the_void_of_a_fix_is_refused_where_the_entry_was_voided_since(ledger):
    number = log(ledger, 5)
    void_of_fix = void(ledger, fix(ledger, number, 6))
    since = void(ledger, number)
    with pytest.raises(CorrectedSinceError) as caught:
        void(ledger, void_of_fix)
    assert caught.value.data["by"] == since


def test_a_void_has_no_figure_to_fix(ledger):
    by = void(ledger, log(ledger, 5))
    with pytest.raises(VoidNotFixableError):
        fix(ledger, by, 6)


def test_only_entries_can_be_corrected(ledger):
    for number in (1, 2):
        with pytest.raises(NotAnEntryError):
            void(ledger, number)
    for number in (99, 0, -3, 2**70):
        with pytest.raises(UnknownEntryError):
            void(ledger, number)


def test_a_voided_done_opens_its_steps(ledger):
    void(ledger, done(ledger, "prepare", "hold"))
    assert ledger.entry(done(ledger, "prepare", "hold")).steps == ("prepare", "hold")


def test_a_done_comes_back_unless_it_was_done_again(ledger):
    by = void(ledger, done(ledger, "prepare", "hold"))
    again = done(ledger, "hold")
    with pytest.raises(DoneSinceError) as caught:
        void(ledger, by)
    assert caught.value.data == {"number": by, "step": "hold", "by": again}
    void(ledger, again)
    void(ledger, by)
    assert steps(ledger) == {"prepare", "hold"}


def test_the_day_of_a_done_can_be_fixed(ledger):
    number = fix(ledger, done(ledger, "hold"), day=date(2023, 6, 1))
    assert (ledger.entry(number).steps, steps(ledger)) == (("hold",), {"hold"})


def test_a_done_takes_no_amount(ledger):
    number = done(ledger, "hold")
    with pytest.raises(DoneNotFixableError):
        fix(ledger, number, 1)


def test_a_done_cannot_be_moved_onto_a_step_that_is_done(ledger):
    entry = NewEntry("old", "old", DAY, None, steps=("hold",))
    (old,) = ledger.record(VERSION, [entry], act="done", **SIGNED)
    number = done(ledger, "hold")
    with pytest.raises(StepDoneError) as caught:
        fix(ledger, old.number, goal="congress", target="congress")
    assert caught.value.data["number"] == number


def test_a_milestone_without_steps_follows_its_goal(ledger):
    entry = NewEntry("old", "old", DAY, None, steps=("old",))
    (old,) = ledger.record(VERSION, [entry], act="done", **SIGNED)
    assert ledger.entry(fix(ledger, old.number, goal="congress", target="congress")).steps == ("congress",)


def test_a_fix_that_makes_the_total_too_large_is_refused(ledger):
    number = log(ledger, 1, *["999999999999"] * 9) - 9
    with pytest.raises(TotalTooLargeError):
        fix(ledger, number, 9)


def test_undo_takes_back_the_whole_last_call(ledger):
    log(ledger, 1)
    last = log(ledger, 2, 3)
    voids = ledger.undo(VERSION, **SIGNED)
    assert [void.corrects for void in voids] == [last - 1, last]
    assert (total(ledger), voids[0].act, voids[0].reason) == (1, "void", None)


def test_the_next_undo_takes_the_one_before(ledger):
    first, second = log(ledger, 1), log(ledger, 2)
    assert [ledger.undo(VERSION, **SIGNED)[0].corrects for _ in range(2)] == [second, first]
    with pytest.raises(NothingToUndoError):
        ledger.undo(VERSION, **SIGNED)


def test_undo_is_of_the_same_person(ledger):
    mine = log(ledger, 1)
    log(ledger, 2, who="小李")
    assert ledger.undo(VERSION, **SIGNED)[0].corrects == mine


def test_undo_leaves_out_what_is_void_already(ledger):
    last = log(ledger, 2, 3)
    void(ledger, last)
    assert [each.corrects for each in ledger.undo(VERSION, **SIGNED)] == [last - 1]


def test_undo_takes_nothing_older_in_the_place_of_what_was_fixed(ledger):
    log(ledger, 1)
    last = log(ledger, 2, 3)
    by = fix(ledger, last, 4)
    with pytest.raises(CorrectedSinceLoggedError) as refused:
        ledger.undo(VERSION, **SIGNED)
    assert refused.value.data == {"who": "小王", "number": last, "by": by}
    assert total(ledger) == 7


def test_undo_goes_on_once_the_fix_is_void(ledger):
    last = log(ledger, 2)
    void(ledger, fix(ledger, last, 4))
    assert [each.corrects for each in ledger.undo(VERSION, **SIGNED)] == [last]


def test_undo_takes_back_a_done(ledger):
    done(ledger, "hold")
    ledger.undo(VERSION, **SIGNED)
    assert done(ledger, "hold")


def test_the_life_of_an_entry_is_its_whole_story(ledger):
    number = log(ledger, 5)
    log(ledger, 9)
    first = fix(ledger, number, 6)
    by = void(ledger, first)
    second = fix(ledger, number, 7)
    told = [(entry.number, entry.act, entry.state) for entry in ledger.life(first)]
    assert told == [
        (number, "log", "corrected"),
        (first, "fix", "void"),
        (by, "void", "counted"),
        (second, "fix", "counted"),
    ]
