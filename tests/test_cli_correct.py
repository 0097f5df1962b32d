"""Corrections on the command line: entries of their own, with a reason, at the original work day; keys; undo."""

import pytest

PLAN = """
plan: k-2023
title: 年度计划
period: 2023
defaults: {lead: 办公室}
breakdowns: {人群: [农民, 学生]}
sections:
  - id: s
    title: 活动
    goals:
      - {id: films, title: 放映科普电影, target: 200场}
      - {id: lectures, title: 科普讲座, target: 60场}
      - {id: people, title: 累计人数, target: {amount: 5000人, kind: running}}
      - {id: rate, title: 素质比例, target: {amount: 10%, kind: ratio}}
      - {id: congress, title: 代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备}, {id: hold, title: 召开}]}
      - {id: advice, title: 建言献策}
"""
NEXT_YEAR = PLAN.replace("2023", "2024").replace("放映科普电影", "明年的电影").replace("2024-10-31", "2024-10-31")


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    return run


def states(run, *words):
    return {entry["number"]: entry["state"] for entry in run("history", *words, "--json").json["entries"]}


def actual(run, goal="films", *words):
    return run("status", goal, *words, "--json").json["targets"][0]["actual"]


def test_a_fix_counts_on_the_day_of_what_it_corrects(office):
    office("log", "films", "30", "-d", "5-4")
    office("fix", "1", "3", "--reason", "多一个零")
    assert actual(office, "films", "--as-of", "2023-05-04") == "3"
    assert actual(office, "films", "--as-of", "2023-05-03") == "0"


def test_a_fix_moves_the_day(office):
    office("log", "films", "30", "-d", "5-4")
    office("fix", "1", "-d", "6-4", "--reason", "记错日子")
    assert actual(office, "films", "--as-of", "2023-06-03") == "0"
    assert actual(office, "films", "--as-of", "2023-06-04") == "30"


def test_a_fix_moves_the_goal_and_both_standings_are_shown(office):
    office("log", "films", "30")
    fixed = office("fix", "1", "--goal", "讲座", "--reason", "记错任务", "--json").json
    assert [entry["goal"] for entry in fixed["entries"]] == ["lectures"]
    assert (actual(office, "films"), actual(office, "lectures")) == ("0", "30")


def test_a_fix_keeps_note_breakdown_and_evidence(office, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"a")
    office("log", "films", "30", "人群=农民", "-n", "下乡", "--evidence", "a.jpg")
    fixed = office("fix", "1", "31", "--reason", "数错了", "--json").json["entries"][0]
    assert (fixed["note"], fixed["breakdown"], fixed["evidence"]) == ("下乡", {"人群": "农民"}, 1)


@pytest.mark.parametrize("command", [("fix", "1", "5"), ("void", "1")])
@pytest.mark.parametrize("reason", [(), ("--reason", ""), ("--reason", " \t\x1b")])
def test_a_correction_without_a_reason_is_refused(office, command, reason):
    office("log", "films", "3")
    ran = office(*command, *reason)
    assert (ran.code, ran.out) == (2, "")
    assert '加上 --reason "为什么"' in ran.err
    assert states(office) == {1: "counted"}


def test_a_fix_that_changes_nothing_is_refused(office):
    office("log", "films", "3")
    ran = office("fix", "1", "--reason", "没什么")
    assert ran.code == 2
    assert "要改什么" in ran.err


def test_what_was_fixed_is_not_fixed_again_and_the_one_that_stands_is_named(office):
    office("log", "films", "3")
    office("fix", "1", "4", "--reason", "一")
    office("fix", "3", "5", "--reason", "二")
    for command in (("fix", "1", "9", "--reason", "三"), ("void", "1", "--reason", "三")):
        ran = office(*command)
        assert (ran.code, "现在有效的是 #4" in ran.err) == (2, True)
    assert actual(office) == "5"


