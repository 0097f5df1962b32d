"""`import`: what a sheet becomes, all rows or none, and never twice."""

import csv
import json
from datetime import datetime

import pytest
from openpyxl import Workbook

from kxplan.commands.following import told_when_interrupted
from kxplan.errors.intake import ImportInterruptedError

PLAN = """
plan: k-2023
title: 区科协2023年度工作计划
period: 2023
defaults: {lead: 科普部}
breakdowns: {人群: [农民, 社区居民]}
sections:
  - id: literacy
    title: 提高全民科学素质
    goals:
      - {id: booklets, title: 编印科普书籍, aliases: [书籍], target: 3万册}
      - {id: films, title: 放映科普电影, aliases: [电影], target: 200场}
      - id: boards
        title: 制作科普展板
        targets: {boards: 200块, batches: 2批}
      - {id: rate, title: 公民科学素质比例, target: {amount: 10%, kind: latest}}
      - {id: visits, title: 参观人次, target: {amount: 10万人次, kind: running}}
      - {id: cover, title: 信息员覆盖率, target: {amount: 90%, kind: ratio}}
      - {id: congress, title: 召开代表大会, due: 2023-10-31, steps: [{id: prepare, title: 筹备, due: 2023-08-31}, {id: hold, title: 召开}]}
      - {id: advice, title: 建言献策}
"""
HEADINGS = ["日期", "工作任务", "数量", "单位", "说明", "经办人"]


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    return run


@pytest.fixture
def sheet(tmp_path):
    """A csv from rows, in an encoding."""

    def write(*rows, headings=HEADINGS, encoding="utf-8", name="x.csv", separator=","):
        with (tmp_path / name).open("w", encoding=encoding, newline="") as file:
            csv.writer(file, delimiter=separator).writerows([headings, *rows])
        return name

    return write


@pytest.fixture
def book(tmp_path):
    """An xlsx that a function fills in."""

    def write(fill, name="x.xlsx"):
        made = Workbook()
        made.active.title = "填报"
        fill(made)
        made.save(tmp_path / name)
        return name

    return write


def entries(run):
    return [
        (one["goal"], one["target"], one["day"], one["amount"], one["note"], one["who"])
        for one in run("history", "--json").json["entries"]
    ]


def rows_of(*rows, headings=HEADINGS):
    def fill(made):
        for row in (headings, *rows):
            made.active.append(row)

    return fill


FILM = ["2023-05-04", "放映科普电影", "3", "场", "社区放映", "小李"]


# What a row becomes


def test_a_row_becomes_an_entry(office, sheet):
    ran = office("import", sheet(FILM))
    assert ran.code == 0, ran.err
    assert ran.out.splitlines()[0] == "记入 1 条（#1）。"
    assert "3/200场" in ran.out
    assert entries(office) == [("films", "films", "2023-05-04", "3", "社区放映", "小李")]


def test_json_gives_the_entries_as_log_does(office, sheet):
    answer = office("import", sheet(FILM), "--json").json
    logged = office("log", "films", "1", "--json").json
    assert answer["entries"][0].keys() == logged["entries"][0].keys()
    assert answer["standing"][0]["actual"] == "3"


def test_who_records_it_did_it_where_the_row_names_nobody(office, sheet):
    office("import", sheet([*FILM[:5], ""]))
    assert entries(office)[0][5] == "小王"


@pytest.mark.parametrize(
    "goal",
    ["1.放映科普电影", "1、放映科普电影", "（一）放映科普电影", "二、放映科普电影", "① 放映 科普电影", "12）电影"],
)
def test_a_number_before_a_goal_says_nothing(office, sheet, goal):
    assert office("import", sheet(["2023-05-04", goal, "3", "场", "", ""])).code == 0
    assert entries(office)[0][0] == "films"


def test_an_alias_that_no_plan_takes_is_not_suggested(office, sheet):
    said = office("import", sheet(["2023-05-04", "印书、放电影", "3", "", "", ""])).err
    assert said.startswith("B2：找不到任务“印书、放电影”；")
    assert "aliases" not in said


@pytest.mark.parametrize("headings", [
    ["日期", "工作任务", "数量", "单位", "说明", "经办人"],
    ["工作日期", "任务名称", "完成数量", "计量单位", "备注", "填报人"],
    ["Date", "Task", "Amount", "Unit", "Note", "Who"],
    ["日期*", " 工作 任务 ", "数量（必填）", "单位：", "说明", "经办人"],
    ["日期", "指标", "数量", "单位", "说明", "经办人"],
])  # fmt: skip
def test_headings_go_by_many_names(office, sheet, headings):
    assert office("import", sheet(FILM, headings=headings)).code == 0
    assert entries(office) == [("films", "films", "2023-05-04", "3", "社区放映", "小李")]


def test_the_unit_may_stand_in_the_heading(office, sheet):
    assert office("import", sheet(["2023-05-04", "boards", "30"], headings=["日期", "任务", "数量（块）"])).code == 0
    assert entries(office)[0][:4] == ("boards", "boards", "2023-05-04", "30")


@pytest.mark.parametrize(
    ("written", "amount"), [("3万", "30000"), ("1,200", "1200"), ("１２", "12"), ("2 万册", "20000"), ("0", "0")]
)
def test_amounts_are_read_as_people_write_them(office, sheet, written, amount):
    assert office("import", sheet(["2023-05-04", "书籍", written, "册", "", ""])).code == 0
    assert entries(office)[0][3] == amount


