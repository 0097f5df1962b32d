"""`form`: a sheet for a department, in its language, with lists, limits and locks."""

from datetime import datetime

import pytest
from openpyxl import load_workbook

from kxplan.text import width

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
      - {id: booklets, title: 编印科普书籍, target: 3万册}
      - id: boards
        title: 制作科普展板
        targets: {boards: 200块, batches: 2批}
      - {id: cover, title: 信息员覆盖率, target: {amount: 90%, kind: ratio}}
      - {id: visits, title: 参观人次, target: {amount: 10万人次, kind: running}}
      - {id: congress, title: 召开代表大会, lead: 办公室, due: 2023-10-31, steps: [{id: prepare, title: 筹备, due: 2023-08-31}, {id: hold, title: 召开}]}
      - {id: advice, title: 建言献策, lead: 办公室}
      - {id: dropped, title: 不办了的活动, target: 3场, cancelled: {from: 2023-02-01, reason: 并入其他活动}}
"""


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    return run


@pytest.fixture
def made(office):
    def make(*words, file="form.xlsx", **environ):
        ran = office("form", "-o", file, *words, **environ)
        assert ran.code == 0, ran.err
        return load_workbook(file)

    return make


def headings(sheet):
    row = next(row for row in sheet.iter_rows(values_only=True) if row[0] in ("日期", "date"))
    return [value for value in row if value]


def labels(book):
    return [row[0] for row in book.worksheets[2].iter_rows(min_row=2, values_only=True) if row[0]]


def test_a_department_gets_its_own_goals(made):
    assert labels(made("--lead", "科普部")) == [
        "编印科普书籍",
        "制作科普展板（块）",
        "制作科普展板（批）",
        "信息员覆盖率",
        "参观人次",
    ]


def test_without_a_department_everything_is_in_it_but_what_was_cancelled(made):
    assert labels(made())[5:] == ["召开代表大会", "召开代表大会：筹备", "召开代表大会：召开", "建言献策"]


def test_a_column_is_there_where_it_is_needed(made):
    sheet = made("--lead", "科普部").worksheets[0]
    assert headings(sheet) == ["日期", "工作任务", "数量", "分母", "单位", "人群", "说明", "经办人"]


def test_milestones_have_a_column_to_say_done(made):
    assert headings(made("--lead", "办公室").worksheets[0]) == [
        "日期",
        "工作任务",
        "数量",
        "单位",
        "是否完成",
        "说明",
        "经办人",
    ]


def test_only_the_cells_to_fill_in_are_open(made):
    sheet = made("--lead", "科普部").worksheets[0]
    assert sheet.protection.sheet
    row = next(cell.row for cell in sheet["A"] if cell.value == "日期") + 1
    assert [cell.protection.locked for cell in sheet[row]] == [False, False, False, False, True, False, False, False]
    assert sheet["A1"].protection.locked


def test_every_cell_to_fill_in_has_a_list_or_a_limit(made):
    sheet = made("--lead", "科普部").worksheets[0]
    kinds = {str(rule.sqref)[0]: rule.type for rule in sheet.data_validations.dataValidation}
    assert kinds == {
        "A": "date", "B": "list", "C": "custom", "D": "decimal", "F": "list", "G": "textLength", "H": "textLength",
    }  # fmt: skip


def test_no_formula_of_a_limit_is_longer_than_excel_takes(made):
    rules = made().worksheets[0].data_validations.dataValidation
    assert all(len(rule.formula1 or "") <= 255 for rule in rules)


def test_what_stands_is_on_the_second_sheet(made, office):
    office("log", "booklets", "20000", "-d", "6-18")
    rows = list(made("--lead", "科普部").worksheets[1].iter_rows(values_only=True))
    assert rows[1][:6] == ("编印科普书籍", "册", 30000, 20000, 0.6667, 17.1)
    assert rows[1][6] == "● 绿 正常"
    assert rows[1][7:] == (datetime(2023, 12, 31), datetime(2023, 6, 18))


def test_a_title_that_two_departments_have_bears_its_id_on_both_sheets(workspace, run):
    twice = "      - {id: talks, title: 建言献策, target: 4件}\n      - {id: dropped"
    workspace(PLAN.replace("      - {id: dropped", twice))
    assert run("form", "-o", "form.xlsx", "--lead", "科普部").code == 0
    book = load_workbook("form.xlsx")
    assert "建言献策（talks）" in labels(book)
    assert "建言献策（talks）" in [row[0] for row in book.worksheets[1].iter_rows(values_only=True)]
    sheet = book.worksheets[0]
    first = next(row for row in sheet.iter_rows() if row[0].value == "日期")[0].row + 1
    for column, value in (("A", datetime(2023, 6, 1)), ("B", "建言献策（talks）"), ("C", 2)):
        sheet[f"{column}{first}"] = value
    book.save("back.xlsx")
    (entry,) = run("import", "back.xlsx", "--yes", "--json").json["entries"]
    assert (entry["goal"], entry["amount"]) == ("talks", "2")


def test_the_way_to_fill_it_in_stands_on_the_sheet(made):
    texts = [cell.value for cell in made("--lead", "科普部").worksheets[0]["A"] if cell.value]
    assert texts[0] == "区科协2023年度工作计划　进展填报表"
    assert any("只填黄色格子" in text for text in texts)
    assert any("比率" in text for text in texts)
    assert any("累计数" in text for text in texts)
    assert not any("节点任务" in text or "时点数" in text for text in texts)


def test_there_are_as_many_empty_rows_as_are_asked_for(made, office):
    sheet = made("--rows", "3", "--lead", "科普部").worksheets[0]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "日期")
    assert sheet.max_row == heading + 3
    for wrong in ("0", "-1", "x", "2001", "00000001999999"):
        ran = office("form", "-o", "other.xlsx", "--rows", wrong)
        assert (ran.code, ran.err) == (2, f"kxplan：--rows 要 1 至 2000 的整数，不是“{wrong}”。\n")


def test_a_row_grows_with_its_note(made):
    sheet = made().worksheets[0]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "日期")
    assert sheet.row_dimensions[heading + 1].height is None
    assert sheet.sheet_format.defaultRowHeight == 20.25
    assert not sheet.sheet_format.customHeight


def test_on_paper_every_page_has_its_headings_and_says_what_it_is(made):
    for sheet in made("--lead", "科普部").worksheets[:2]:
        assert sheet.print_title_rows
        assert sheet.page_setup.orientation == "landscape"
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (None, 0)
        assert (sheet.oddFooter.left.text, sheet.oddFooter.center.text) == ("区科协2023年度工作计划", "&P / &N")
    assert sheet.oddFooter.right.text.endswith("的进展")


def test_every_column_of_what_stands_is_as_wide_as_its_longest_text(made):
    for language in ("zh", "en"):
        sheet = made(file=f"{language}.xlsx", KXPLAN_LANG=language).worksheets[1]
        for column in sheet.columns:
            texts = [cell.value for cell in column if isinstance(cell.value, str)]
            assert sheet.column_dimensions[column[0].column_letter].width > max(map(width, texts), default=0)


def test_english_has_no_chinese_but_the_office_s_own_words(made):
    sheet = made("--lead", "科普部", KXPLAN_LANG="en").worksheets[0]
    assert headings(sheet) == ["date", "task", "amount", "out of", "unit", "人群", "note", "who"]


def test_a_form_that_was_filled_in_is_never_overwritten(made, office):
    made()
    ran = office("form", "-o", "form.xlsx")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err == "kxplan：已经有 form.xlsx 了，里面可能有填好的数，没有覆盖；换一个文件名，或先把它改名。\n"


def test_a_form_is_an_xlsx(office):
    ran = office("form", "-o", "form.csv")
    assert (ran.code, ran.err.startswith("kxplan：填报表是 xlsx 文件")) == (2, True)


def test_a_folder_gets_a_form_for_every_department(office, tmp_path):
    (tmp_path / "forms").mkdir()
    ran = office("form", "-o", "forms")
    assert ran.out.splitlines() == [
        "填报表写好了：forms/科普部.xlsx（5 个指标）。填好后用 kxplan import 导入。",
        "填报表写好了：forms/办公室.xlsx（2 个指标）。填好后用 kxplan import 导入。",
    ]
    assert labels(load_workbook(tmp_path / "forms" / "办公室.xlsx"))[-1] == "建言献策"
    again = office("form", "-o", "forms")
    assert (again.code, again.out) == (2, "")
    assert "已经有 forms/科普部.xlsx 了" in again.err


def test_one_form_that_exists_keeps_the_others_from_being_made(office, tmp_path):
    (tmp_path / "办公室.xlsx").write_bytes(b"")
    assert office("form", "-o", ".").code == 2
    assert not (tmp_path / "科普部.xlsx").exists()


def test_a_department_in_a_folder_is_named_by_json(office, tmp_path):
    answer = office("form", "-o", ".", "--lead", "办公室", "--json").json
    assert answer == {"kxplan": 1, "forms": [{"file": "办公室.xlsx", "targets": 2}]}
    assert office("form", "-o", "one.xlsx", "--json").json == {"kxplan": 1, "file": "one.xlsx", "targets": 7}


def test_departments_are_named_as_file_systems_take_it(workspace, run, tmp_path):
    named = PLAN.replace("lead: 办公室, due", "lead: 科普部/青少年, due").replace(
        "lead: 办公室}", "lead: '科普部:青少年'}"
    )
    workspace(named)
    assert run("form", "-o", ".").code == 0
    assert {path.name for path in tmp_path.glob("*.xlsx")} == {
        "科普部.xlsx",
        "科普部-青少年.xlsx",
        "科普部-青少年-3.xlsx",
    }


def test_every_department_has_a_file_whatever_the_others_are_called(workspace, run, tmp_path):
    leads = ["科普部-3", "科普部", "科普部."]
    goals = "\n".join(
        f"      - {{id: g{at}, title: 任务{at}, target: 3场, lead: {lead}}}" for at, lead in enumerate(leads)
    )
    workspace(f"plan: k\ntitle: 计划\nperiod: 2023\nsections:\n  - id: a\n    title: 一\n    goals:\n{goals}\n")
    assert [one["file"] for one in run("form", "-o", ".", "--json").json["forms"]] == [
        "科普部-3.xlsx",
        "科普部.xlsx",
        "科普部-3-3.xlsx",
    ]
    assert len(list(tmp_path.glob("*.xlsx"))) == 3


def test_an_unknown_department_is_told(office):
    ran = office("form", "--lead", "财务部", "-o", "form.xlsx")
    assert ran.code == 2
    assert "科普部、办公室" in ran.err