def test_what_was_voided_cannot_be_corrected_and_the_void_is_named(office):
    office("log", "films", "3")
    office("void", "1", "--reason", "重复")
    for command in (("fix", "1", "9", "--reason", "x"), ("void", "1", "--reason", "x")):
        ran = office(*command)
        assert (ran.code, "#3" in ran.err) == (2, True)


def test_a_fix_of_a_fix_is_taken_back_step_by_step(office):
    office("log", "films", "3")
    office("fix", "1", "4", "--reason", "一")
    office("fix", "3", "5", "--reason", "二")
    office("void", "4", "--reason", "二错了")
    assert actual(office) == "4"
    office("void", "3", "--reason", "一也错了")
    assert actual(office) == "3"
    assert states(office) == {1: "counted", 3: "void", 4: "void", 5: "counted", 6: "counted"}


def test_a_void_of_a_void_brings_the_entry_back(office):
    office("log", "films", "3")
    office("void", "1", "--reason", "重复")
    office("void", "3", "--reason", "并没有重复")
    assert (actual(office), states(office)) == ("3", {1: "counted", 3: "void", 4: "counted"})


def test_a_done_voided_is_done_again_and_its_void_cannot_be_taken_back(office):
    office("done", "congress.prepare", "-d", "5-4")
    office("void", "1", "--reason", "还没办")
    assert office("done", "congress.prepare", "-d", "6-4").code == 0
    ran = office("void", "3", "--reason", "其实办了")
    assert (ran.code, "#4" in ran.err) == (2, True)
    assert office("status", "congress", "--json").json["targets"][0]["actual"] == "1"


def test_the_done_of_a_step_that_is_done_names_the_entry(office):
    office("done", "congress.prepare")
    ran = office("done", "congress.prepare")
    assert (ran.code, "#1" in ran.err) == (2, True)


def test_a_correction_asks_as_log_does(office):
    office("log", "films", "3")
    ran = office("fix", "1", "3000", "--reason", "x")
    assert (ran.code, "--yes" in ran.err) == (2, True)
    assert office("fix", "1", "3000", "--reason", "x", "--yes").code == 0


def test_a_total_typed_too_high_is_corrected_without_a_question(office):
    office("log", "people", "100", "-d", "5-1")
    office("log", "people", "2000", "-d", "5-4")
    assert office("fix", "#3", "200", "--reason", "多打了一个零").code == 0
    assert actual(office, "people") == "200"


def test_a_total_is_measured_against_those_before_its_place(office):
    office("log", "people", "100", "-d", "5-1")
    office("log", "people", "200", "-d", "5-1")
    office("log", "people", "300", "-d", "5-1")
    assert office("fix", "#3", "150", "--reason", "数错").code == 0
    refused = office("fix", "#5", "90", "--reason", "数错")
    assert refused.code == 2
    assert "100" in refused.err
    assert actual(office, "people") == "300"


def test_a_total_moved_to_a_later_day_is_measured_there(office):
    office("log", "people", "100", "-d", "5-1")
    office("log", "people", "300", "-d", "5-4")
    refused = office("fix", "#1", "200", "-d", "5-5", "--reason", "日子错")
    assert refused.code == 2
    assert "300" in refused.err


