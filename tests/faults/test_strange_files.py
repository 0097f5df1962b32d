"""Files from outside that are no use: a sentence says how to get a usable one, soon and in little memory."""

import json
import subprocess
import sys
import time

import pytest
import strange_files as made
from office import environment
from strange_files import SHEET_OPENS, WORD_ENDS, WORD_OPENS

SECONDS, MEGABYTES = 25, 600
MEASURED = (
    "import json, resource, subprocess, sys\n"
    "ran = subprocess.run([sys.executable, '-m', 'kxplan', *sys.argv[1:]], capture_output=True, text=True,"
    " stdin=subprocess.DEVNULL)\n"
    "peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024\n"
    "print(json.dumps([ran.returncode, ran.stdout, ran.stderr, peak]))\n"
)
WAY_OUT = ("另存为", "换一份", "选错了文件", "扩展名改成", "分成几个文件", "认出表头")

DOCUMENTS = {
    "计划.doc": lambda: made.OLE,
    "计划.wps": lambda: made.OLE,
    "计划.pdf": lambda: made.PDF,
    "计划.rtf": lambda: made.RTF,
    "旧格式改了名.docx": lambda: made.OLE,
    "加了密码.docx": lambda: made.LOCKED,
    "空的.docx": lambda: b"",
    "空的.txt": lambda: b"",
    "其实是文本.docx": lambda: made.TEXT,
    "其实是压缩包.txt": lambda: made.package("a/b.xml", "x", "<a/>"),
    "图片.txt": lambda: b"\x89PNG\r\n\x1a\n\0\0\0" + bytes(range(256)) * 20,
    "断了一半.docx": lambda: made.half(made.word(WORD_OPENS, *made.paragraphs(2000, "开展科普讲座"), WORD_ENDS)),
    "没有闭合.docx": lambda: made.word(WORD_OPENS),
    "外部实体.docx": lambda: made.word(made.DECLARED, WORD_OPENS, "<w:p><w:r><w:t>&a;</w:t></w:r></w:p>", WORD_ENDS),
    "实体炸弹.docx": lambda: made.word(made.LAUGHS, WORD_OPENS, "<w:p><w:r><w:t>&a11;</w:t></w:r></w:p>", WORD_ENDS),
    "压缩炸弹.docx": lambda: made.word(WORD_OPENS, *made.zeroes(600), WORD_ENDS),
    "谎报大小.docx": lambda: made.understated(made.word(WORD_OPENS, *made.zeroes(200), WORD_ENDS), "word/document.xml"),
    "套了十万层.docx": lambda: made.word(WORD_OPENS, b"<w:p>" * 100_000, b"</w:p>" * 100_000, WORD_ENDS),
    "五千页.docx": lambda: made.word(
        WORD_OPENS, *made.paragraphs(150_000, "开展科普讲座45场，新建科普馆3家，培训志愿者500人次。"), WORD_ENDS
    ),
    "一千万字.txt": lambda: "开展科普讲座45场。".encode() * 600_000,
}

SHEETS = {
    "进展.xls": lambda: made.OLE,
    "进展.et": lambda: made.OLE,
    "进展.pdf": lambda: made.PDF,
    "加了密码.xlsx": lambda: made.LOCKED,
    "空的.xlsx": lambda: b"",
    "空的.csv": lambda: b"\xef\xbb\xbf\r\n",
    "其实是文本.xlsx": lambda: made.TEXT,
    "其实是表格.csv": lambda: made.book(SHEET_OPENS, "<sheetData/></worksheet>"),
    "其实是Word.xlsx": lambda: made.word(WORD_OPENS, WORD_ENDS),
    "断了一半.xlsx": lambda: made.half(made.book(SHEET_OPENS, "<sheetData>", *made.cell_rows(5000), "</sheetData></worksheet>")),
    "外部实体.xlsx": lambda: made.book(made.DECLARED, SHEET_OPENS, "<sheetData/></worksheet>"),
    "实体炸弹.xlsx": lambda: made.book(made.LAUGHS, SHEET_OPENS, "<sheetData/></worksheet>"),
    "压缩炸弹.xlsx": lambda: made.book(SHEET_OPENS, *made.zeroes(600), "<sheetData/></worksheet>"),
    "谎报大小.xlsx": lambda: made.understated(
        made.book(SHEET_OPENS, *made.zeroes(200), "<sheetData/></worksheet>"), "xl/worksheets/sheet1.xml"
    ),
    "一百万行.xlsx": lambda: made.book(SHEET_OPENS, "<sheetData>", *made.cell_rows(1_000_000), "</sheetData></worksheet>"),
    "没有表头.csv": lambda: b"1,2,3\n" * 1_000_000,
}  # fmt: skip


@pytest.fixture
def measured(office):
    """Run a command of the workspace; what it answered, how long it took and how much memory it had."""

    def run(*words):
        began = time.monotonic()
        ran = subprocess.run(
            [sys.executable, "-c", MEASURED, *words],
            cwd=office.folder, env=environment(), capture_output=True, text=True, check=True, timeout=120,
        )  # fmt: skip
        code, out, err, peak = json.loads(ran.stdout)
        return code, out, err, time.monotonic() - began, peak

    return run


@pytest.mark.parametrize("name", DOCUMENTS)
def test_draft_refuses_a_useless_file_and_says_how_to_get_a_usable_one(office, measured, name):
    (office.folder / name).write_bytes(DOCUMENTS[name]())
    code, out, err, seconds, peak = measured("draft", name)
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    assert name in err
    assert any(way in err for way in WAY_OUT), err
    assert seconds < SECONDS
    assert peak < MEGABYTES


@pytest.mark.parametrize("name", SHEETS)
def test_import_refuses_a_useless_file_and_says_how_to_get_a_usable_one(office, measured, name):
    (office.folder / name).write_bytes(SHEETS[name]())
    code, out, err, seconds, peak = measured("import", name, "--yes")
    assert (code, out) == (2, ""), err
    assert "Traceback" not in err
    assert name in err
    assert any(way in err for way in WAY_OUT), err
    assert seconds < SECONDS
    assert peak < MEGABYTES
    office.require_sound()
    assert not office.entries()


def test_a_sheet_that_claims_the_last_cell_of_all_is_read_like_any_other(office, measured):
    rows = "".join(made.cell_rows(1))
    far = '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    sheet = made.book(SHEET_OPENS, '<dimension ref="A1:XFD1048576"/><sheetData>', rows, far, "</sheetData></worksheet>")
    (office.folder / "远.xlsx").write_bytes(sheet)
    code, _, err, seconds, peak = measured("import", "远.xlsx", "--yes", "--json")
    assert code == 0, err
    assert seconds < SECONDS
    assert peak < MEGABYTES
    assert [entry.amount for entry in office.entries()] == [1]
