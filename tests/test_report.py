"""The report of a period: what it says, in which order, of which period, and how it is written to a file."""

import os
import re
import resource
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from by_hand import by_hand
from meeting import PLAN, held

from kxplan.text import width as columns_of

WEEK_52 = """
plan: turn
title: 跨年计划
period: {start: 2023-01-01, end: 2024-12-31}
defaults: {lead: 办公室}
sections: [{id: s, title: 板块, goals: [{id: films, title: 放映电影, target: 100场}]}]
"""


@pytest.fixture
def meeting(workspace, run, tmp_path):
    held(workspace(PLAN))
    return run


@pytest.mark.parametrize("words", [("report",), ("goals", "--silent")])
def test_a_plan_without_reporting_says_so_where_nothing_can_be_owed(workspace, run, tmp_path, words):
    root = workspace(WEEK_52)
    told = run(*words).out
    assert ("没有规定填报周期" in told, "reporting: monthly" in told) == (True, True)
    plan = root / "plans" / "plan0.yaml"
    plan.write_text(WEEK_52.replace("lead: 办公室", "lead: 办公室, reporting: quarterly"), encoding="utf-8")
    told = run(*words, KXPLAN_LANG="en").out
    assert "sets no reporting period" not in told


def test_what_is_worked_out_in_yuan_is_shown_to_fen_and_kept_whole_for_programs(workspace, run):
    plan = WEEK_52.replace("100场", "328167元").replace("2024", "2023")
    workspace(plan)
    assert run("log", "films", "1000.125元", "-d", "5-1").code == 0
    for words in (("report",), ("explain", "films"), ("show", "films")):
        told = run(*words).out
        assert ("162,734.87元" in told, "162,734.868" in told) == (True, False)
    assert "1,000.125元" in run("report").out
    (target,) = run("status", "--json").json["targets"]
    assert target["expected"] == "162734.868493"
    assert run("report", "-o", "r.csv").code == 0
    assert "162734.868493" in Path("r.csv").read_text(encoding="utf-8-sig")


def headings(text):
    return [line for line in text.splitlines() if re.match(r"[一二三四五六七八九十]+、", line)]


def section(text, number):
    """What stands under a numbered heading."""
    return re.split(r"(?m)^[一二三四五六七八九十]+、.*\n", text)[number]


def test_the_parts_come_in_the_offices_own_order(meeting):
    assert [re.sub("^.*、", "", line) for line in headings(meeting("report").out)] == [
        "本周工作完成情况",
        "滞后事项和原因",
        "未填报事项",
        "下一步到期事项",
        "对以前报告数字的更正",
        "进度预测",
        "全年走势",
    ]


def test_half_and_year_add_the_whole_table_scores_revisions_and_evidence(meeting):
    added = ["任务完成情况总表", "得分", "各月亮灯情况", "计划调整及原因", "佐证材料"]
    for span, name in (("half", "上半年"), ("year", "本年")):
        told = [re.sub("^.*、", "", line) for line in headings(meeting("report", span).out)]
        assert told[0] == f"{name}工作完成情况"
        assert told[6:11] == added


def test_a_week_is_the_iso_one_with_its_days(meeting):
    assert meeting("report").out.startswith("年度计划　第26周（6.26–7.2）工作报告\n")


@pytest.mark.parametrize(
    ("span", "of", "name"),
    [
        ("week", "2023-01-01", "2022年第52周（1.1）"),
        ("week", "2024-12-29", "2024年第52周（12.23–12.29）"),
        ("week", "2024-12-30", "2025年第1周（12.30–12.31）"),
        ("week", "2023-12-31", "2023年第52周（12.25–12.31）"),
        ("week", "2024-01-03", "2024年第1周（1.1–1.7）"),
        ("month", "2024-02-29", "2024年2月"),
        ("quarter", "2023-08-01", "2023年第三季度"),
        ("half", "2024-07-01", "2024年下半年"),
        ("year", "2023-05-05", "2023年"),
    ],
)
def test_a_period_has_its_name_and_a_week_ends_with_the_year(workspace, run, span, of, name):
    workspace(WEEK_52, today="2024-12-31")
    assert run("report", span, "--of", of).out.startswith(f"跨年计划　{name}工作报告\n")


def test_chinese_words_name_a_period_too(meeting):
    assert meeting("report", "月").out == meeting("report", "month").out