@pytest.mark.parametrize(
    "day",
    [
        "2023-05-04",
        "2023/5/4",
        "2023.5.4",
        "2023年5月4日",
        "20230504",
        "5月4日",
        "5-4",
        "2023-05-04 09:30",
        "2023/5/4 9:30:00",
        "45050",
        "45050.5",
        "2023-05-04 星期四",
        "2023年5月4日（周四）",
        "5月4日 星期四",
        "5月4日上午",
    ],
)
def test_days_are_read_as_people_and_sheets_write_them(office, sheet, day):
    assert office("import", sheet([day, *FILM[1:]])).code == 0
    assert entries(office)[0][2] == "2023-05-04"


def test_units_decide_among_several_targets(office, sheet):
    rows = (["2023-05-04", "制作科普展板", "30", "块", "", ""], ["2023-05-04", "制作科普展板", "1", "批", "", ""])
    assert office("import", sheet(*rows)).code == 0
    assert [entry[1] for entry in entries(office)] == ["boards", "batches"]


def test_a_target_has_a_column_of_its_own_where_the_sheet_has_one(office, sheet):
    assert (
        office(
            "import",
            sheet(["2023-05-04", "制作科普展板", "batches", "1"], headings=["日期", "工作任务", "指标", "数量"]),
        ).code
        == 0
    )
    assert entries(office)[0][1] == "batches"


def test_a_ratio_has_a_column_for_its_denominator(office, sheet):
    assert (
        office(
            "import", sheet(["2023-05-04", "cover", "95", "100"], headings=["日期", "工作任务", "数量", "分母"])
        ).code
        == 0
    )
    assert entries(office)[0][3] == "95/100"


def test_a_ratio_may_stand_in_one_cell(office, sheet):
    assert office("import", sheet(["2023-05-04", "cover", "95/100", "%", "", ""])).code == 0
    assert entries(office)[0][3] == "95/100"


def test_a_percentage_of_a_sheet_is_one_here(office, book):
    def fill(made):
        rows_of(["2023-05-04", "公民科学素质比例", 0.092])(made)
        made.active["C2"].number_format = "0.0%"

    assert office("import", book(fill)).code == 0
    assert entries(office)[0][3] == "9.2"


def test_figures_have_the_digits_that_a_sheet_shows(office, book):
    assert office("import", book(rows_of(["2023-05-04", "公民科学素质比例", 0.1 + 0.2]))).code == 0
    assert entries(office)[0][3] == "0.3"


def test_breakdowns_have_a_column_each(office, sheet):
    headings = ["日期", "工作任务", "数量", "人群"]
    assert (
        office(
            "import", sheet(["2023-05-04", "films", "3", "农民"], ["2023-05-05", "films", "1", ""], headings=headings)
        ).code
        == 0
    )
    assert [one["breakdown"] for one in office("history", "--json").json["entries"]] == [{"人群": "农民"}, {}]


def test_a_note_is_enough_for_an_ongoing_goal(office, sheet):
    assert office("import", sheet(["2023-05-04", "建言献策", "", "", "提案两件", ""])).code == 0
    assert entries(office)[0][3:5] == (None, "提案两件")


MILESTONE = ["日期", "工作任务", "是否完成", "说明"]


def test_a_step_is_completed_by_a_word(office, sheet):
    assert office("import", sheet(["2023-05-04", "召开代表大会：筹备", "完成", ""], headings=MILESTONE)).code == 0
    entry = office("history", "--json").json["entries"][0]
    assert (entry["act"], entry["steps"]) == ("done", ["prepare"])


def test_a_whole_milestone_completes_the_steps_still_open(office, sheet):
    rows = (["2023-05-04", "congress.prepare", "完成", ""], ["2023-06-04", "召开代表大会", "√", ""])
    assert office("import", sheet(*rows, headings=MILESTONE)).code == 0
    assert [one["steps"] for one in office("history", "--json").json["entries"]] == [["prepare"], ["hold"]]


def test_a_completed_milestone_comes_again_and_adds_nothing(office, sheet):
    file = sheet(["2023-06-04", "召开代表大会", "完成", ""], headings=MILESTONE)
    assert office("import", file).code == 0
    assert office("import", file).out == "没有新的记录；1 行以前都记过。\n"


def test_a_step_done_before_is_refused(office, sheet):
    office("done", "congress.prepare")
    ran = office("import", sheet(["2023-06-04", "congress.prepare", "完成", ""], headings=MILESTONE))
    assert ran.code == 2
    assert ran.err.startswith("B2：“召开代表大会”的这个节点已经完成过")


# Once


def test_the_same_file_again_adds_nothing(office, sheet):
    file = sheet(FILM, ["2023-05-05", *FILM[1:]])
    assert office("import", file).code == 0
    again = office("import", file)
    assert (again.code, again.out) == (0, "没有新的记录；2 行以前都记过。\n")
    assert office("import", file, "--json").json["entries"] == []
    assert len(entries(office)) == 2


def test_saved_again_in_another_form_it_is_the_same_file(office, sheet, book):
    assert office("import", sheet(FILM, encoding="gb18030")).code == 0
    saved = book(rows_of([datetime(2023, 5, 4), "电影", 3, "场", "社区放映", "小李"]))
    assert office("import", saved).out == "没有新的记录；1 行以前都记过。\n"


def test_two_equal_rows_both_count(office, sheet):
    file = sheet(FILM, FILM)
    assert office("import", file).code == 0
    assert office("import", file).code == 0
    assert len(entries(office)) == 2