def test_the_amount_that_stays_is_no_repeat_of_itself(office):
    office("log", "films", "3")
    assert office("fix", "1", "3", "-d", "6-1", "--reason", "x").code == 0


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["fix", "0", "1", "--reason", "x"], "没有编号为 #0"),
        (["fix", "99", "1", "--reason", "x"], "没有编号为 #99"),
        (["fix", "-3", "1", "--reason", "x"], "编号"),
        (["fix", "eins", "1", "--reason", "x"], "编号"),
        (["fix", "1", "1场", "2场", "--reason", "x"], "一次只记一个数"),
        (["fix", "1", "3本", "--reason", "x"], "场"),
        (["fix", "1", "1.5", "--reason", "x"], "整数"),
        (["fix", "1", "-d", "2023-07-01", "--reason", "x"], "2023-06-30"),
        (["fix", "1", "-d", "2022-12-31", "--reason", "x"], "2023-01-01"),
        (["fix", "2", "5", "--reason", "x"], "#2 不是工作记录，是计划文本的一个版本"),
        (["void", "2", "--reason", "x"], "#2 不是工作记录，是计划文本的一个版本"),
        (["history", "2"], "#2 不是工作记录，是计划文本的一个版本"),
        (["history", "3"], "是会议标记“例会”"),
        (["history", "4"], "是任务 films 的原因说明"),
        (["history", "5"], "是#1 的佐证 a.jpg"),
    ],
)
def test_what_cannot_be_corrected_is_refused_with_what_it_is(office, tmp_path, words, says):
    (tmp_path / "a.jpg").write_bytes(b"a")
    office("log", "films", "3")
    office("mark", "例会")
    office("reason", "films", "天气")
    office("evidence", "add", "1", "a.jpg")
    ran = office(*words)
    assert (ran.code, ran.out) == (2, "")
    assert says in ran.err


def test_a_void_has_nothing_to_fix(office):
    office("log", "films", "3")
    office("void", "1", "--reason", "x")
    assert office("fix", "3", "5", "--reason", "x").code == 2


def test_a_number_may_be_written_with_its_sign(office):
    office("log", "films", "3")
    assert office("fix", "#1", "4", "--reason", "x").code == 0
    assert office("void", "＃3", "--reason", "x").code == 0


def test_a_correction_is_signed_by_whoever_makes_it(office):
    office("log", "films", "3")
    office("fix", "1", "4", "--reason", "x", "--who", "小李")
    whos = [entry["who"] for entry in office("history", "1", "--json").json["entries"]]
    assert whos == ["小王", "小李"]


# undo


def test_undo_takes_back_all_of_the_last_call_then_the_one_before(office):
    office("log", "films", "1")
    office("done", "congress")
    assert [entry["corrects"] for entry in office("undo", "--json").json["entries"]] == [3]
    assert [entry["corrects"] for entry in office("undo", "--json").json["entries"]] == [1]
    assert office("undo").code == 2


def test_undo_leaves_what_others_recorded(office):
    office("log", "films", "1")
    office("log", "films", "2", "--who", "小李")
    assert [entry["corrects"] for entry in office("undo", "--json").json["entries"]] == [1]
    assert actual(office) == "2"


def test_undo_touches_nothing_older_where_the_last_was_fixed(office):
    office("log", "films", "1")
    office("log", "films", "2")
    office("fix", "3", "4", "--reason", "x")
    ran = office("undo")
    assert ran.code == 2
    assert "#3 已由 #4 更正" in ran.err
    assert "kxplan void 4 --reason" in ran.err
    assert actual(office) == "5"


# keys


def test_a_retried_log_is_written_once_and_answered_the_same(office):
    first = office("log", "films", "3", "-n", "下乡", "--key", "k1", "--json")
    again = office("log", "films", "3", "-n", "下乡", "--key", "k1", "--json")
    assert (again.code, again.json) == (0, first.json)
    assert actual(office) == "3"


@pytest.mark.parametrize(
    "words",
    [
        ["log", "films", "4", "--key", "k1"],
        ["log", "lectures", "3", "--key", "k1"],
        ["log", "films", "3", "-d", "6-1", "--key", "k1"],
        ["log", "films", "3", "-n", "别的", "--key", "k1"],
        ["log", "films", "3", "--who", "小李", "--key", "k1"],
        ["log", "films", "3", "人群=农民", "--key", "k1"],
        ["log", "films", "3", "--evidence", "a.jpg", "--key", "k1"],
        ["done", "congress", "--key", "k1"],
    ],
)
def test_a_key_with_other_content_is_refused(office, tmp_path, words):
    (tmp_path / "a.jpg").write_bytes(b"a")
    office("log", "films", "3", "--key", "k1")
    ran = office(*words)
    assert (ran.code, "#1" in ran.err) == (2, True)
    assert states(office) == {1: "counted"}


