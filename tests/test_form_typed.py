"""The form under the hands of a clerk: what is typed in LibreOffice, what it refuses, and what comes in."""

import shutil
import subprocess
from datetime import date

import pytest
from openpyxl import load_workbook
from test_form import PLAN

SOUND = [
    {"日期": "2023-3-5", "工作任务": "编印科普书籍", "数量": "1,200", "人群": "农民", "说明": "第一批　送到村"},
    {"日期": "2023年5月31日", "工作任务": "编印科普书籍", "数量": "１２００", "经办人": "小李"},
    None,
    {"日期": "2023/6/1", "工作任务": "制作科普展板（块）", "数量": "20"},
    {"日期": "２０２３－６－２", "工作任务": "信息员覆盖率", "数量": "18", "分母": "20"},
    {"日期": "2023.6.3", "工作任务": "参观人次", "数量": "5000"},
    {"日期": "2023-6-4", "工作任务": "召开代表大会：筹备", "是否完成": "完成"},
    {"日期": "2023-6-5", "工作任务": "建言献策", "说明": "提案两件"},
]
"""What people type, each in a way of their own."""
RECORDED = [
    ("booklets", "2023-03-05", "1200", "第一批　送到村"),
    ("booklets", "2023-05-31", "1200", None),
    ("boards", "2023-06-01", "20", None),
    ("cover", "2023-06-02", "18/20", None),
    ("visits", "2023-06-03", "5000", None),
    ("congress", "2023-06-04", None, None),
    ("advice", "2023-06-05", None, "提案两件"),
]


@pytest.fixture
def office(workspace, run):
    workspace(PLAN)
    assert run("form", "-o", "form.xlsx").code == 0
    return run


def recorded(run):
    return [(one["goal"], one["day"], one["amount"], one["note"]) for one in run("history", "--json").json["entries"]]


def test_what_is_typed_comes_in_from_every_format_that_is_read(office, clerk, tmp_path):
    files = {"xlsx": "back.xlsx", "csv": "back.csv", "gb": "gb.csv", "wide": "wide.txt"}
    refused = clerk.type(tmp_path / "form.xlsx", SOUND, **{kind: tmp_path / name for kind, name in files.items()})
    assert refused == []
    ran = office("import", "back.xlsx", "--yes")
    assert ran.code == 0, ran.err
    assert recorded(office) == RECORDED
    for name in files.values():
        again = office("import", name, "--yes", "--json")
        assert (again.code, again.json["entries"], again.json["known"]) == (0, [], len(RECORDED)), name


def test_formats_that_are_not_read_say_how_to_get_one_that_is(office, clerk, tmp_path):
    files = {"ods": "x.ods", "xls": "x.xls", "pdf": "x.pdf"}
    clerk.type(tmp_path / "form.xlsx", SOUND[:1], **{kind: tmp_path / name for kind, name in files.items()})
    said = {name: office("import", name) for name in files.values()}
    assert [ran.code for ran in said.values()] == [2, 2, 2]
    assert all("另存为" in ran.err and "xlsx" in ran.err for ran in said.values())
    assert "在 LibreOffice 里选“文件”、“另存为”" in said["x.ods"].err


def test_the_limits_of_the_form_let_nothing_in_that_the_import_refuses(office, clerk, tmp_path):
    this_year = date.today().year
    wrong = [
        {"日期": "3/5" if this_year != 2023 else "2024-3-5"},
        {"日期": "三月五日"},
        {"工作任务": "编印书"},
        {"工作任务": "编印科普书籍", "数量": "1200册"},
        {"工作任务": "编印科普书籍", "数量": "1.5"},
        {"工作任务": "编印科普书籍", "数量": "-5"},
        {"工作任务": "编印科普书籍", "数量": "约100"},
        {"工作任务": "信息员覆盖率", "分母": "0"},
        {"工作任务": "编印科普书籍", "人群": "学生"},
        {"工作任务": "召开代表大会", "是否完成": "快了"},
        {"经办人": "甲" * 31},
    ]
    refused = clerk.type(tmp_path / "form.xlsx", wrong)
    assert len(refused) == len(wrong)


def test_what_is_not_to_be_typed_stays_as_it_is(office, clerk, tmp_path):
    clerk.type(tmp_path / "form.xlsx", [{"工作任务": "编印科普书籍", "单位": "本", "数量": "5", "日期": "2023-3-5"}],
               csv=tmp_path / "back.csv")  # fmt: skip
    assert "2023-03-05,编印科普书籍,5,,册," in (tmp_path / "back.csv").read_text(encoding="utf-8")


def test_an_empty_form_prints_on_two_pages_and_what_stands_on_a_third(office, clerk, tmp_path):
    if shutil.which("pdfinfo") is None:
        pytest.skip("pdfinfo is not installed: apt-get install poppler-utils")
    clerk.type(tmp_path / "form.xlsx", [], pdf=tmp_path / "form.pdf")
    said = subprocess.run(["pdfinfo", tmp_path / "form.pdf"], capture_output=True, text=True, check=True).stdout
    assert "Pages:           3" in said


def test_a_long_note_makes_its_row_grow(office, clerk, tmp_path):
    rows = [{"日期": "2023-6-5", "工作任务": "建言献策", "说明": "提案两件" * 50}, {"工作任务": "编印科普书籍"}]
    clerk.type(tmp_path / "form.xlsx", rows, xlsx=tmp_path / "back.xlsx")
    sheet = load_workbook(tmp_path / "back.xlsx").worksheets[0]
    heading = next(cell.row for cell in sheet["A"] if cell.value == "日期")
    long, short, empty = (sheet.row_dimensions[heading + at].height for at in (1, 2, 3))
    assert long > 4 * short
    assert short == pytest.approx(empty, abs=2)
