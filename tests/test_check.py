"""`check`: plans, undeclared changes, vanished goals, and the ledger; 3 for a plan, 7 for the rest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from by_hand import by_hand
from docx import Document

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
      - {id: boards, title: 展板, targets: {boards: 200块, batches: 2批}}
      - {id: level, title: 比例, target: {amount: 20%, kind: latest, baseline: 10%}}
      - {id: congress, title: 代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备, due: 2023-08-31}, {id: hold, title: 召开}]}
"""
FILMS = "{id: films, title: 放映科普电影, target: 200场}"


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    assert run("log", "films", "3").code == 0
    return run


@pytest.fixture
def edited(office, tmp_path):
    """Write the plan anew with a part replaced."""

    def edited(before, after, text=PLAN):
        assert before in text
        changed = text.replace(before, after)
        (tmp_path / "plans" / "plan0.yaml").write_text(changed, encoding="utf-8")
        return changed

    return edited


# changed without a word


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("target: 200场", "target: 150场", "200 改为 150"),
        ("target: 200场", "target: {amount: 200场, by: 2023-11-30}", "2023-11-30"),
        ("target: 200场", "target: {amount: 200场, from: 2023-03-01}", "2023-03-01"),
        ("target: 200场", "target: {amount: 200场, pace: quarterly}", "放映科普电影"),
        ("target: 200场", "target: {amount: 200场, baseline: 10场}", "放映科普电影"),
        ("target: 200场", "target: 200次", "放映科普电影"),
        ("target: 200场", "target: {amount: 200场, kind: running}", "放映科普电影"),
        ("target: 200场", "target: {amount: 200场, direction: down}", "放映科普电影"),
        ("target: 200场", "target: {amount: 200场, checkpoints: [{by: 2023-12-31, reach: 200场}]}", "放映科普电影"),
        ("batches: 2批", "batches: 1批", "展板"),
        ("due: 2023-10-31", "due: 2023-11-30", "代表大会"),
        ("due: 2023-08-31", "due: 2023-09-30", "代表大会"),
        (", {id: hold, title: 召开}", "", "代表大会"),
        (FILMS, "{id: movies, title: 放映科普电影, target: 200场}", "放映科普电影"),
        (", batches: 2批", "", "展板"),
    ],
)  # fmt: skip
def test_a_promise_changed_without_a_word_is_found_and_said_above_status(office, edited, before, after, says):
    edited(before, after)
    ran = office("check")
    assert ran.code == 7
    assert says in ran.out
    first_table = office("status", COLUMNS="200").out.partition("序时差")[0]
    assert "没有" in first_table or "改动" in first_table


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: 放映科普电影", "title: 科普电影"),
        (FILMS, "{id: films, title: 放映科普电影, target: 200场, lead: 科普部, note: 说明, weight: 2}"),
        (FILMS, "{id: films, title: 放映科普电影, target: {amount: 200场, revisions: [{from: 2023-07-01, amount: 150场, reason: 调整}]}}"),
        (FILMS, "{id: films, title: 放映科普电影, target: {amount: 150场, revisions: [{from: 2023-01-01, amount: 150场, reason: 笔误}]}}"),
        (FILMS, "{id: films, title: 放映科普电影, target: 200场, cancelled: {from: 2023-06-01, reason: 停办}}"),
        (FILMS, "{id: movies, formerly: [films], title: 放映科普电影, target: 200场}"),
        (FILMS, FILMS + "\n      - {id: more, title: 新增的事, target: 3次, added: {reason: 新要求}}"),
        ("due: 2023-10-31, steps", "due: 2023-10-31, revisions: [{from: 2023-06-01, by: 2023-11-30, reason: 延期}], steps"),
    ],
)  # fmt: skip
def test_what_is_declared_or_no_promise_is_no_problem(office, edited, before, after):
    edited(before, after)
    ran = office("check")
    assert (ran.code, ran.out) == (0, "没有问题：1 个计划文件。\n")


def test_a_change_is_said_however_many_versions_follow(office, edited):
    text = edited("target: 200场", "target: 150场")
    for title in ("甲", "乙", "丙"):
        text = edited("title: 年度计划", f"title: 年度计划{title}", text.replace("甲", "").replace("乙", ""))
        assert office("log", "boards", "1块", "--yes").code == 0
        assert office("check").code == 7
    edited(
        "target: 150场", "target: {amount: 150场, revisions: [{from: 2023-01-01, amount: 150场, reason: 笔误}]}", text
    )
    assert office("check").code == 0


def test_a_change_taken_back_is_no_problem_any_more(office, edited):
    edited("target: 200场", "target: 150场")
    office("log", "films", "1", "--yes")
    edited("title: 年度计划", "title: 年度计划")
    assert office("check").code == 0


