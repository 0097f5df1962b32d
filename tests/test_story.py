"""The way of an office: from its Word file to a plan, out to the departments, back, and into its report."""

import shutil
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook

WORD = Path(__file__).parent / "data" / "draft" / "03_fenjiebiao.docx"
DECIDED = {
    "target: 3名": "target: 4名",
    "请算出全部是多少，加一行 target: 总数份": "全年 4 期\n        target: 8000份",
    "target: {amount: 5%, kind: latest}": "target: {amount: 95万元, kind: latest, direction: down, baseline: 100万元}",
}
"""What a person decides, as it stands in the draft and as it is to be."""


@pytest.fixture
def office(run, tmp_path):
    assert run("init").code == 0
    (tmp_path / "kxplan.toml").write_text("today = 2024-06-30\n", encoding="utf-8")
    return run


@pytest.fixture
def drafted(office, tmp_path):
    """The plan that the Word file becomes, finished by a person."""
    shutil.copy(WORD, tmp_path / "任务分解表.docx")
    plan = tmp_path / "plans" / "kexie-2024.yaml"
    ran = office("draft", "任务分解表.docx", "-o", str(plan))
    assert ran.code == 0, ran.err
    text = plan.read_text(encoding="utf-8")
    for asked, decided in DECIDED.items():
        assert text.count(asked) == 1, asked
        text = text.replace(asked, decided)
    plan.write_text(text, encoding="utf-8")
    assert office("check").code == 0
    return plan


def filled(path, rows):
    """Type rows into a form, as somebody with Excel does."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    heading = next(row[0].row for row in sheet.iter_rows() if row[0].value == "日期")
    at = {cell.value: cell.column for cell in sheet[heading] if cell.value}
    for number, (day, goal, amount, note) in enumerate(rows, heading + 1):
        for column, value in (
            ("日期", datetime.fromisoformat(day)),
            ("工作任务", goal),
            ("数量", amount),
            ("说明", note),
        ):
            sheet.cell(number, at[column]).value = value
    book.save(path)


def standing(office, goal):
    (target,) = [each for each in office("status", "--json").json["targets"] if each["title"] == goal]
    return Decimal(target["actual"]), target["state"]


def test_from_word_to_the_departments_and_back_into_a_report(office, drafted, clerk, tmp_path):
    for lead, name in (("科普部", "科普部.xlsx"), ("青少年科技中心", "青少年.xlsx")):
        assert office("form", "--lead", lead, "-o", name).code == 0
    filled("科普部.xlsx", [("2024-03-12", "科普进校园", 21, "3 所小学"), ("2024-05-30", "科普进校园", 14, None)])
    returned = tmp_path / "青少年（已填）.xlsx"
    rows = [
        {"日期": "2024-4-20", "工作任务": "参赛学生", "数量": "2,046", "说明": "县赛"},
        {"日期": "2024年6月18日", "工作任务": "培训科技辅导员", "数量": "４５", "经办人": "小周"},
    ]
    assert clerk.type(tmp_path / "青少年.xlsx", rows, xlsx=returned) == []

    assert office("import", "科普部.xlsx", "--yes").code == 0
    assert office("import", str(returned), "--yes").code == 0
    again = office("import", str(returned), "--yes", "--json")
    assert (again.json["entries"], again.json["known"]) == ([], 2)

    assert standing(office, "科普进校园") == (35, "on-track")
    assert standing(office, "参赛学生") == (2046, "done")
    assert standing(office, "培训科技辅导员")[0] == 45
    assert standing(office, "新建乡村科普馆") == (0, "behind")
    assert office("check").code == 0

    assert office("report", "half", "-o", "上半年.docx").code == 0
    report = Document("上半年.docx")
    said = "\n".join(
        [each.text for each in report.paragraphs]
        + [cell.text for table in report.tables for row in table.rows for cell in row.cells]
    )
    assert "云溪县科协2024年重点工作任务分解表" in said
    for goal in ("科普进校园", "参赛学生", "新建乡村科普馆"):
        assert goal in said