def test_an_unknown_period_is_refused_with_the_known_ones(meeting):
    ran = meeting("report", "fortnight")
    assert ran.code == 2
    assert ran.out == ""
    assert "“fortnight”" in ran.err
    assert "week、month、quarter、half、year" in ran.err


def test_the_work_of_the_period_and_the_work_so_far_are_told_apart(meeting):
    booklets = next(one for one in meeting("report", "month", "--json").json["done"] if one["goal"] == "booklets")
    assert booklets["done"] == "8000"
    assert booklets["actual"] == "20000"
    assert booklets["amount"] == "24000"
    assert booklets["light_before"] == "green"


def test_a_level_tells_how_far_it_moved(meeting):
    meeting("log", "rate", "9.6", "-d", "2023-06-28")
    (rate,) = [one for one in meeting("report", "--json").json["done"] if one["goal"] == "rate"]
    assert rate["done"] == "0.4"
    assert rate["actual"] == "9.6"


def test_a_step_done_is_counted_and_named(meeting):
    told = meeting("report", "month", "--of", "2023-05-20", "--json").json["done"]
    (congress,) = [one for one in told if one["goal"] == "congress"]
    assert congress["done_steps"] == 1
    assert congress["actual_steps"] == 1
    assert congress["steps"] == 3
    assert "完成：筹备" in congress["notes"]


def test_entries_that_are_too_many_to_tell_are_counted(meeting):
    for number in range(9):
        meeting("log", "films", "1", "-d", "2023-06-27", "-n", f"第{number}场", "--yes")
    (films,) = [one for one in meeting("report", "--json").json["done"] if one["goal"] == "films"]
    assert len(films["notes"]) == 7
    assert films["notes"][-1] == "另有 3 条记录没有列出。"


def test_what_an_entry_says_is_told_however_many_say_nothing_after_it(meeting):
    meeting("log", "films", "1", "-d", "2023-06-26", "-n", "露天场")
    for number in range(30):
        meeting("log", "films", str(number + 2), "-d", "2023-06-27", "--yes")
    (films,) = [one for one in meeting("report", "--json").json["done"] if one["goal"] == "films"]
    assert any("露天场" in note for note in films["notes"])


def test_a_period_without_entries_says_so(meeting):
    ran = meeting("report")
    assert ran.code == 0
    assert section(ran.out, 1).strip() == "本周没有工作记录。"
    assert meeting("report", "--json").json["done"] == []


def test_what_is_behind_stands_with_its_reason(meeting):
    meeting("reason", "films", "放映机送修", "--measure", "租一台", "--until", "2023-07-15")
    told = section(meeting("report").out, 2)
    assert "放映电影" in told
    assert "原因：放映机送修；措施：租一台；2023-07-15 前解决" in told
    assert "未说明原因" in told


def test_what_nobody_reported_is_named_with_its_department(meeting):
    (visits,) = meeting("report", "--json").json["silent"]
    assert (visits["goal"], visits["lead"]) == ("visits", "办公室")
    assert visits["owed"] == {"from": "2023-05-01", "through": "2023-05-31"}
    assert visits["last"] == "2023-04-10"


def test_what_falls_due_reaches_to_the_end_of_the_next_period(meeting):
    due = [(one["day"], one["title"], one["what"]) for one in meeting("report", "--json").json["due"]]
    assert due == [("2023-07-05", "代表大会", "通知")]
    quarter = meeting("report", "quarter", "--json").json["due"]
    assert [one["day"] for one in quarter] == ["2023-07-05"]


def test_work_recorded_late_is_a_correction_of_earlier_reports(meeting):
    told = section(meeting("report", "month").out, 5)
    assert "补记以前的工作 1 条" in told
    assert "补记 2023-05-10 的工作：22场" in told


def test_corrections_of_a_goal_with_a_new_id_stand_under_that_in_one_row(meeting, tmp_path):
    path = tmp_path / "plans" / "plan0.yaml"
    text = path.read_text(encoding="utf-8").replace("id: films,", "id: movies, formerly: [films],")
    path.write_text(text, encoding="utf-8")
    meeting("log", "movies", "3", "-d", "2023-05-11")
    rows = meeting("report", "month", "--json").json["corrections"]
    assert [(row["goal"], row["target"], row["number"]) for row in rows] == [("movies", "movies", "#10–#14")]


def test_a_fix_of_earlier_figures_is_told_with_its_reason(meeting):
    meeting("fix", "3", "10", "--reason", "多记两场", "--yes")
    told = section(meeting("report").out, 5)
    assert "多记两场" in told