def test_rows_added_below_are_the_only_new_ones(office, sheet):
    office("import", sheet(FILM))
    ran = office("import", sheet(FILM, ["2023-05-05", *FILM[1:]]))
    assert ran.out.splitlines()[0] == "记入 1 条（#3）；另有 1 条以前记过，没有重复记。"


def test_an_import_can_be_undone_as_one(office, sheet):
    office("import", sheet([*FILM[:5], ""], ["2023-05-05", "films", "2", "", "", ""]))
    assert office("undo").code == 0
    assert {one["state"] for one in office("history", "--json").json["entries"] if one["act"] == "log"} == {"void"}


def test_an_import_is_undone_by_whoever_imported_it(office, sheet):
    office("log", "films", "1", "-d", "5-1")
    office("import", sheet(FILM, [*FILM[:5], "小张"]))
    assert office("undo", "--who", "小李").code == 2
    assert office("undo").code == 0
    assert [one["state"] for one in office("history", "--json").json["entries"]][:3] == ["counted", "void", "void"]
    assert office("check").code == 0


def test_an_import_of_many_rows_is_undone_in_a_few_lines(office, sheet):
    office("import", sheet(*(["2023-05-04", "films", "1", "场", f"第{at}场", ""] for at in range(50))))
    lines = office("undo").out.splitlines()
    assert len(lines) == 22
    assert lines[20] == "……另有 30 条，到 #101 为止；全部见 kxplan history。"


def test_what_was_undone_can_be_imported_again(office, sheet):
    file = sheet(FILM, FILM, ["2023-05-05", "congress", "", "", "筹备会", ""])
    for _ in range(3):
        assert office("import", file).out.startswith("记入 3 条")
        assert office("import", file).out == "没有新的记录；3 行以前都记过。\n"
        assert office("undo").code == 0
    assert office("status", "films", "--json").json["targets"][0]["actual"] == "0"
    assert office("check").code == 0


def test_what_was_voided_for_a_reason_does_not_come_back(office, sheet):
    office("import", sheet(FILM))
    office("void", "1", "--reason", "没有放映")
    assert office("import", sheet(FILM)).out == "没有新的记录；1 行以前都记过。\n"


def test_what_is_imported_stands_in_a_sound_ledger(office, sheet):
    office("import", sheet(FILM, ["2023-05-05", "congress", "", "", "", ""]))
    office("import", sheet(FILM, FILM, ["2023-05-03", "书籍", "9", "册", "", ""]))
    assert office("check").code == 0


def test_a_backup_is_made_before_an_import_and_none_where_nothing_is_new(office, sheet, tmp_path):
    file = sheet(FILM)
    office("import", file)
    office("import", file)
    assert [path.name.endswith("before-import.zip") for path in (tmp_path / "backups").iterdir()] == [True]


# All or none


def test_every_wrong_row_is_named_with_its_cell_and_none_is_written(office, sheet):
    rows = (
        FILM,
        ["2023-13-01", "放映科普电影", "3", "场", "", ""],
        ["2023-05-04", "没有的任务", "3", "场", "", ""],
        ["2023-05-04", "放映科普电影", "约3", "场", "", ""],
        ["2023-05-04", "放映科普电影", "3", "册", "", ""],
        ["", "放映科普电影", "", "", "忘了填", ""],
        ["2023-07-01", "放映科普电影", "3", "", "", ""],
        ["2022-05-04", "放映科普电影", "1.5", "", "", ""],
    )
    ran = office("import", sheet(*rows))
    assert (ran.code, ran.out) == (2, "")
    cells = [line.partition("：")[0] for line in ran.err.splitlines()[:-1]]
    assert cells == ["A3", "B4", "C5", "C6", "A7", "C7", "A8", "A9", "C9"]
    assert ran.err.splitlines()[-1] == "kxplan：x.csv 有 9 处不对，一行也没有写入；改好以后再导入。"
    assert entries(office) == []


def test_a_row_without_its_goal_is_named(office, sheet):
    ran = office("import", sheet(["2023-05-04", "", "3", "场", "", ""]))
    assert ran.err.splitlines()[0] == "B2：没有填工作任务；填上任务的名称。"


def test_what_is_wrong_in_many_cells_is_told_once_with_all_of_them(office, book):
    unknown, right = ["2023-05-04", "没有的任务", 3], ["2023-05-04", "放映科普电影", 3]

    def fill(made):
        rows_of(unknown, unknown, unknown, right, unknown, ["", "放映科普电影", 3])(made)
        rows_of(unknown)(made)
        other = made.create_sheet("六月")
        for row in (HEADINGS, unknown, unknown):
            other.append(row)

    ran = office("import", book(fill))
    first, *rest = ran.err.splitlines()
    assert first.startswith("填报!B2:B4、填报!B6、填报!B9、六月!B2:B3：找不到任务“没有的任务”；")
    assert rest == [
        "填报!A7：没有填日期；填上做完的那一天。",
        "kxplan：x.xlsx 有 8 处不对，一行也没有写入；改好以后再导入。",
    ]


