"""The past: a day that is over, as known by another that is over, keeps its bytes whatever comes later."""

import shutil
from datetime import UTC, date, datetime

import meeting
import pytest

from kxplan.commands.call import Call
from kxplan.model.plan import Calendar

COMMANDS = [
    ("status",),
    ("status", "--json"),
    ("status", "--group", "section"),
    ("status", "--group", "人群"),
    ("status", "--since", "2023-03-31"),
    ("status", "--since", "2023-03-31", "--json"),
    ("status", "--since", "春季例会"),
    ("show", "booklets"),
    ("show", "films", "--json"),
    ("show", "lectures"),
    ("show", "congress"),
    ("show", "visits"),
    ("explain", "booklets"),
    ("explain", "visits", "--json"),
    ("history",),
    ("history", "films"),
    ("history", "--json"),
    ("history", "1"),
    ("history", "1", "--json"),
]
WORKDAYS = meeting.BEFORE.replace("target: 12次, pace: monthly", "target: 12次, pace: workdays")


@pytest.fixture
def then(workspace, run, tmp_path, monkeypatch):
    """A workspace with a first half year, marks, reasons and evidence, all recorded on the days they are of."""
    monkeypatch.setattr(meeting, "BEFORE", WORKDAYS)
    root = workspace(WORKDAYS)
    meeting.held(root)
    call = Call({"KXPLAN_WORKSPACE": str(root)}, root)
    spring = {"day": date(2023, 4, 1), "who": "小王", "recorded_at": datetime(2023, 4, 1, 3, tzinfo=UTC)}
    call.writing.mark(call.version(call.writing), "春季例会", **spring)
    call.close()
    (root / "a.jpg").write_bytes(b"a")
    return run


def rewritten(root, *changes):
    text = WORKDAYS
    for before, after in changes:
        assert before in text
        text = text.replace(before, after)
    (root / "plans" / "plan0.yaml").write_text(text, encoding="utf-8")


def everything_else(run, root):
    """Do everything that can be done later: work, corrections, papers, words, and every change of a plan."""
    for words in (
        ("log", "films", "7", "-d", "2023-05-20"),
        ("fix", "1", "1", "--reason", "错"),
        ("void", "3", "--reason", "重复"),
        ("log", "lectures", "9", "-d", "2023-05-02", "--evidence", "a.jpg"),
        ("evidence", "add", "4", "a.jpg"),
        ("reason", "films", "下雨", "--measure", "补放"),
        ("mark", "春季例会二"),
        ("done", "congress", "-d", "2023-05-25"),
    ):
        assert run(*words).code == 0, words
    for changes in (
        [("target: 3万册", "target: 1万册"), ("title: 编印书籍", "title: 别的题目")],
        [("id: films", "id: movies, formerly: [films]"), ("lead: 科普部}", "lead: 别的部}")],
        [("      - {id: fair, title: 展览, target: 2场}\n", "")],
        [("period: 2023\n", "period: 2023\ncalendar: {off: [2023-05-08..2023-05-31]}\n")],
        [("lights: {escalate: 2}", "lights: {yellow: 1, red: 2}")],
        [
            (
                "{id: advice, title: 献策, added",
                "{id: advice, title: 献策, cancelled: {from: 2023-01-01, reason: x}, added",
            )
        ],
        [("target: 12次", "target: {amount: 12.5次, revisions: [{from: 2023-02-01, amount: 20次, reason: 加码}]}")],
    ):
        rewritten(root, *changes)
        assert run("log", "visits", "1", "-n", "之后", "--yes").code == 0, changes


def test_a_day_that_is_over_keeps_its_bytes_whatever_comes_later(then, tmp_path):
    (tmp_path / "plans" / "plan0.yaml").write_text(WORKDAYS, encoding="utf-8")
    known = ("--as-of", "2023-05-31", "--known-by", "2023-05-31")
    before = {words: then(*words, *known, COLUMNS="120") for words in COMMANDS}
    everything_else(then, tmp_path)
    changed = [words for words, ran in before.items() if then(*words, *known, COLUMNS="120") != ran]
    assert changed == []
    assert {ran.code for ran in before.values()} == {0}


def test_the_present_is_another(then, tmp_path):
    (tmp_path / "plans" / "plan0.yaml").write_text(WORKDAYS, encoding="utf-8")
    before = then("status", "--as-of", "2023-05-31").out
    everything_else(then, tmp_path)
    assert then("status", "--as-of", "2023-05-31").out != before


def test_a_cache_that_is_lost_changes_nothing(then, tmp_path):
    known = ("status", "--as-of", "2023-05-31", "--known-by", "2023-05-31")
    before = then(*known)
    shutil.rmtree(tmp_path / ".cache")
    assert then(*known) == before


def test_the_working_days_of_the_past_are_those_it_was_seen_with(then, tmp_path):
    known = ("explain", "visits", "--as-of", "2023-05-31", "--known-by", "2023-05-31")
    before = then(*known).out
    call = Call({"KXPLAN_WORKSPACE": str(tmp_path)}, tmp_path)
    # What a later release may know: May was free altogether.
    known_later = Calendar(off=frozenset(date(2023, 5, day) for day in range(1, 32)), estimated=(2023,))
    call.filed = call.filed._replace(plan=call.plan._replace(calendar=known_later))
    version = call.version(call.writing)
    call.writing.mark(version, "以后", day=date(2023, 6, 30), who="x", recorded_at=datetime(2023, 6, 30, tzinfo=UTC))
    versions = call.writing.of_versions(call.plan.id, lambda version: version)
    call.close()
    assert versions[-1].calendar["estimated"] == [2023]
    assert versions[-1].digest == versions[-2].digest
    assert then(*known).out == before
    assert then("explain", "visits", "--as-of", "2023-05-31", "--known-by", "2023-06-30").out != before


def test_before_the_first_record_the_first_text_holds(then):
    first = then("status", "--as-of", "2023-01-31", "--known-by", "2023-01-31", "--json").json
    assert {target["entries"] for target in first["targets"]} == {0}
    assert first["targets"][0]["amount"] == "30000"


@pytest.mark.parametrize("words", [("status",), ("show", "films"), ("explain", "films"), ("history",)])
def test_every_view_takes_both_days(then, words):
    assert then(*words, "--as-of", "4-30", "--known-by", "5-15").code == 0


def test_a_mark_made_later_is_no_moment_of_the_past(then):
    then("mark", "今天")
    ran = then("status", "--since", "今天", "--known-by", "2023-05-31")
    assert (ran.code, ran.out) == (2, "")