def test_nothing_corrected_says_so(meeting):
    assert "没有更正以前报告过的数字。" in section(meeting("report", "week", "--of", "2023-03-20").out, 5)


def test_a_department_gets_its_own(meeting):
    ran = meeting("report", "half", "--lead", "办公室", "--json")
    assert ran.json["lead"] == "办公室"
    assert {one["lead"] for one in ran.json["whole"]} == {"办公室"}
    assert sum(ran.json["summary"][light] for light in ("green", "yellow", "red", "blue", "grey", "none")) == 3
    assert "（办公室）" in ran.json["title"]


def test_an_unknown_department_names_the_known_ones(meeting):
    ran = meeting("report", "--lead", "宣传部")
    assert ran.code == 2
    assert "科普部" in ran.err


def test_revisions_stand_with_their_reasons(meeting):
    told = section(meeting("report", "half").out, 10)
    assert "经费压缩，科协〔2023〕6号" in told
    assert "场地收回" in told


def test_the_score_is_that_of_status(meeting):
    assert meeting("report", "half", "--json").json["summary"] == meeting("status", "--json").json["summary"]


@pytest.fixture
def scored(workspace, run):
    """Puts the score where it is asked to be: one entry of last week, one of this."""
    workspace(WEEK_52.replace("100场", "10000场"))

    def make(before, now):
        run("log", "films", str(before), "-d", "2023-06-24")
        run("mark", "例会")
        run("log", "films", str(now), "-d", "2023-06-28")
        return run("report").out, run("status", "--since", "例会").out

    return make


@pytest.mark.parametrize(
    ("before", "now", "moved"), [(9996, 4, "得分 99.9 → 100.0"), (6665, 3, None), (6664, 1, "得分 66.6 → 66.7")]
)
def test_a_score_moved_where_the_figures_told_of_it_differ(scored, before, now, moved):
    report, since = scored(before, now)
    if moved is None:
        assert "本周得分没有变，仍为 66.7。" in report
        assert "得分 66.7 →" not in since
    else:
        assert f"本周{moved}。" in report
        assert moved in since


def test_the_figures_are_those_of_status(meeting):
    whole = {(one["goal"], one["target"]): one for one in meeting("report", "half", "--json").json["whole"]}
    for target in meeting("status", "--json").json["targets"]:
        told = whole[(target["goal"], target["target"])]
        assert {told[key] == target[key] for key in ("attained", "gap", "light", "state", "lead", "assist")} == {True}
        if target["kind"] not in ("milestone", "ongoing") and target["last_entry"]:
            assert (told["actual"], told["amount"], told["unit"]) == (
                target["actual"],
                target["amount"],
                target["unit"],
            )


def test_an_earlier_period_is_told_as_of_its_last_day(meeting):
    ran = meeting("report", "month", "--of", "2023-04-15", "--json")
    assert (ran.json["from"], ran.json["through"], ran.json["as_of"]) == ("2023-04-01", "2023-04-30", "2023-04-30")


def test_a_running_period_may_be_named_by_a_day_to_come(meeting):
    assert meeting("report", "year", "--of", "2023-12-01", "--json").json["as_of"] == "2023-06-30"


def test_a_period_that_has_not_begun_is_refused(meeting):
    ran = meeting("report", "month", "--of", "2023-07-01")
    assert ran.code == 2
    assert ran.out == ""
    assert "2023-07-01" in ran.err


def test_a_plan_that_has_not_begun_has_nothing_to_report(workspace, run):
    workspace(PLAN, today="2022-12-20")
    ran = run("report")
    assert (ran.code, ran.out) == (2, "")
    assert "2023-01-01" in ran.err


def test_of_a_plan_that_is_over_the_last_period_is_reported(workspace, run):
    held(workspace(PLAN, today="2024-02-01"))
    ran = run("report", "month")
    assert ran.code == 0
    assert ran.out.startswith("年度计划　2023年12月工作报告\n")
    assert "已于 2023-12-31 结束" in ran.err


def test_a_day_outside_the_plan_is_refused(meeting):
    ran = meeting("report", "--of", "2022-06-01")
    assert (ran.code, ran.out) == (2, "")