@pytest.mark.parametrize(("row", "said"), [
    (["2023-05-04", "films", "30本", ""], "C2：“30本”的单位不对：“放映科普电影”以“场”计；改单位，或换一个任务。"),
    (["2023-05-04", "films.films", "30", "本"], "C2：“30本”的单位不对：“放映科普电影”以“场”计；改单位，或换一个任务。"),
    (["2023-05-04", "cover", "95", "%"], "C2：“信息员覆盖率”是比率，只有“95%”还不够：数量填分子，“分母”栏填总数（没有这一栏就加一栏）。"),
    (["2023-05-04", "advice", "3", ""], "C2：“建言献策”是常态任务，不记数量：把数量清空，写一句说明。"),
    (["2023-05-04", "advice", "", ""], "E2：“建言献策”是常态任务，要写一句说明。"),
    (["6月31日", "films", "3", ""], "A2：没有“6月31日”这一天；看看月份和日子，再写一遍。"),
    (["六月", "films", "3", ""], "A2：看不懂日期“六月”；写成 2023-5-10 这样的日期，一行写一天。"),
    (["2023-05-04 星期五", "films", "3", ""], "A2：“2023-05-04 星期五”的日期和星期对不上；核对后写成 2023-05-04 这样的日期。"),
])  # fmt: skip
def test_what_is_wrong_is_said_of_the_cell_to_change(office, sheet, row, said):
    ran = office("import", sheet(row))
    assert (ran.code, ran.err.splitlines()[0]) == (2, said)


def test_a_ratio_lacks_its_denominator_where_that_belongs(office, sheet):
    ran = office("import", sheet(["2023-05-04", "cover", "95", ""], headings=["日期", "工作任务", "数量", "分母"]))
    assert ran.err.startswith("D2：“信息员覆盖率”是比率")


def test_what_is_not_divided_takes_no_breakdown(office, sheet):
    row = ["2023-05-04", "congress", "完成", "农民"]
    ran = office("import", sheet(row, headings=["日期", "工作任务", "是否完成", "人群"]))
    assert ran.err.splitlines()[0] == "D2：“召开代表大会”不分类；把这一格清空。"


def test_in_a_workbook_the_cell_has_its_sheet(office, book):
    ran = office("import", book(rows_of(["2023-05-04", "没有的任务", 3])))
    assert ran.err.startswith("填报!B2：")


@pytest.mark.parametrize("day", ["5.1", "昨天", "-3d", "周五", "2023年5月", "五月四日", "TRUE"])
def test_a_day_that_may_be_another_one_is_refused(office, sheet, day):
    ran = office("import", sheet([day, *FILM[1:]]))
    assert ran.code == 2
    assert ran.err.startswith("A2：")


def test_an_amount_that_a_sheet_took_for_a_day_is_told(office, book):
    ran = office("import", book(rows_of(["2023-05-04", "放映科普电影", datetime(2023, 3, 4)])))
    assert ran.err.startswith("填报!C2：数量成了日期 2023-03-04")


def test_a_formula_without_a_result_is_told(office, book):
    ran = office("import", book(rows_of(["2023-05-04", "放映科普电影", "=1+2"])))
    assert ran.err.startswith("填报!C2：公式还没有算出结果")


def test_a_wrong_value_of_a_breakdown_is_told(office, sheet):
    ran = office("import", sheet(["2023-05-04", "films", "3", "商人"], headings=["日期", "工作任务", "数量", "人群"]))
    assert ran.err.startswith("D2：")


# Several files


def test_several_files_are_one_import(office, sheet):
    first, second = sheet(FILM, name="a.csv"), sheet(FILM, ["2023-05-05", "书籍", "9", "册", "", ""], name="b.csv")
    ran = office("import", first, second)
    assert ran.out.splitlines()[0] == "记入 2 条（#1 至 #2）；另有 1 条以前记过，没有重复记。"
    assert office("import", first, second, "--json").json["known"] == 3
    assert office("undo").code == 0
    assert office("status", "films", "--json").json["targets"][0]["actual"] == "0"
    assert office("check").code == 0


def test_one_wrong_file_of_several_keeps_all_from_being_written(office, sheet, book):
    files = (
        sheet(FILM, name="a.csv"),
        sheet(
            ["2023-05-04", "没有的任务", "1", "", "", ""], ["2023-05-05", "没有的任务", "1", "", "", ""], name="b.csv"
        ),
        book(rows_of(["2023-13-04", "films", 1]), name="c.xlsx"),
        "d.xlsx",
    )
    ran = office("import", *files)
    assert (ran.code, ran.out, entries(office)) == (2, "", [])
    said = ran.err.splitlines()
    assert said[0].startswith("b.csv!B2:B3：找不到任务“没有的任务”")
    assert said[1] == "kxplan：b.csv 有 2 处不对，一行也没有写入；改好以后再导入。"
    assert said[2].startswith("c.xlsx 填报!A2：没有“2023-13-04”这一天")
    assert said[4].startswith("kxplan：打不开 d.xlsx（找不到）")
    assert said[5] == (
        "kxplan：4 个文件里有 3 个没有读成，几个文件都一行也没有写入；改好以后一起再导入，或先导入别的。"
    )


def test_several_files_are_previewed_one_after_another(office, sheet):
    ran = office("import", sheet(FILM, name="a.csv"), sheet(["小计", "", "3"], FILM, name="b.csv"), "--dry-run")
    assert [line for line in ran.out.splitlines() if "预览" in line] == ["a.csv 导入预览", "b.csv 导入预览"]
    assert "b.csv!B3" in ran.out
    ran = office("import", "a.csv", "b.csv", sheet(name="c.csv"))
    assert ran.err.splitlines()[0] == "b.csv：小计、合计 1 行，没有算进去。"
    assert ran.err.splitlines()[1].startswith("c.csv 里表头下面一行也没有填")


def completing(day, goal, who):
    return [day, goal, "完成", who]


COMPLETING = ["日期", "工作任务", "是否完成", "经办人"]