def test_the_way_out_of_another_unit_ends_in_a_goal_that_takes_entries(office, edited):
    edited("target: 200场", "target: 400次")
    assert "写上 cancelled" in office("check").out
    edited(
        FILMS,
        "{id: films, title: 放映科普电影, target: 200场, cancelled: {from: 2023-06-30, reason: 改按次数}}\n"
        "      - {id: showings, title: 放映科普电影, target: 400次, added: {reason: 改按次数}}",
    )
    assert office("log", "放映科普电影", "7次").code == 0
    assert office("check").code == 0
    standing = {each["goal"]: (each["state"], each["actual"]) for each in office("status", "--json").json["targets"]}
    assert (standing["films"], standing["showings"]) == (("cancelled", "3"), ("behind", "7"))


@pytest.fixture
def recounted(office, edited):
    """Entry 1 counts 场; 3 and 5 were recorded as 次, and then the unit was put back."""
    text = edited("target: 200场", "target: 200次")
    assert office("log", "films", "30次").code == 0
    assert office("log", "films", "40次").code == 0
    edited("target: 200次", "target: 200场", text)
    return office


def test_entries_of_a_unit_that_was_changed_in_silence_are_named_once_it_is_back(recounted):
    ran = recounted("check")
    assert ran.code == 7
    assert "“放映科普电影”（films）有 2 条记录记下时单位是 次，现在按 场 算：#3、#5；" in ran.out


def test_an_entry_of_another_unit_is_named_until_it_is_fixed_or_void(recounted):
    assert recounted("fix", "3", "6", "--reason", "按场数").code == 0
    assert "有 1 条记录记下时单位是 次，现在按 场 算：#5；" in recounted("check").out
    assert recounted("void", "5", "--reason", "重记").code == 0
    assert recounted("check").code == 0


def test_while_the_unit_is_changed_only_that_is_told(office, edited):
    edited("target: 200场", "target: 200次")
    office("log", "films", "30次")
    out = office("check").out
    assert ("请改回去" in out, "条记录" in out) == (True, False)


def test_a_unit_that_changed_before_anything_was_recorded_is_no_problem(office, edited):
    edited("{boards: 200块, batches: 2批}", "{boards: 300张, batches: 2批}")
    office("log", "films", "1", "--yes")
    edited("title: 年度计划", "title: 年度计划")
    assert office("log", "boards", "10块").code == 0
    assert office("check").code == 0


def test_a_slip_of_the_unit_leaves_the_figures_and_another_amount_does_not(office, edited):
    def slip(amount):
        return f"target: {{amount: {amount}, revisions: [{{from: 2023-01-01, amount: {amount}, reason: 笔误}}]}}"

    edited("target: 200场", slip("200次"))
    assert office("check").code == 0
    edited("target: 200场", slip("20趟"))
    assert "#1" in office("check").out


def test_cancelling_hides_no_other_change(office, edited):
    edited(FILMS, "{id: films, title: 放映科普电影, target: 50场, cancelled: {from: 2023-12-01, reason: 停办}}")
    ran = office("check")
    assert (ran.code, "50" in ran.out) == (7, True)


def test_a_revision_rewritten_after_the_fact_is_found(office, edited):
    text = edited(
        FILMS,
        "{id: films, title: 放映科普电影, target: {amount: 200场, revisions: [{from: 2023-06-01, amount: 150场, reason: 调整}]}}",
    )
    office("log", "films", "1", "--yes")
    assert office("check").code == 0
    edited("amount: 150场", "amount: 100场", text)
    assert office("check").code == 7


def test_a_revision_that_vanishes_is_found(office, edited):
    edited(
        FILMS,
        "{id: films, title: 放映科普电影, target: {amount: 200场, revisions: [{from: 2023-06-01, amount: 150场, reason: 调整}]}}",
    )
    office("log", "films", "1", "--yes")
    edited("title: 年度计划", "title: 年度计划")
    assert office("check").code == 7


def test_a_cancellation_that_vanishes_is_found(office, edited):
    edited(FILMS, "{id: films, title: 放映科普电影, target: 200场, cancelled: {from: 2023-06-01, reason: 停办}}")
    office("log", "boards", "1块")
    edited("title: 年度计划", "title: 年度计划")
    assert office("check").code == 7


def test_entries_of_a_vanished_goal_are_listed(office, edited):
    edited("      - " + FILMS + "\n", "")
    ran = office("check")
    assert ran.code == 7
    assert "films" in ran.out
    assert "1 条记录" in ran.out
    assert office("history", "--json").json["entries"][0]["goal"] == "films"


# damage