def test_a_target_changed_without_a_revision_is_said_at_the_head(meeting, tmp_path):
    path = tmp_path / "plans" / "plan0.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("200场", "150场"), encoding="utf-8")
    assert "计划有改动未说明" in meeting("report").out.split("一、")[0]


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", [60, 80, 120])
def test_no_line_is_wider_than_the_screen(meeting, width, language):
    for span in ("week", "month", "year"):
        lines = meeting("report", span, COLUMNS=str(width), KXPLAN_LANG=language).out.splitlines()
        assert [line for line in lines if columns_of(line.rstrip()) > width] == []


# Files


def test_the_ending_says_the_format_whatever_its_case(meeting, tmp_path):
    assert meeting("report", "-o", "周报.TXT").code == 0
    assert (tmp_path / "周报.TXT").read_text(encoding="utf-8").startswith("年度计划")


def test_a_file_written_is_named_and_stdout_has_no_report(meeting):
    ran = meeting("report", "-o", "周报.md")
    assert ran.out == "报告写好了：周报.md\n"
    assert meeting("report", "-o", "周报.md", "--json").json == {"kxplan": 1, "file": "周报.md"}


@pytest.mark.parametrize("name", ["周报.pdf", "周报", ".md", "周报.doc"])
def test_an_unknown_ending_is_refused_with_the_known_ones(meeting, tmp_path, name):
    ran = meeting("report", "-o", name)
    assert (ran.code, ran.out) == (2, "")
    assert "md、html、docx、xlsx、csv、json、txt" in ran.err
    assert not (tmp_path / name).exists()


def test_a_report_follows_the_umask(meeting, tmp_path):
    before = os.umask(0o027)
    try:
        meeting("report", "-o", "a.txt")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "a.txt").stat().st_mode) == 0o640


def test_an_older_report_is_replaced(meeting, tmp_path):
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    assert meeting("report", "-o", "a.txt").code == 0
    assert "old" not in (tmp_path / "a.txt").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.glob("*a.txt*")] == ["a.txt"]


def test_a_folder_that_is_not_there_is_told_and_nothing_is_written(meeting):
    ran = meeting("report", "-o", "no/where.txt")
    assert (ran.code, ran.out) == (6, "")
    assert "no/where.txt 写不进去：没有这个文件夹；先建好文件夹" in ran.err


def process(tmp_path, *args, prefix=(), **options):
    environ = {**os.environ, "KXPLAN_WORKSPACE": str(tmp_path), "KXPLAN_LANG": "zh"}
    return subprocess.run(
        [*prefix, sys.executable, "-m", "kxplan", *args],
        cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, **options,
    )  # fmt: skip


def test_a_file_that_may_not_grow_leaves_the_older_report(meeting, tmp_path):
    (tmp_path / "a.xlsx").write_bytes(b"old")
    small = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (2048, 2048))  # noqa: E731
    ran = process(tmp_path, "report", "-o", "a.xlsx", preexec_fn=small)
    assert ran.returncode == 6
    assert ran.stdout == ""
    assert "Traceback" not in ran.stderr
    assert (tmp_path / "a.xlsx").read_bytes() == b"old"
    assert [path.name for path in tmp_path.glob("*a.xlsx*")] == ["a.xlsx"]


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
@pytest.mark.parametrize("call", ["fsync", "rename"])
def test_a_full_disk_leaves_the_older_report(meeting, tmp_path, call):
    (tmp_path / "a.txt").write_bytes(b"old")
    strace = ("strace", "-f", "-o", "/dev/null", "-e", f"inject={call}:error=ENOSPC:when=1+")
    ran = process(tmp_path, "report", "-o", "a.txt", prefix=strace)
    assert ran.returncode == 6
    assert "Traceback" not in ran.stderr
    assert "a.txt" in ran.stderr
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.glob("*a.txt*")] == ["a.txt"]


def test_a_report_of_a_damaged_ledger_says_so_on_the_page(meeting, tmp_path):
    by_hand(tmp_path / "kxplan.db", "UPDATE entries SET amount = amount + 1 WHERE number = 3")
    ran = meeting("report", "-o", "a.txt")
    assert ran.code == 7
    assert "#3" in (tmp_path / "a.txt").read_text(encoding="utf-8")


def test_the_same_report_has_the_same_bytes(meeting, tmp_path):
    for ending in ("md", "txt", "csv", "json", "xlsx"):
        meeting("report", "half", "-o", f"a.{ending}")
        first = (tmp_path / f"a.{ending}").read_bytes()
        meeting("report", "half", "-o", f"a.{ending}")
        assert (tmp_path / f"a.{ending}").read_bytes() == first