def test_what_two_files_complete_is_refused_in_the_second(office, sheet):
    first = sheet(completing("2023-05-04", "congress", "小李"), headings=COMPLETING, name="a.csv")
    second = sheet(completing("2023-05-05", "congress.hold", "小王"), headings=COMPLETING, name="b.csv")
    ran = office("import", first, second)
    assert (ran.code, entries(office)) == (2, [])
    assert ran.err.startswith("b.csv!B2：“召开代表大会”的这个节点已经完成过")


def test_the_same_completion_in_two_files_is_one(office, sheet):
    rows = completing("2023-05-03", "congress.prepare", "小李"), completing("2023-05-04", "congress", "小李")
    first, second = sheet(*rows, headings=COMPLETING, name="a.csv"), sheet(rows[1], headings=COMPLETING, name="b.csv")
    for _ in range(2):
        assert office("import", first, second, "--json").json["known"] == 1
        done = [one for one in office("history", "--json").json["entries"] if one["act"] == "done"]
        assert [one["steps"] for one in done if one["state"] == "counted"] == [["prepare"], ["hold"]]
        assert office("undo").code == 0
    assert office("check").code == 0


def test_a_pattern_stands_for_what_it_matches(office, sheet, tmp_path):
    (tmp_path / "[forms]").mkdir()
    sheet(FILM, name="[forms]/b.csv")
    sheet(FILM, ["2023-05-05", *FILM[1:]], name="[forms]/a.csv")
    assert office("import", "[forms]/*.csv", "--json").json["known"] == 1
    ran = office("import", "none/*.csv")
    assert (ran.code, ran.err.startswith("kxplan：打不开 *.csv（找不到）")) == (2, True)


def test_an_exported_ledger_is_imported_alone(office, sheet):
    office("export", "-o", "ledger.json")
    ran = office("import", sheet(FILM), "ledger.json")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kxplan：ledger.json 是导出的台账，要单独导入：kxplan import ledger.json；")


def test_what_a_spreadsheet_puts_beside_an_open_sheet_is_called_that(office, tmp_path):
    (tmp_path / "~$x.xlsx").write_bytes(b"\x04user" + b"\0" * 160)
    assert office("import", "~$x.xlsx").err.startswith("kxplan：~$x.xlsx 是 Excel 或 WPS 打开表格时放在旁边的")


# Doubts


def test_what_is_in_doubt_needs_yes(office, sheet):
    office("log", "films", "3", "-d", "5-4")
    file = sheet(FILM, ["2023-05-05", "films", "500", "", "", ""])
    ran = office("import", file)
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.splitlines() == [
        "B2：2023-05-04 已经记过同样的数 3（#1）。",
        "B3：500场比全年目标 200场还多。",
        "kxplan：x.csv 有 2 处要核对，一行也没有写入；改好再导入，确实无误就加上 --yes。",
    ]
    assert office("import", file, "--yes").code == 0


def test_a_row_that_was_changed_after_it_was_imported_is_in_doubt(office, sheet):
    other = ["2023-05-09", "films", "1", "场", "", ""]
    assert office("import", sheet(FILM, other)).code == 0
    ran = office("import", sheet([*FILM[:2], "5", *FILM[3:]], other))
    assert (ran.code, len(entries(office))) == (2, 2)
    assert "B2：2023-05-04 这件事已经记过 3（#1），这里是 5；" in ran.err
    assert "用 kxplan fix 1 5 --reason 原因 更正" in ran.err
    renamed = office("import", sheet([*FILM[:2], "5", "场", "社区放映，更正", "小李"], other))
    assert "B2：2023-05-04 这件事已经记过 3（#1），这里是 5；" in renamed.err


def test_a_row_that_repeats_many_entries_is_in_doubt_once(office, sheet):
    office("import", sheet(*([*FILM[:4], f"第{at}次", "小李"] for at in range(3))))
    ran = office("import", sheet([*FILM[:4], "又一次", "小李"]))
    assert ran.err.splitlines()[0] == "B2：2023-05-04 已经记过同样的数 3，有 3 条（#1 等）。"
    assert len(ran.err.splitlines()) == 2


def test_another_row_of_the_same_day_is_in_no_doubt(office, sheet):
    assert office("import", sheet(FILM)).code == 0
    assert office("import", sheet(FILM, [*FILM[:2], "5", *FILM[3:]])).code == 0
    assert office("import", sheet(["2023-05-04", "films", "7", "场", "另一处", "小李"])).code == 0


def test_a_running_total_that_falls_is_in_doubt(office, sheet):
    office("log", "visits", "500", "-d", "5-4")
    rows = (["2023-05-10", "visits", "600", "", "", ""], ["2023-05-20", "visits", "550", "", "", ""])
    ran = office("import", sheet(*rows))
    assert ran.code == 2
    assert "B3：550 比 2023-05-10 的累计数 600 还少。" in ran.err
    assert "B2" not in ran.err


# Preview


def test_a_dry_run_tells_notes_and_breakdowns_as_the_history_does(office, sheet):
    row = ["2023-05-04", "films", "3", "农民", "下乡"]
    file = sheet(row, headings=["日期", "工作任务", "数量", "人群", "说明"])
    assert "下乡 · 人群=农民" in office("import", file, "--dry-run", COLUMNS="120").out
    office("import", file)
    assert "下乡 · 人群=农民" in office("history", COLUMNS="120").out


