"""Recording: entries in one transaction, once for each key, with the plan's text behind them."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from kxplan.errors.ledger import KeyReusedError, MarkTakenError, StepDoneError, TotalTooLargeError, UnknownEntryError
from kxplan.model.entry import Attachment, NewEntry, PlanVersion

AT = datetime(2023, 6, 30, 8, 15, 0, 250000, UTC)
DAY = date(2023, 6, 18)
ROWS = (
    {"goal": "books", "target": "books", "kind": "sum"},
    {"goal": "fund", "target": "fund", "kind": "latest"},
)
VERSION = PlanVersion("kexie", "d1", "plan: kexie", ROWS)
SIGNED = {"who": "小王", "recorded_at": AT}


def log(ledger, *entries, version=VERSION, **more):
    return ledger.record(version, entries, act="log", **{**SIGNED, **more})


def books(amount, day=DAY, **more):
    return NewEntry("books", "books", day, Decimal(amount), **more)


def test_the_first_entry_is_number_one(ledger):
    (entry,) = log(ledger, books(8000))
    assert entry.number == 1


def test_an_entry_comes_back_as_it_was_given(ledger):
    (entry,) = log(ledger, books("8000.25", breakdown=(("人群", "农民"),), note="秋季'二'印\"次\""))
    assert entry[2:9] == ("log", "kexie", "books", "books", DAY, Decimal("8000.25"), None)
    assert entry.breakdown == (("人群", "农民"),)
    assert (entry.note, entry.who, entry.recorded_at, entry.state) == ("秋季'二'印\"次\"", "小王", AT, "counted")


def test_an_id_is_a_uuid_of_version_seven_with_the_time_of_recording(ledger):
    (entry,) = log(ledger, books(1))
    assert (entry.id[14], entry.id[19] in "89ab", len(entry.id)) == ("7", True, 36)
    assert int(entry.id.replace("-", "")[:12], 16) == int(AT.timestamp() * 1000)


def test_ids_rise_within_a_call(ledger):
    entries = log(ledger, *[books(n) for n in range(50)])
    assert [entry.id for entry in entries] == sorted({entry.id for entry in entries})


def test_the_plan_follows_the_entries_that_it_was_recorded_with(ledger):
    log(ledger, books(1), books(2))
    (version,) = ledger.of_versions("kexie", lambda version: version)
    assert (version.number, version.digest, version.text, version.rows) == (3, "d1", "plan: kexie", ROWS)


def test_an_unchanged_plan_is_recorded_once(ledger):
    log(ledger, books(1))
    (entry,) = log(ledger, books(2))
    assert (entry.number, len(ledger.of_versions("kexie", repr))) == (3, 1)


def test_a_plan_changed_back_is_recorded_again(ledger):
    for digest in ("d1", "d2", "d1"):
        log(ledger, books(1), version=VERSION._replace(digest=digest))
    assert ledger.of_versions("kexie", lambda version: version.digest) == ("d1", "d2", "d1")


def test_the_accepted_rows_are_those_of_the_newest_version(ledger):
    assert ledger.accepted_rows("kexie") is None
    log(ledger, books(1), version=VERSION._replace(accepted=ROWS[:1]))
    log(ledger, books(1), version=VERSION._replace(digest="d2", accepted=ROWS))
    assert ledger.accepted_rows("kexie") == ROWS


def test_before_the_first_record_the_first_version_holds(ledger):
    log(ledger, books(1))
    log(ledger, books(1), version=VERSION._replace(digest="d2"), recorded_at=AT.replace(day=29, month=7))
    assert ledger.version_known_by("kexie", AT.replace(year=2020)).digest == "d1"
    assert ledger.version_known_by("kexie", AT.replace(month=7, day=1)).digest == "d1"
    assert ledger.version_known_by("kexie", AT.replace(month=8)).digest == "d2"
    assert ledger.version_known_by("another", AT) is None


def test_a_key_seen_before_gives_the_same_answer(ledger):
    first = log(ledger, books(1), books(2), key="k")
    assert log(ledger, books(1), books(2), key="k", recorded_at=AT.replace(hour=9)) == first
    assert len(ledger.history("kexie")) == 2
    assert ledger.has_key("k")


def test_a_key_seen_before_with_other_content_is_refused(ledger):
    log(ledger, books(1), key="k")
    with pytest.raises(KeyReusedError) as caught:
        log(ledger, books(2), key="k")
    assert caught.value.data == {"key": "k", "number": 1}
    assert not ledger.has_key("another")


def test_what_the_caller_calls_the_same_content_is_the_same(ledger):
    first = log(ledger, books(1), key="k", content="log books 1")
    assert log(ledger, books(1, DAY.replace(day=19)), key="k", content="log books 1") == first


def test_a_done_takes_the_steps_still_open(ledger):
    goal = NewEntry("congress", "congress", DAY, None, steps=("prepare",))
    ledger.record(VERSION, [goal], act="done", **SIGNED)
    (entry,) = ledger.record(VERSION, [goal._replace(steps=("prepare", "hold"))], act="done", **SIGNED)
    assert entry.steps == ("hold",)


def test_a_done_with_nothing_left_open_is_refused(ledger):
    goal = NewEntry("congress", "congress", DAY, None, steps=("prepare", "hold"))
    ledger.record(VERSION, [goal], act="done", **SIGNED)
    with pytest.raises(StepDoneError) as caught:
        ledger.record(VERSION, [goal._replace(steps=("hold",))], act="done", **SIGNED)
    assert caught.value.data == {"goal": "congress", "step": "hold", "number": 1}


def test_a_total_of_nine_million_million_is_refused_and_nothing_is_written(ledger):
    most = "999999999999.999999"
    log(ledger, *[books(most) for _ in range(9)])
    with pytest.raises(TotalTooLargeError):
        log(ledger, books("0.000009"))
    log(ledger, books("0.000008"))
    assert len(ledger.history("kexie")) == 10
    assert ledger.verify() == ()


def test_levels_have_no_total_to_be_too_large(ledger):
    level = NewEntry("fund", "fund", DAY, Decimal(999999999999))
    log(ledger, *[level] * 20)
    account = ledger.accounts("kexie", DAY, window_start=DAY, due={})[("fund", "fund")]
    assert account.now.newest.amount == Decimal(999999999999)
    assert ledger.verify() == ()


def test_a_tenth_ten_times_is_one(ledger):
    for _ in range(10):
        log(ledger, books("0.1"))
    assert ledger.accounts("kexie", DAY, window_start=DAY, due={})[("books", "books")].now.total == 1


def test_a_failing_call_leaves_nothing(ledger):
    with pytest.raises(ArithmeticError, match="1E-7"):
        log(ledger, books(1), books("0.0000001"))
    assert ledger.history("kexie") == ()
    assert ledger.verify() == ()


def test_repeats_are_standing_entries_of_the_same_target_day_and_amount(ledger):
    log(ledger, books(5), books(5), books(6), books(5, DAY.replace(day=1)))
    ledger.void(VERSION, 2, reason="重复", **SIGNED)
    assert ledger.repeats("kexie", "books", "books", DAY, Decimal(5)) == (1,)


def test_entries_of_a_day_are_found_with_their_keys(ledger):
    keyed = [books(5)._replace(key="a"), books(6)._replace(key="b"), books(7)._replace(key="c", day=DAY.replace(day=1))]
    ledger.record_many(VERSION, [*keyed, books(8)], **SIGNED)
    ledger.void(VERSION, 2, reason="重复", **SIGNED)
    found = ledger.keyed_on("kexie", "books", "books", DAY)
    assert [(one.number, one.key, one.amount, one.who) for one in found] == [(1, "a", 5, SIGNED["who"])]


def test_evidence_belongs_to_the_whole_life_of_an_entry(ledger):
    log(ledger, books(5), evidence=[Attachment("ab" * 32, "签到表.jpg", 2048)])
    fixed = ledger.fix(VERSION, 1, amount=Decimal(6), reason="少数一本", **SIGNED)
    (added,) = ledger.add_evidence(VERSION, fixed.number, [Attachment("cd" * 32, "通知.pdf", 10)], **SIGNED)
    assert [(entry.number, entry.evidence) for entry in ledger.life(1)] == [(1, 2), (fixed.number, 2)]
    assert ledger.evidence("kexie")[1] == added
    assert [(piece.entry, piece.name, piece.size) for piece in ledger.evidence()] == [
        (1, "签到表.jpg", 2048),
        (1, "通知.pdf", 10),
    ]


def test_a_mark_is_unique(ledger):
    made = ledger.mark(VERSION, "半年会", day=DAY, **SIGNED)
    assert ledger.marks() == (made,)
    with pytest.raises(MarkTakenError):
        ledger.mark(VERSION, "半年会", day=DAY, **SIGNED)


def test_the_newest_reason_of_a_goal_holds(ledger):
    more = {"measure": None, "until": None, "day": DAY}
    ledger.add_reason(VERSION, "books", "纸张涨价", **more, **SIGNED)
    newest = ledger.add_reason(
        VERSION, "books", "印厂停工", measure="换一家", until=date(2023, 7, 31), day=DAY,
        who="小李", recorded_at=AT.replace(month=7),
    )  # fmt: skip
    assert ledger.reasons("kexie") == {"books": newest}
    assert ledger.reasons("kexie", known_by=AT.replace(hour=9))["books"].text == "纸张涨价"
    assert ledger.reasons("another") == {}


@pytest.mark.parametrize("number", [99, 0, -1, 10**30])
def test_an_unknown_number_is_refused(ledger, number):
    log(ledger, books(1))
    with pytest.raises(UnknownEntryError):
        ledger.entry(number)


def test_entries_are_counted_under_the_ids_they_were_recorded_with(ledger):
    log(ledger, books(1), books(2), NewEntry("fund", "fund", DAY, Decimal(1)))
    ledger.void(VERSION, 1, reason="重复", **SIGNED)
    assert ledger.entry_counts("kexie") == {("books", "books"): 1, ("fund", "fund"): 1}


def test_plans_do_not_mix(ledger):
    log(ledger, books(1))
    log(ledger, books(2), version=VERSION._replace(plan="other"))
    assert [entry.amount for entry in ledger.history("other")] == [2]
    assert ledger.accounts("other", DAY, window_start=DAY, due={})[("books", "books")].now.total == 2