def test_a_changed_entry_is_named(office, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    ran = office("check")
    assert (ran.code, "#1" in ran.out) == (7, True)


def test_a_damaged_page_names_the_entries_it_takes(office, tmp_path):
    for _ in range(120):
        office("log", "films", "1", "-n", "字" * 200, "--yes")
    path = tmp_path / "kxplan.db"
    whole = bytearray(path.read_bytes())
    place = whole.index("字".encode() * 200)
    page = place // 4096 * 4096
    whole[page : page + 4096] = bytes(4096)
    path.write_bytes(whole)
    ran = office("check")
    assert ran.code == 7
    assert "不可采信" in ran.out
    assert "#" in ran.out
    status = office("status", "films", "--json")
    assert status.code == 7
    assert 0 < int(status.json["targets"][0]["actual"]) < 123
    assert "不可采信" in status.err


def test_a_plan_with_problems_comes_first_though_the_ledger_is_damaged_too(office, tmp_path):
    (tmp_path / "plans" / "bad.yaml").write_text("plan: q\n", encoding="utf-8")
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 1 WHERE number = 1")
    ran = office("check")
    assert ran.code == 3
    assert "bad.yaml" in ran.out
    assert "#1" in ran.out


@pytest.mark.parametrize("content", [b"", b"nonsense" * 999])
def test_a_ledger_that_cannot_be_opened_is_one_problem_among_others(office, tmp_path, content):
    (tmp_path / "kxplan.db").write_bytes(content)
    ran = office("check", "--json")
    assert ran.code == 7
    assert len(ran.json["problems"]) == 1
    assert "kxplan restore" in ran.json["problems"][0]["message"]
    (tmp_path / "plans" / "bad.yaml").write_text("plan: q\n", encoding="utf-8")
    assert office("check").code == 3


def test_status_shows_what_can_be_trusted_and_names_the_rest(office, tmp_path):
    office("log", "films", "40")
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = 999000000 WHERE number = 1")
    ran = office("status", "films")
    assert ran.code == 7
    assert "40/200场" in ran.out
    assert "#1 不可采信" in ran.err
    assert "kxplan restore" in ran.err


def test_check_reads_a_file_outside_a_workspace(run, tmp_path):
    (tmp_path / "x.yaml").write_text(PLAN, encoding="utf-8")
    assert run("check", "x.yaml").code == 0
    assert run("check", "nowhere.yaml").code == 2


@pytest.mark.skipif(os.name == "nt", reason="no such shell there")
def test_check_reads_what_a_shell_hands_it(tmp_path):
    (tmp_path / "x.yaml").write_text(PLAN, encoding="utf-8")
    command = f'"{sys.executable}" -m kxplan check <(cat "{tmp_path}/x.yaml")'
    done = subprocess.run(
        ["bash", "-c", command], capture_output=True, check=False, cwd=Path(__file__).parent.parent,
        env={"PATH": os.environ["PATH"], "KXPLAN_LANG": "zh"},
    )  # fmt: skip
    assert (done.returncode, done.stdout.decode()) == (0, "没有问题：1 个计划文件。\n")


@pytest.mark.skipif(os.name == "nt", reason="no such device there")
def test_a_file_without_an_end_is_refused(run):
    assert run("check", "/dev/zero").code == 3


# a plan that is gone, and one that is not finished


def test_entries_of_a_plan_whose_id_was_changed_are_told_by_check_and_status(office, edited):
    edited("plan: p", "plan: q")
    ran = office("check")
    assert (ran.code, "计划 p 的 1 条记录" in ran.out, "改回 p" in ran.out) == (7, True, True)
    assert "计划 p 的 1 条记录" in office("status", "--plain").out
    assert "计划 p 的 1 条记录" in office("status", "--json").err
    edited("plan: p", "plan: p")
    assert (office("check").code, "1 条记录" in office("status", "--plain").out) == (0, False)


def test_a_plan_that_cannot_be_read_is_not_called_gone(office, edited):
    edited("title: 年度计划", "titel: 年度计划")
    ran = office("check")
    assert (ran.code, "plans 文件夹里却没有" in ran.out) == (3, False)


@pytest.mark.parametrize(
    "comment", ["# 存疑：比例超过 100%", "# 请定：没有写牵头单位的任务，都归到这里", "# decide: the text names no day"]
)
def test_what_a_draft_left_to_be_decided_is_told_with_its_line(office, edited, comment):
    edited("    goals:", f"    goals:\n      {comment}")
    ran = office("check")
    assert (ran.code, ran.out) == (0, "没有问题：1 个计划文件。\n")
    assert "plan0.yaml 里还有 1 处" in ran.err
    assert "第 10 行" in ran.err


def test_a_word_document_under_the_name_of_a_plan_is_told_to_be_one(office, tmp_path):
    Document().save(tmp_path / "plans" / "2026.yaml")
    ran = office("check")
    assert (ran.code, ran.out.startswith("plans/2026.yaml:1:1: 这是一份 Word 文档，不是计划文件；")) == (3, True)
    assert "kxplan draft" in ran.out