def test_a_retry_after_midnight_is_the_same_call(office, tmp_path):
    office("log", "films", "3", "--key", "k1")
    office("done", "congress.prepare", "--key", "k2")
    (tmp_path / "kxplan.toml").write_text("today = 2023-07-01\n", encoding="utf-8")
    assert office("log", "films", "3", "--key", "k1", "--json").json["entries"][0]["day"] == "2023-06-30"
    assert office("done", "congress.prepare", "--key", "k2", "--json").json["entries"][0]["day"] == "2023-06-30"
    assert actual(office) == "3"


def test_a_retried_same_is_the_same_though_the_level_moved(office):
    office("log", "people", "100", "-d", "6-1")
    office("log", "people", "--same", "--key", "k1", "--yes")
    office("log", "people", "200", "--yes")
    again = office("log", "people", "--same", "--key", "k1", "--json")
    assert (again.code, again.json["entries"][0]["number"]) == (0, 3)


def test_a_retry_asks_nothing_whatever_blanks_are_around_its_key(office):
    office("log", "films", "300", "--yes", "--key", " k1 ")
    assert office("log", "films", "300", "--key", " k1 ").code == 0
    assert office("log", "films", "300", "--key", "k1").code == 0
    assert actual(office) == "300"


@pytest.mark.parametrize("command", [("log", "films", "3"), ("done", "congress")])
def test_an_empty_key_is_refused(office, command):
    ran = office(*command, "--key", " ")
    assert (ran.code, "--key" in ran.err) == (2, True)
    assert states(office) == {}


# several plans


@pytest.fixture
def two_years(workspace, run):
    """The entry #1 belongs to the plan of the year before the present one; both have the same ids."""
    root = workspace(PLAN)
    run("log", "films", "3")
    (root / "plans" / "next.yaml").write_text(NEXT_YEAR, encoding="utf-8")
    (root / "kxplan.toml").write_text("today = 2024-01-15\n", encoding="utf-8")
    return run


def test_a_number_is_of_the_plan_it_was_recorded_in(two_years):
    fixed = two_years("fix", "1", "4", "--reason", "x")
    assert "放映科普电影" in fixed.out
    assert actual(two_years, "films", "-p", "k-2023") == "4"
    assert actual(two_years, "films", "-p", "k-2024") == "0"


def test_the_past_year_is_corrected_on_its_own_days(two_years):
    assert two_years("fix", "1", "-d", "12-30", "--reason", "x").code == 0
    assert two_years("history", "1", "--json").json["entries"][1]["day"] == "2023-12-30"


def test_void_and_undo_and_history_speak_of_the_same_plan(two_years):
    assert "放映科普电影" in two_years("history", "1").out
    assert "放映科普电影" in two_years("undo").out
    assert "放映科普电影" in two_years("void", "3", "--reason", "x").out


def test_a_correction_records_the_text_of_the_plan_it_belongs_to(two_years):
    two_years("void", "1", "--reason", "x")
    assert two_years("check").code == 0
    assert "k-2023" in two_years("status", "-p", "k-2023", "--json").json["plan"]


def test_a_fix_of_a_renamed_goal_is_compared_with_what_was_recorded_before(office, tmp_path):
    office("log", "people", "100", "-d", "2023-05-01")
    path = next((tmp_path / "plans").iterdir())
    renamed = path.read_text(encoding="utf-8").replace("{id: people,", "{id: persons, formerly: [people],")
    path.write_text(renamed, encoding="utf-8")
    number = office("log", "persons", "120", "-d", "2023-05-02", "--json").json["entries"][0]["number"]
    ran = office("fix", str(number), "90", "--reason", "错了")
    assert (ran.code, "100" in ran.err) == (2, True)