def test_a_dry_run_shows_what_each_row_becomes_and_writes_nothing(office, sheet):
    office("import", sheet(FILM))
    ran = office(
        "import", sheet(FILM, ["2023-05-05", "书籍", "9", "册", "", ""], ["小计", "", "12", "", "", ""]), "--dry-run"
    )
    assert ran.code == 0
    assert "新记 1 条，以前记过 1 条。" in ran.out
    assert "B3      2023-05-05  编印科普书籍   9册" in ran.out
    assert "小计、合计 1 行，没有算进去。" in ran.out
    assert len(entries(office)) == 1


def test_a_dry_run_names_the_entries_in_json(office, sheet):
    answer = office("import", sheet(FILM), "--dry-run", "--json").json
    assert [(one["number"], one["goal"], one["amount"]) for one in answer["entries"]] == [(None, "films", "3")]
    assert entries(office) == []


# How files come


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16"])
def test_any_encoding_of_an_office_is_read(office, sheet, encoding):
    assert office("import", sheet(FILM, encoding=encoding)).code == 0
    assert entries(office)[0][4] == "社区放映"


@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_any_separator_of_an_office_is_read(office, sheet, separator):
    assert office("import", sheet(FILM, separator=separator)).code == 0
    assert len(entries(office)) == 1


@pytest.mark.parametrize("behind", [3, 9000])
def test_a_quotation_mark_that_is_never_closed_swallows_no_rows(office, tmp_path, behind):
    lines = [
        "日期,工作任务,数量,说明",
        "2023-05-04,films,3,一",
        '2023-05-05,films,3,"没有合上',
        *["2023-05-06,films,3,三"] * behind,
    ]
    (tmp_path / "x.csv").write_text("\n".join(lines), encoding="utf-8")
    ran = office("import", "x.csv")
    assert (ran.code, entries(office)) == (2, [])
    assert ran.err.startswith("kxplan：x.csv 第 3 行有一个引号没有合上")


def test_a_note_of_several_lines_is_one_note(office, sheet):
    assert office("import", sheet(["2023-05-04", "films", "3", "场", '一\n二，"三"', ""])).code == 0
    assert entries(office)[0][4] == '一\n二，"三"'


def test_files_that_were_put_together_keep_their_marks_to_themselves(office, tmp_path):
    part = ("\ufeff" + ",".join(HEADINGS) + "\n" + ",".join(FILM) + "\n").encode()
    (tmp_path / "x.csv").write_bytes(part + part.replace(b"05-04", b"05-05"))
    assert office("import", "x.csv").code == 0
    assert [entry[2] for entry in entries(office)] == ["2023-05-04", "2023-05-05"]


def test_a_long_note_is_short_in_the_preview(office, sheet):
    file = sheet([*FILM[:4], "长" * 500, ""])
    assert office("import", file, "--dry-run", COLUMNS="120").out.count("长") == 119
    office("import", file)
    assert entries(office)[0][4] == "长" * 500


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600


@pytest.mark.parametrize(("name", "content", "said"), [
    ("x.doc", OLE, "是 Word 文档"),
    ("x.wps", OLE, "是 Word 文档"),
    ("x.docx", b"PK\x03\x04", "是 Word 文档"),
    ("x.xlsx", OLE + "WordDocument".encode("utf-16-le"), "是 Word 文档"),
    ("x.xls", OLE, "是旧格式的表格"),
    ("x.et", OLE, "是旧格式的表格"),
    ("x.numbers", b"PK\x03\x04", "是苹果 Numbers 的表格；请在 Numbers 里选"),
    ("x.xls", b'<?xml version="1.0"?>\n<Workbook/>', "不是 xlsx 或 csv 表格"),
    ("x.xls", b'<?xml version="1.0"?>\n<html/>', "其实是网页"),
    ("x.csv", b"\xef\xbb\xbf\r\n \n", "是空的"),
])  # fmt: skip
def test_a_file_of_another_kind_is_called_what_it_is(office, tmp_path, name, content, said):
    (tmp_path / name).write_bytes(content)
    ran = office("import", name)
    assert ran.code == 2
    assert ran.err.startswith(f"kxplan：{name} {said}")


def test_titles_blank_rows_and_footers_stand_around_a_table(office, book):
    def fill(made):
        page = made.active
        page["A1"] = "科普部2023年5月工作进展"
        page.merge_cells("A1:F1")
        for at, row in enumerate(
            [HEADINGS, [datetime(2023, 5, 4), *FILM[1:]], [], ["合 计", None, 3], ["填表人：小李"]], 3
        ):
            for column, value in enumerate(row, 1):
                page.cell(at, column, value)

    assert office("import", book(fill)).code == 0
    assert len(entries(office)) == 1


@pytest.mark.parametrize(
    "word",
    [
        "小计",
        "合计",
        "总计：",
        "一季度小计",
        "科普部合计",
        "本页小计（场）",
        "累计",
        "本年累计",
        "1-6月累计",
        "Total",
        "Subtotal:",
    ],
)
def test_rows_that_add_up_others_are_left_out(office, sheet, word):
    assert office("import", sheet(FILM, ["", word, "3", "", "", ""], [word, "", "3", "", "", ""])).code == 0
    assert len(entries(office)) == 1


def test_a_merged_day_and_goal_hold_for_all_their_rows(office, book):
    def fill(made):
        rows_of([datetime(2023, 5, 4), "放映科普电影", 1], [None, None, 2], [None, None, 3])(made)
        made.active.merge_cells("A2:A4")
        made.active.merge_cells("B2:B4")

    assert office("import", book(fill)).code == 0
    assert [entry[2:4] for entry in entries(office)] == [("2023-05-04", amount) for amount in "123"]


