"""Accounts: what the entries say about each target at the end of a day, now and as it was known."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from kxplan.model.entry import NewEntry, PlanVersion
from kxplan.model.tally import NOTHING, Newest, Tally

AT = datetime(2023, 6, 30, 8, tzinfo=UTC)
FEB, JUN, AUG = date(2023, 2, 10), date(2023, 6, 18), date(2023, 8, 1)
END = date(2023, 6, 30)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ())


def log(ledger, amount, day, goal="books", target=None, denominator=None, at=AT, **more):
    value = None if amount is None else Decimal(amount)
    entry = NewEntry(goal, target or goal, day, value, denominator, **more)
    act = "done" if entry.steps else "log"
    return ledger.record(VERSION, [entry], act=act, who="小王", recorded_at=at)[0].number


def account(ledger, goal="books", on=END, window_start=date(2023, 5, 6), due=None, **more):
    accounts = ledger.accounts("kexie", on, window_start=window_start, due=due or {}, **more)
    return accounts[(goal, goal)]


def test_now_holds_all_through_the_day(ledger):
    log(ledger, 12000, FEB)
    log(ledger, 8000, JUN)
    log(ledger, 99, AUG)
    assert account(ledger).now == Tally(
        total=Decimal(20000), newest=Newest(JUN, Decimal(8000)), entries=2, first=FEB, last=JUN
    )


def test_the_day_itself_counts(ledger):
    log(ledger, 1, END)
    assert account(ledger).now.total == 1


def test_before_ends_with_the_day_before_the_window(ledger):
    log(ledger, 1, date(2023, 5, 5))
    log(ledger, 2, date(2023, 5, 6))
    assert account(ledger).before.total == 1
    assert account(ledger, window_start=FEB).before is NOTHING or account(ledger, window_start=FEB).before == NOTHING


def test_at_due_ends_with_the_due_day(ledger):
    log(ledger, 1, FEB)
    log(ledger, 2, JUN)
    assert account(ledger, due={("books", "books"): date(2023, 6, 17)}).at_due.total == 1
    assert account(ledger, due={("books", "books"): JUN}).at_due.total == 3
    assert account(ledger).at_due == account(ledger).now


def test_a_target_without_entries_through_the_day_has_no_account(ledger):
    log(ledger, 1, AUG)
    assert ledger.accounts("kexie", END, window_start=FEB, due={}) == {}


def test_notes_count_as_entries_and_not_as_values(ledger):
    log(ledger, 5, FEB)
    log(ledger, None, JUN, note="开会讨论")
    assert account(ledger).now == Tally(Decimal(5), newest=Newest(FEB, Decimal(5)), entries=2, first=FEB, last=JUN)


def test_an_earlier_day_recorded_later_moves_the_later_days(ledger):
    log(ledger, 1, JUN)
    log(ledger, 2, FEB)
    assert account(ledger).now.total == 3
    assert account(ledger, on=date(2023, 3, 1)).now.total == 2


def test_the_newest_is_of_the_latest_day_then_of_the_latest_number(ledger):
    log(ledger, 3, JUN)
    log(ledger, 1, JUN)
    log(ledger, 2, FEB)
    assert account(ledger).now.newest == Newest(JUN, Decimal(1))


def test_the_newest_goes_back_when_it_is_voided(ledger):
    log(ledger, 3, FEB)
    number = log(ledger, 1, JUN)
    ledger.void(VERSION, number, reason="重复", who="小王", recorded_at=AT)
    assert account(ledger).now == Tally(Decimal(3), newest=Newest(FEB, Decimal(3)), entries=1, first=FEB, last=FEB)


def test_ratios_keep_both_numbers(ledger):
    log(ledger, 1032, FEB, denominator=Decimal(10000))
    log(ledger, 8, JUN, denominator=Decimal(100))
    now = account(ledger).now
    assert (now.total, now.denominators, now.newest) == (1040, 10100, Newest(JUN, Decimal(8), Decimal(100)))


def test_fractions_and_negative_amounts_add_up_exactly(ledger):
    for amount in ("0.1", "0.2", "-0.3", "-0.000001"):
        log(ledger, amount, JUN)
    assert account(ledger).now.total == Decimal("-0.000001")


def test_steps_count_from_their_day(ledger):
    log(ledger, None, JUN, goal="congress", steps=("prepare",))
    log(ledger, None, AUG, goal="congress", steps=("hold",))
    assert account(ledger, "congress").now.steps == {"prepare"}
    assert account(ledger, "congress", on=AUG).now.steps == {"prepare", "hold"}


def test_entries_of_a_former_goal_are_counted_in_the_present_one(ledger):
    log(ledger, 1, FEB, goal="old")
    log(ledger, 2, JUN, goal="books")
    now = account(ledger, formerly={"old": "books"}).now
    assert now == Tally(Decimal(3), newest=Newest(JUN, Decimal(2)), entries=2, first=FEB, last=JUN)


def test_targets_of_a_former_goal_keep_their_ids(ledger):
    log(ledger, 1, FEB, goal="old", target="boards")
    accounts = ledger.accounts("kexie", END, window_start=FEB, due={}, formerly={"old": "new"})
    assert list(accounts) == [("new", "boards")]


def test_the_only_step_of_a_former_goal_follows_it(ledger):
    log(ledger, None, FEB, goal="old", steps=("old",))
    assert account(ledger, "new", formerly={"old": "new"}).now.steps == {"new"}


def test_known_by_leaves_out_what_was_recorded_at_the_instant_or_later(ledger):
    log(ledger, 1, FEB, at=AT)
    log(ledger, 2, FEB, at=AT + timedelta(seconds=1))
    assert account(ledger, known_by=AT + timedelta(seconds=1)).now.total == 1
    assert ledger.accounts("kexie", END, window_start=FEB, due={}, known_by=AT) == {}


def test_known_by_leaves_out_later_corrections(ledger):
    number = log(ledger, 1, FEB)
    later = AT + timedelta(days=1)
    fixed = ledger.fix(VERSION, number, amount=Decimal(5), reason="笔误", who="小王", recorded_at=later)
    ledger.void(VERSION, fixed.number, reason="还是原数", who="小王", recorded_at=later + timedelta(days=1))
    totals = [account(ledger, known_by=later + timedelta(days=n, seconds=-1)).now.total for n in range(4)]
    assert totals == [1, 5, 1, 1]


def test_history_known_by_tells_the_state_of_then(ledger):
    number = log(ledger, 1, FEB)
    later = AT + timedelta(days=1)
    ledger.void(VERSION, number, reason="重复", who="小王", recorded_at=later)
    assert [(entry.number, entry.state) for entry in ledger.history("kexie", known_by=later)] == [(1, "counted")]
    assert [(entry.number, entry.state) for entry in ledger.history("kexie")] == [(3, "counted"), (1, "void")]


def test_looking_back_leaves_the_present_as_it_is(ledger):
    log(ledger, 1, FEB)
    assert ledger.accounts("kexie", END, window_start=FEB, due={}, known_by=AT) == {}
    assert account(ledger).now.total == 1
    log(ledger, 1, FEB)
    assert (account(ledger).now.total, ledger.verify()) == (2, ())


def test_the_order_of_recording_counts_and_not_the_clock(ledger):
    log(ledger, 1, JUN, at=AT)
    log(ledger, 2, JUN, at=AT - timedelta(days=400))
    assert account(ledger).now.newest.amount == 2


def test_shares_are_summed_by_value_and_the_rest_is_left(ledger):
    log(ledger, 5, FEB, breakdown=(("人群", "农民"),))
    log(ledger, "2.5", JUN, breakdown=(("人群", "学生"), ("地点", "城区")))
    log(ledger, 1, JUN)
    assert ledger.breakdown_sums("kexie", "books", "books", "人群", END) == {"农民": 5, "学生": Decimal("2.5"), None: 1}
    assert ledger.breakdown_sums("kexie", "books", "books", "人群", FEB) == {"农民": 5, None: 0}
    assert ledger.breakdown_sums("kexie", "films", "films", "人群", END) == {None: 0}


@pytest.mark.parametrize("newest_first", [True, False])
def test_history_counts_its_limit_from_the_side_that_comes_first(ledger, newest_first):
    for amount in range(5):
        log(ledger, amount, JUN, goal="ab"[amount % 2])
    everything = ledger.history("kexie", newest_first=newest_first)
    both = ledger.history("kexie", goals=("a", "b"), limit=2, newest_first=newest_first)
    assert both == everything[:2]
    assert len(everything) == 5


def test_history_as_of_a_day_leaves_out_later_work(ledger):
    log(ledger, 1, FEB)
    log(ledger, 2, JUN, target="x")
    assert [entry.day for entry in ledger.history("kexie", as_of=date(2023, 6, 17))] == [FEB]
    assert [entry.day for entry in ledger.history("kexie", goals=("books",), target="x")] == [JUN]


def test_a_course_is_the_account_at_the_end_of_each_of_its_days(ledger):
    for day, amount, goal in ((FEB, 5, "books"), (FEB, 7, "old"), (JUN, 8, "books"), (date(2023, 3, 1), None, "old")):
        log(ledger, amount, day, goal)
    wrong = log(ledger, 50, date(2023, 4, 1))
    ledger.void(VERSION, wrong, reason="重复", who="小王", recorded_at=AT)
    log(ledger, 99, AUG)
    course = ledger.course("kexie", ("books", "books"), END, formerly=("old",))
    assert [day for day, _ in course] == [FEB, date(2023, 3, 1), JUN]
    for day, tally in course:
        assert tally == account(ledger, on=day, formerly={"old": "books"}).now


def test_a_course_tells_when_a_step_was_done(ledger):
    log(ledger, None, FEB, steps=("a",))
    log(ledger, None, JUN, steps=("b",))
    course = ledger.course("kexie", ("books", "books"), END)
    assert [tally.steps for _, tally in course] == [{"a"}, {"a", "b"}]


def test_a_course_as_known_then_leaves_out_what_came_later(ledger):
    log(ledger, 5, FEB)
    log(ledger, 8, JUN, at=AT + timedelta(days=3))
    known = ledger.course("kexie", ("books", "books"), END, known_by=AT + timedelta(days=1))
    assert [tally.total for _, tally in known] == [5]


def test_the_count_is_of_what_history_tells(ledger):
    for day in (FEB, JUN, AUG):
        log(ledger, 5, day)
    log(ledger, 5, JUN, goal="old")
    log(ledger, 5, JUN, goal="films")
    ledger.void(VERSION, 1, reason="重复", who="小王", recorded_at=AT)
    for asked in ({}, {"as_of": END}, {"target": "books"}, {"known_by": AT}):
        assert ledger.count("kexie", ["books", "old"], **asked) == len(
            ledger.history("kexie", goals=["books", "old"], **asked)
        )


def test_no_look_back_finds_nothing(ledger):
    assert ledger.accounts_then("p", []) == []
