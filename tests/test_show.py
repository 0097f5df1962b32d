"""`show`, `mark`, `reason`, and what `status` adds for a meeting: comparison, breakdown, reasons, the mark beside a light."""

from datetime import date, timedelta

import pytest
from meeting import PLAN, held


@pytest.fixture
def meeting(workspace, run):
    held(workspace(PLAN))
    return run


def target(ran, goal):
    return next(one for one in ran.json["targets"] if one["goal"] == goal)


def test_a_month_keeps_the_light_it_had_when_it_ended(meeting):
    months = {one["month"]: one["light"] for one in target(meeting("show", "films", "--json"), "films")["months"]}
    assert months == {
        "2023-02": "yellow",
        "2023-03": "yellow",
        "2023-04": "yellow",
        "2023-05": "red",
        "2023-06": "red",
    } | {"2023-01": None}


def test_what_is_recorded_late_repaints_no_month(meeting):
    before = target(meeting("show", "films", "--json"), "films")["months"]
    meeting("log", "films", "150", "-d", "2023-03-01", "--yes")
    assert target(meeting("show", "films", "--json"), "films")["months"] == before


def test_months_before_the_ledger_knew_the_plan_have_no_light(meeting):
    assert target(meeting("show", "films", "--json"), "films")["months"][0]["light"] is None


def test_known_by_cuts_the_strip_too(meeting):
    months = target(meeting("show", "films", "--known-by", "2023-04-15", "--json"), "films")["months"]
    assert [one["light"] for one in months][:4] == [None, "yellow", "yellow", "yellow"]
    assert (
        meeting("show", "films", "--known-by", "2023-04-15").out
        == meeting("show", "films", "--known-by", "2023-04-15").out
    )


def test_checkpoints_have_states_of_their_own(meeting):
    found = target(meeting("show", "lectures", "--json"), "lectures")["checkpoints"]
    assert [(one["reach"], one["state"], one["reached_on"]) for one in found] == [
        ("20", "late", "2023-04-12"), ("40", "missed", None), ("100", "next", None),
    ]  # fmt: skip


def test_steps_of_a_milestone_have_states_of_their_own(meeting):
    found = target(meeting("show", "congress", "--json"), "congress")["checkpoints"]
    assert [(one["title"], one["state"]) for one in found] == [("筹备", "on-time"), ("通知", "next"), ("召开", "ahead")]


def test_show_tells_the_revision_in_full(meeting):
    assert "30,000 → 24,000册（6月调整，经费压缩，科协〔2023〕6号）" in meeting("show", "booklets").out
    assert "→" not in meeting("show", "booklets", "--as-of", "2023-05-31").out


@pytest.mark.parametrize("command", [["status"], ["show", "booklets"], ["explain", "booklets"]])
def test_a_revision_is_told_in_every_view(meeting, command):
    assert "30,000 → 24,000册（6月调整" in meeting(*command, COLUMNS="120").out


def test_added_and_cancelled_are_told(meeting):
    out = meeting("status").out
    assert "献策【新增】" in out
    assert "3月新增：新要求" in out
    assert "6月取消：场地收回" in out
    assert "【新增】" not in meeting("status", "--as-of", "2023-02-01").out


def test_the_second_month_in_trouble_is_marked_beside_the_light(meeting):
    assert "■ 红 滞后 连续两期" in meeting("status", "films", COLUMNS="100").out
    assert "连续两期" in meeting("explain", "films").out


def test_the_mark_changes_no_figure(meeting, tmp_path):
    marked = meeting("status", "--json").out
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text(PLAN.replace("lights: {escalate: 2}\n", ""), encoding="utf-8")
    assert meeting("status", "--json").out == marked
    assert "连续" not in meeting("status").out


def test_a_red_light_without_a_reason_says_so(meeting):
    assert "未说明原因" in meeting("status", "films").out
    assert "kxplan reason films" in meeting("show", "films").out


def test_a_reason_is_told_from_the_day_it_was_given(meeting):
    meeting("reason", "films", "放映机送修")
    given = meeting("show", "films", "--json").json["reason"]["day"]
    assert "放映机送修" in meeting("status", "--as-of", given).out
    before = (date.fromisoformat(given) - timedelta(days=1)).isoformat()
    assert "放映机送修" not in meeting("status", "--as-of", before).out
    assert meeting("show", "films", "--as-of", before, "--json").json["reason"] is None


def test_the_newest_reason_stands_under_its_light(meeting):
    meeting("reason", "films", "下雨")
    ran = meeting("reason", "films", "放映机送修", "--measure", "七月加映", "--until", "8-31")
    assert (ran.code, "2023-08-31 前解决" in ran.out) == (0, True)
    out = meeting("status", "films", COLUMNS="120").out
    assert "原因：放映机送修；措施：七月加映；2023-08-31 前解决（小王，2023-06-30）" in out
    assert "下雨" not in out
    assert meeting("show", "films", "--json").json["reason"]["until"] == "2023-08-31"