def test_a_merged_amount_belongs_to_no_row(office, book):
    def fill(made):
        rows_of(["2023-05-04", "放映科普电影", 3], ["2023-05-05", "放映科普电影", None])(made)
        made.active.merge_cells("C2:C3")

    ran = office("import", book(fill))
    assert ran.code == 2
    assert ran.err.startswith("填报!C3：合并单元格里的数不知道属于哪一行")


def test_days_are_counted_as_the_workbook_counts_them(office, book):
    from openpyxl.utils.datetime import CALENDAR_MAC_1904

    def fill(made):
        made.epoch = CALENDAR_MAC_1904
        rows_of([43588, "放映科普电影", 3])(made)

    assert office("import", book(fill)).code == 0
    assert entries(office)[0][2] == "2023-05-04"


def test_hidden_sheets_are_not_read_and_that_is_said(office, book):
    def fill(made):
        rows_of(FILM)(made)
        other = made.create_sheet("旧数据")
        other.append(HEADINGS)
        other.append(["2023-05-05", *FILM[1:]])
        other.sheet_state = "hidden"

    file = book(fill)
    assert "隐藏的工作表没有读：旧数据。" in office("import", file, "--dry-run").out
    assert office("import", file).code == 0
    assert len(entries(office)) == 1


def test_every_visible_sheet_is_read(office, book):
    def fill(made):
        rows_of(FILM)(made)
        other = made.create_sheet("六月")
        other.append(HEADINGS)
        other.append(["2023-06-05", *FILM[1:]])
        made.create_sheet("说明").append(["怎么填"])

    file = book(fill)
    assert "没有认出表头的工作表，没有读：说明。" in office("import", file, "--dry-run").out
    assert office("import", file).code == 0
    assert len(entries(office)) == 2


def test_a_sheet_that_repeats_another_is_in_doubt(office, book):
    def fill(made):
        rows_of(FILM, FILM)(made)
        for title in ("六月", "汇总"):
            other = made.create_sheet(title)
            for row in (HEADINGS, ["2023-06-05", "films", 1, "场"] if title == "六月" else FILM):
                other.append(row)

    ran = office("import", book(fill))
    assert ran.code == 2
    assert ran.err.splitlines() == [
        "汇总!B2：与 填报!B2 那一行完全一样；两张表重复的话，删掉其中一张再导入。",
        "kxplan：x.xlsx 有 1 处要核对，一行也没有写入；改好再导入，确实无误就加上 --yes。",
    ]
    assert office("import", "x.xlsx", "--yes").code == 0


def test_headings_of_two_rows_are_read_together(office, book):
    def fill(made):
        page = made.active
        page.append(["日期", "工作任务", "完成情况", None, "说明"])
        page.append([None, None, "数量", "单位", None])
        for cells in ("A1:A2", "B1:B2", "C1:D1", "E1:E2"):
            page.merge_cells(cells)
        page.append(FILM[:5])

    said = office("import", book(fill), "--dry-run", COLUMNS="120").out
    assert "填报!B3  2023-05-04  放映科普电影   3场  社区放映" in said
    assert "没有用到" not in said


def test_rows_that_nobody_sees_are_read_and_that_is_said(office, book):
    def fill(made):
        rows_of(FILM, ["2023-05-05", *FILM[1:]], ["2023-05-06", *FILM[1:]])(made)
        made.active.row_dimensions[3].hidden = True

    ran = office("import", book(fill))
    assert (ran.code, ran.err) == (0, "隐藏着的（折叠或筛选掉的）1 行也读了。\n")
    assert len(entries(office)) == 3


def test_what_was_left_out_is_said_without_a_preview_too(office, sheet):
    ran = office("import", sheet([*FILM, "x"], ["小计", "", "3"], headings=[*HEADINGS, "地点"]))
    assert ran.err.splitlines() == ["小计、合计 1 行，没有算进去。", "没有用到的列：地点。"]
    assert office("-q", "import", "x.csv").err == ""


def test_the_form_s_own_sheets_are_not_told_of(office):
    assert office("form", "-o", "form.xlsx").code == 0
    ran = office("import", "form.xlsx")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out == "form.xlsx 里表头下面一行也没有填，没有什么可记的；看看是不是选错了文件，或者还没有保存。\n"


def test_a_sheet_without_rows_is_told_before_it_is_imported(office, sheet):
    assert "表头下面一行也没有填" in office("import", sheet(), "--dry-run").out


@pytest.mark.parametrize(("headings", "said"), [
    (["序号", "工作任务", "完成值", "备注"], "x.csv 里“B1”那一行像是表头，但还缺：日期；"),
    (["日期", "数量"], "x.csv 里“A1”那一行像是表头，但还缺：工作任务；"),
    (["日期", "工作任务", "地点"], "x.csv 里“A1”那一行像是表头，但还缺：数量；"),
    (["工作任务", "1月", "2月"], "x.csv 里没有认出表头；"),
    (["日期", "工作任务", "数量", "数量"], "x.csv 里“C1 数量”和“D1 数量”不知道该用哪一列；"),
    (["活动日期", "完成日期", "工作任务", "说明"], "x.csv 里“A1 活动日期”和“B1 完成日期”不知道该用哪一列；"),
])  # fmt: skip
def test_headings_that_cannot_be_taken_say_what_they_lack(office, sheet, headings, said):
    ran = office("import", sheet(headings=headings))
    assert (ran.code, ran.err[: len(said) + 7]) == (2, f"kxplan：{said}")


