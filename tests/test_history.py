"""`history`: who recorded what, when and why, the whole life of an entry, and the numbers between."""

import pytest
from by_hand import by_hand

PLAN = """
plan: p
title: 年度计划
period: 2023
defaults: {lead: 办公室}
sections:
  - id: s
    title: 活动
    goals:
      - {id: films, title: 放映科普电影, target: 200场}
      - {id: lectures, title: 科普讲座, target: 60场}
"""


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    return run


def recorded(root, number, instant):
    """Let an entry have been recorded at another instant; a test of what is shown needs no sound chain."""
    by_hand(root / "kxplan.db", f"UPDATE entries SET recorded_at = '{instant}' WHERE number = {number}")


def numbers(run, *words):
    return [entry["number"] for entry in run("history", *words, "--json").json["entries"]]


def test_the_life_of_an_entry_says_who_when_and_why(office, tmp_path):
    office("log", "films", "30", "-n", "下乡", "-d", "5-4")
    office("fix", "1", "3", "--reason", "多一个零", "--who", "小李")
    office("void", "3", "--reason", "重复", "--who", "老张")
    for number, instant in (
        (1, "2023-05-04T01:02:03.000000Z"),
        (3, "2023-05-05T16:30:00.000000Z"),
        (4, "2023-06-01T00:00:00.000000Z"),
    ):
        recorded(tmp_path, number, instant)
    told = office("history", "3", COLUMNS="60").out
    assert told.startswith("记录 #1 的来龙去脉（放映科普电影）\n")
    assert "小王 录于 2023-05-04 09:02\n" in told
    assert "小李 录于 2023-05-06 00:30，原因：多一个零\n" in told
    assert "老张 录于 2023-06-01 08:00，原因：重复\n" in told


def test_english_tells_the_same(office):
    office("log", "films", "30")
    office("fix", "1", "3", "--reason", "typo")
    told = office("history", "1", "--lang", "en").out
    assert "The life of #1" in told
    assert ", because: typo" in told


def test_the_time_is_that_of_the_office(office, tmp_path):
    office("log", "films", "30")
    recorded(tmp_path, 1, "2023-06-30T20:15:00.000000Z")
    assert "2023-07-01 04:15" in office("history", COLUMNS="140").out
    (tmp_path / "kxplan.toml").write_text('today = 2023-06-30\ntimezone = "Europe/Berlin"\n', encoding="utf-8")
    assert "2023-06-30 22:15" in office("history", COLUMNS="140").out


def test_a_life_that_was_moved_names_both_goals(office):
    office("log", "films", "30")
    office("fix", "1", "--goal", "lectures", "--reason", "记错")
    told = office("history", "1").out
    assert "放映科普电影" in told
    assert "科普讲座" in told


def test_evidence_is_told_with_who_added_it(office, tmp_path):
    (tmp_path / "a.jpg").write_bytes(b"a")
    office("log", "films", "30")
    office("evidence", "add", "1", "a.jpg", "--who", "小李")
    assert "佐证 a.jpg，小李 附于 " in office("history", "1").out


def test_every_number_of_a_life_tells_the_same_life(office):
    office("log", "films", "1")
    office("fix", "1", "2", "--reason", "x")
    office("void", "3", "--reason", "x")
    assert numbers(office, "1") == numbers(office, "3") == numbers(office, "4") == [1, 3, 4]


def test_a_life_as_then_known_has_no_later_corrections(office, tmp_path):
    office("log", "films", "1")
    office("fix", "1", "2", "--reason", "x")
    recorded(tmp_path, 1, "2023-05-04T01:02:03.000000Z")
    assert numbers(office, "1", "--known-by", "2023-05-04") == [1]
    entry = office("history", "1", "--known-by", "2023-05-04", "--json").json["entries"][0]
    assert (entry["state"], entry["amount"]) == ("counted", "1")


def test_a_number_that_was_not_yet_recorded_is_not_known(office, tmp_path):
    office("log", "films", "1")
    ran = office("history", "1", "--known-by", "2023-05-04")
    assert (ran.code, ran.out) == (2, "")


def test_the_numbers_between_are_explained(office):
    office("log", "films", "1")
    office("mark", "例会")
    office("log", "films", "2")
    told = office("history").out
    assert "#3、#2" in told
    assert "kxplan history 3 说明是哪一种" in told
    assert "编号在整本台账里连续" not in office("history", "films").out


def test_without_gaps_nothing_is_said_of_them(office):
    office("log", "films", "1")
    assert "编号在整本台账里连续" not in office("history").out


def test_the_screen_shows_the_newest_twenty_and_says_there_are_more(office):
    for _ in range(21):
        office("log", "films", "1", "--yes")
    told = office("history").out
    assert told.count("放映科普电影") == 20
    assert "--limit" in told
    assert len(numbers(office)) == 21
    assert numbers(office, "--limit", "2") == [21, 22]


@pytest.mark.parametrize("limit", ["0", "-1", "x", "1.5", ""])
def test_a_limit_is_a_number_above_zero(office, limit):
    assert office("history", "--limit", limit).code == 2


def test_entries_of_a_goal_that_is_gone_are_found_by_its_id(office, tmp_path):
    office("log", "lectures", "7")
    gone = PLAN.replace("      - {id: lectures, title: 科普讲座, target: 60场}\n", "")
    (tmp_path / "plans" / "plan0.yaml").write_text(gone, encoding="utf-8")
    ran = office("history", "lectures")
    assert ran.code == 0
    assert "计划里已没有这项任务" in ran.out
    assert "7" in ran.out
    assert numbers(office, "lectures") == [1]
    assert numbers(office) == [1]


def test_a_renamed_goal_keeps_its_history(office, tmp_path):
    office("log", "films", "7")
    renamed = PLAN.replace("{id: films,", "{id: movies, formerly: [films],")
    (tmp_path / "plans" / "plan0.yaml").write_text(renamed, encoding="utf-8")
    assert numbers(office, "movies") == numbers(office, "films") == [1]


def test_an_empty_ledger_says_how_to_begin(office):
    assert "kxplan log" in office("history").out