def test_a_promise_that_has_passed_is_called_passed(meeting, tmp_path):
    meeting("reason", "films", "下雨", "--until", "7-1")
    (tmp_path / "kxplan.toml").write_text("today = 2023-07-02\n")
    assert "原定 2023-07-01 前解决，已过期" in meeting("status", "films", COLUMNS="120").out


def test_a_reason_looks_ahead_and_is_not_empty(meeting):
    assert meeting("reason", "films", "下雨", "--until", "2023-06-01").code == 2
    assert meeting("reason", "films", " ").code == 2
    assert meeting("reason", "nowhere", "下雨").code == 4


def test_reasons_as_known_then(meeting):
    meeting("reason", "films", "下雨")
    assert "未说明原因" in meeting("status", "films", "--known-by", "2023-06-30").out


def test_a_mark_is_unique_and_no_day(meeting):
    assert meeting("mark", "例会").code == 0
    assert meeting("mark", "例会").code == 2
    assert meeting("mark", "2023-06-30").code == 2
    assert meeting("mark", "--json").json["marks"][0]["name"] == "例会"


def test_since_tells_the_four_kinds_of_change_apart(meeting):
    since = meeting("status", "--since", "2023-05-31", "--json").json["since"]
    assert [(one["goal"], one["added"], one["corrected"]) for one in since["work"]] == [
        ("booklets", "8000", "0"), ("films", "22", "0"), ("lectures", "3", "0"),
    ]  # fmt: skip
    assert since["corrections"] == []
    assert [one["goal"] for one in since["revisions"]] == ["booklets", "fair"]
    assert [one["goal"] for one in since["lights"]] == ["visits", "congress", "fair"]


def test_since_a_mark_counts_what_was_recorded_after_it(meeting):
    meeting("mark", "例会")
    meeting("log", "films", "5")
    assert meeting("fix", "1", "11000", "--reason", "多记了").code == 0
    since = meeting("status", "--since", "例会", "--json").json["since"]
    assert since["mark"] == "例会"
    assert [(one["goal"], one["added"], one["corrected"]) for one in since["work"]] == [
        ("booklets", "0", "-1000"), ("films", "5", "0"),
    ]  # fmt: skip
    assert [one["reason"] for one in since["corrections"]] == ["多记了"]
    assert "更正 #1：12,000册 → 11,000册" in meeting("status", "--since", "例会", COLUMNS="120").out


def test_since_needs_a_moment_that_is_past(meeting):
    assert meeting("status", "--since", "没有").code == 2
    assert meeting("status", "--since", "2023-06-30", "--as-of", "2023-05-31").code == 2
    assert meeting("status", "--since", "2023-05-31", "--group", "lead").code == 2


def test_a_breakdown_sums_to_its_whole(meeting):
    broken = meeting("status", "--group", "人群", "--json").json["breakdown"]
    films = next(one for one in broken["targets"] if one["goal"] == "films")
    assert films == {
        "goal": "films", "target": "films", "actual": "32", "values": {"农民": "22", "社区居民": "0"},
        "unassigned": "10", "sums_up": True,
    }  # fmt: skip
    out = meeting("status", "--group", "人群").out
    assert "放映电影　共 32场，其中 10场 未分" in out
    assert "编印书籍　共 20,000册，各类相加相符" in out


def test_an_unknown_group_names_the_known_ones(meeting):
    ran = meeting("status", "--group", "街道")
    assert (ran.code, "人群" in ran.err) == (2, True)


def test_groups_carry_their_lights_and_their_score(meeting):
    assert "自身建设　蓝 1、绿 1、无灯 2　得分 " in meeting("status", "--group", "section").out
    leads = meeting("status", "--group", "lead").out
    assert leads.count("走访") == 1


def test_watch_and_present_need_a_terminal(meeting):
    for args in (["status", "--watch"], ["present"], ["present", "--json"]):
        ran = meeting(*args)
        assert (ran.code, ran.out) == (2, "")


def test_log_without_words_needs_a_terminal(meeting):
    ran = meeting("log")
    assert (ran.code, ran.out) == (2, "")


@pytest.mark.parametrize(
    "command", [["status"], ["show", "films"], ["explain", "films"], ["status", "--group", "人群"]]
)
def test_a_day_that_is_over_keeps_its_bytes(meeting, tmp_path, command):
    past = [*command, "--as-of", "2023-05-31", "--known-by", "2023-05-31"]
    before = meeting(*past).out
    meeting("log", "films", "7", "-d", "2023-05-20")
    meeting("fix", "1", "1", "--reason", "错")
    meeting("reason", "films", "下雨")
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text(PLAN.replace("200场", "150场"), encoding="utf-8")
    meeting("log", "films", "1")
    assert "改动" in meeting("status").out
    assert meeting(*past).out == before