@pytest.mark.parametrize("command", ["import", "draft"])
@pytest.mark.parametrize("folder", [".", "plans"])
def test_a_folder_is_named_and_called_one(office, command, folder):
    ran = office(command, folder)
    assert (ran.code, ran.err.startswith(f"kxplan：{folder} 是一个文件夹；请写里面的")) == (2, True)


def test_the_plain_name_of_a_column_comes_before_others(office, sheet):
    headings = ["时间", "日期", "工作任务", "完成值", "数量"]
    assert office("import", sheet(["09:30", "2023-05-04", "films", "99", "3"], headings=headings)).code == 0
    assert entries(office)[0][2:4] == ("2023-05-04", "3")


def test_only_hidden_sheets_with_rows_are_told(office, book):
    def fill(made):
        other = made.create_sheet("旧数据")
        other.append(HEADINGS)
        other.sheet_state = "hidden"

    assert "隐藏的工作表没有读：旧数据；取消隐藏" in office("import", book(fill)).err


def test_headings_may_be_repeated_on_every_page(office, sheet):
    assert office("import", sheet(FILM, HEADINGS, ["2023-05-05", *FILM[1:]])).code == 0
    assert len(entries(office)) == 2


def test_the_form_of_another_plan_is_refused(office, sheet, tmp_path):
    (tmp_path / "x.csv").write_text("计划编号,k-2024\n日期,工作任务,数量\n2023-05-04,films,3\n", encoding="utf-8")
    ran = office("import", "x.csv")
    assert (ran.code, ran.err) == (
        2,
        "kxplan：x.csv 是计划 k-2024 的填报表，这里没有这个计划；到放着它的文件夹里导入（-C 文件夹），或看看是不是拿错了文件。\n",
    )
    (tmp_path / "plans" / "next.yaml").write_text(PLAN.replace("2023", "2024"), encoding="utf-8")
    assert "用 -p k-2024 再导入一次" in office("-p", "k-2023", "import", "x.csv").err


def test_one_sheet_of_another_plan_is_enough_to_refuse_a_workbook(office, book):
    def fill(made):
        for title, plan in (("七月", "k-2024"), ("六月", "k-2023")):
            page = made.create_sheet(title)
            for row in (["计划编号", plan], HEADINGS, FILM):
                page.append(row)

    assert "是计划 k-2024 的填报表" in office("import", book(fill)).err


def test_a_form_older_than_a_title_says_to_keep_it_as_an_alias(office, sheet, tmp_path):
    plan = tmp_path / "plans" / "plan0.yaml"
    rows = (["2023-05-04", "制作科普展板（块）", "30", ""], ["2023-05-05", "召开代表大会：筹备", "", "完成"])
    file = sheet(*rows, headings=["日期", "工作任务", "数量", "是否完成"])
    plan.write_text(PLAN.replace("制作科普展板", "新展板").replace("召开代表大会", "开会"), encoding="utf-8")
    said = office("import", file).err
    assert "在计划里给它加上 aliases: [制作科普展板]。" in said
    assert "在计划里给它加上 aliases: [召开代表大会]。" in said
    renamed = PLAN.replace("title: 制作科普展板", "title: 新展板\n        aliases: [制作科普展板]")
    renamed = renamed.replace("title: 召开代表大会", "title: 开会, aliases: [召开代表大会]")
    plan.write_text(renamed, encoding="utf-8")
    assert office("import", file).code == 0
    found = [(one["target"], one["steps"]) for one in office("history", "--json").json["entries"]]
    assert found == [("boards", []), ("congress", ["prepare"])]


def test_entries_that_do_not_count_any_more_are_left_out(office, sheet):
    headings = ["日期", "工作任务", "数量", "状态"]
    assert (
        office(
            "import",
            sheet(["2023-05-04", "films", "3", "作废"], ["2023-05-04", "films", "2", "有效"], headings=headings),
        ).code
        == 0
    )
    assert [entry[3] for entry in entries(office)] == ["2"]


def test_text_of_people_stays_text(office, sheet):
    assert office("import", sheet(["2023-05-04", "films", "3", "场", "=1+2 [b]\x1b[31m", "@x"])).code == 0
    assert entries(office)[0][4:] == ("=1+2 [b][31m", "@x")


def test_english_speaks_english(office, sheet):
    ran = office("import", sheet(FILM), KXPLAN_LANG="en")
    assert ran.out.splitlines()[0] == "Recorded 1 entry (#1)."


def test_many_rows_are_one_transaction(office, sheet):
    rows = [["2023-05-04", "films", str(index % 7), "场", f"第{index}场", ""] for index in range(1200)]
    assert office("import", sheet(*rows)).code == 0
    assert office("status", "films", "--json").json["targets"][0]["entries"] == 1200
    assert office("check").code == 0
    assert json.loads(office("import", sheet(*rows), "--json").out)["known"] == 1200


@pytest.mark.parametrize(("is_written", "said"), [(False, "import.interrupted"), (True, "import.interrupted-late")])
def test_whoever_interrupts_an_import_hears_whether_it_was_written(is_written, said):
    with pytest.raises(ImportInterruptedError) as caught, told_when_interrupted(lambda: is_written):
        raise KeyboardInterrupt
    assert (caught.value.message.id, caught.value.exit_code) == (said, 130)


def test_a_column_that_is_not_used_is_told_once(office, tmp_path):
    head = "日期,工作任务,数量,地点"
    (tmp_path / "x.csv").write_text(f"{head}\n2023-05-04,films,3,东街\n{head}", encoding="utf-8")
    assert "没有用到的列：地点。" in office("import", "x.csv", "--dry-run").out
