"""The formats of a report: each is read back, and all of them carry the figures of the page."""

import json
import re
from datetime import date
from fractions import Fraction
from typing import get_args

import pytest
import reading_back as back
from meeting import PLAN, held

from kxplan.commands.call import Call
from kxplan.commands.period import report_page
from kxplan.dates import Period
from kxplan.locale import translator
from kxplan.render.cells import NO_SIGNS, cell_text, words
from kxplan.render.formats import FORMATS, rendered
from kxplan.reports.page import (
    Amount,
    Column,
    Curve,
    Entries,
    Heading,
    Lamp,
    Lights,
    Page,
    Paragraph,
    People,
    Points,
    Rows,
    Score,
    Share,
    Table,
    Tone,
)

LANGUAGES = ("zh", "en")


@pytest.fixture
def office(workspace, run, tmp_path):
    held(workspace(PLAN))
    run("log", "rate", "9.25", "-d", "2023-06-28", "-n", "复查")
    run("log", "advice", "-d", "2023-06-29", "-n", "社情民意一篇")
    run("fix", "3", "13", "--reason", "多记两场", "--yes")
    run("reason", "films", "放映机送修", "--measure", "租一台", "--until", "2023-07-15")
    return tmp_path


@pytest.fixture
def page(office):
    def made(span="half"):
        call = Call({"KXPLAN_WORKSPACE": str(office)}, office)
        try:
            return report_page(call, call.reading, span)
        finally:
            call.close()

    return made


def test_every_figure_stands_in_markdown(page):
    for language in LANGUAGES:
        tr = translator(language)
        told = back.markdown_tables(rendered(page(), "md", tr))
        bodies = [row for table in told for row in table[1:]]
        wanted = list(back.markdown_rows(page(), tr))
        assert bodies[1 : len(wanted) + 1] == wanted
        assert bodies[0][-1] == cell_text(Score(back.lights(page()).score), tr)


def test_the_course_stands_in_markdown(page):
    curve = back.curve(page())
    told = back.markdown_tables(rendered(page(), "md", translator("zh")))[-1][1:]
    wanted = zip(curve.days, curve.actual, curve.expected, strict=True)
    assert told == [[str(day), back.score(one) or "—", back.score(two) or "—"] for day, one, two in wanted]


def test_every_figure_stands_in_csv(page):
    for language in LANGUAGES:
        tr = translator(language)
        told = back.csv_rows(rendered(page(), "csv", tr))
        at = 0
        for _, row, notes in back.rows(page()):
            wanted = back.csv_row(row, tr)
            at = next(index for index in range(at, len(told)) if _holds(told[index], wanted)) + 1
            assert all(words(note, tr, NO_SIGNS) in told[at - 1][-1] for note in notes)


def test_every_figure_stands_in_a_workbook_as_a_number(page):
    for language in LANGUAGES:
        tr = translator(language)
        told = [[back.of_sheet(value) for value in row] for row in back.sheet_rows(rendered(page(), "xlsx", tr))]
        at = 0
        for _, row, notes in back.rows(page()):
            wanted = back.sheet_row(row, tr)
            at = next(index for index in range(at, len(told)) if _holds(told[index], wanted)) + 1
            assert all(words(note, tr, NO_SIGNS) in [*told[at - 1][-1].split("\n")] for note in notes)


def test_every_figure_stands_in_json(page):
    for language in LANGUAGES:
        tr = translator(language)
        told = json.loads(rendered(page(), "json", tr))
        places = dict.fromkeys(told, 0)
        for table, row, notes in back.rows(page()):
            record = told[table.key][places[table.key]]
            places[table.key] += 1
            wanted = back.json_row(table, row, tr)
            assert {key: record[key] for key in wanted} == wanted
            assert record.get("notes", []) == [words(note, tr) for note in notes]
        assert all(len(told[table.key]) == places[table.key] for table in back.tables(page()))


def test_json_names_the_target_of_each_row(page):
    told = json.loads(rendered(page(), "json", translator("zh")))
    assert {(one["goal"], one["target"]) for one in told["whole"]} >= {("films", "films"), ("congress", "congress")}
    assert all(
        one["goal"] and one["target"] for key in ("done", "behind", "silent", "due", "forecast") for one in told[key]
    )


def test_json_has_every_table_whether_or_not_there_is_something_in_it(page):
    week = json.loads(rendered(page("week"), "json", translator("zh")))
    assert [week[key] for key in page("week").tables if not isinstance(week[key], list)] == []
    assert page("half").tables[:6] == page("week").tables


def test_json_says_the_same_figures_in_either_language(page):
    one, two = (json.loads(rendered(page(), "json", translator(language))) for language in LANGUAGES)

    def figures(value):
        if isinstance(value, dict):
            spoken = ("title", "section", "notes", "text", "what", "change", "name")
            return {key: figures(each) for key, each in value.items() if key not in spoken}
        return [figures(each) for each in value] if isinstance(value, list) else value

    assert figures(one) == figures(two)


def test_every_figure_stands_in_text(page):
    for language in LANGUAGES:
        tr = translator(language)
        told = rendered(page(), "txt", tr).decode().splitlines()
        at = 0
        for table, row, notes in back.rows(page()):
            pieces = list(back.text_facts(table, row, tr))
            at = next(index for index in range(at, len(told)) if all(piece in told[index] for piece in pieces)) + 1
            for number, note in enumerate(notes):
                assert words(note, tr, NO_SIGNS) in told[at + number]


def test_text_is_plain_paragraphs(page):
    text = rendered(page("year"), "txt", translator("zh")).decode()
    assert not re.search(r"[|`*<>─━│┃█░▒▓●■▲◆○\t]", text)
    assert "  " not in text
    assert not text.startswith("\ufeff")


def _holds(row, wanted):
    """Whether a row's cells contain `wanted` in order; beside them it may have a group, a unit and notes."""
    cells = iter(row)
    return all(any(cell == value for cell in cells) for value in wanted)


# Goldens


@pytest.mark.parametrize("tone", get_args(Tone))
@pytest.mark.parametrize("ending", FORMATS)
def test_every_format_knows_every_tone(ending, tone):
    table = Table((Column("goal", "g"),), (Rows((("a",),)),))
    said = Paragraph("x", tone)
    assert rendered(Page("t", (said, Heading("h"), said, table)), ending, translator("zh"))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("ending", ["md", "txt", "csv", "json"])
def test_the_half_year_in_each_format(page, golden, ending, language):
    content = rendered(page(), ending, translator(language))
    golden(f"report-half.{language}.{ending}", content.decode("utf-8-sig").replace("\r\n", "\n"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_cells_of_the_half_years_workbook(page, golden, language):
    golden(f"report-half.{language}.xlsx.txt", back.sheet_text(rendered(page(), "xlsx", translator(language))))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_on_the_screen(office, run, golden, language):
    told = [run("report", COLUMNS=str(width), KXPLAN_LANG=language).out for width in (60, 80, 120)]
    golden(f"report-week.{language}.txt", "\n".join(told))


# Hostile texts

HOSTILE = [
    "=cmd|'/C calc'!A0", "+1+1", "-2+3", "@SUM(1)", "\tTAB", "\rCR", "＝1+1", "'=quoted", "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>", "a | b || c", "`code` ```", "**bold** _em_ ~~no~~", "[text](http://evil.example)",
    "![i](http://evil.example/x.png)", "http://evil.example/?a=1&b=2", "www.evil.example", "javascript:alert(1)",
    "# heading", "- item", "1. item", "> quote", "---", "===", "<!-- -->", "&lt;b&gt; &amp;", "\\|", "$x$", "a@b.example",
    "\x1b[31mred\x1b[0m", "\x1b]8;;http://evil\x07", "\u202eright\u202c", "nul\x00nul", "\x9b31m", "line\nbreak", "{plan}",
    "_x000D_", "123456789012345678", "2023-1/2", "\ufffe", "\ud800", "“全角”：、；", "x" * 4_000,
]  # fmt: skip


def hostile(texts):
    """A page on which every text of people is one of `texts`."""
    columns = (
        Column("number", "No."),
        Column("goal", texts[0]),
        Column("lead", "Lead"),
        Column("actual", "So far", "right"),
        Column("light", "Light"),
    )
    rows = tuple(
        (index, text, People((text,)), Amount(Fraction(index), text[:20]), Lamp("red", "behind"))
        for index, text in enumerate(texts)
    )
    group = Rows(rows, texts[0], tuple(enumerate(texts)), tuple((f"g{index}", "t") for index in range(len(texts))))
    blocks = (
        *(Paragraph(text) for text in texts),
        Paragraph(texts[0], "warning"),
        *(Heading(text, number=index + 1) for index, text in enumerate(texts[:3])),
        Table(columns, (group,), "done", texts[1], texts[2]),
    )
    return Page(texts[0], blocks, (("plan", "p"), ("as_of", date(2023, 6, 30))), ("done",))


INVISIBLE = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\u200e\u200f]")


@pytest.mark.parametrize("ending", ["md", "txt", "csv", "json"])
def test_nothing_in_a_text_acts_on_a_terminal(ending):
    content = rendered(hostile(HOSTILE), ending, translator("zh")).decode()
    assert not INVISIBLE.search(content.replace("\r\n", "\n"))
    if ending == "json":
        assert not INVISIBLE.search(json.dumps(json.loads(content), ensure_ascii=False))


def typed(text):
    """A text as every format shows it: inert, on one line."""
    return cell_text(text, translator("zh"))


def test_markdown_shows_every_text_as_typed():
    content = rendered(hostile(HOSTILE), "md", translator("zh"))
    (table,) = back.markdown_tables(content)
    for index, text in enumerate(HOSTILE):
        assert table[index + 1][1] == " ".join(typed(text).split(" ")).strip()
        assert table[index + 1][-1].strip() == typed(text).strip()


def test_markdown_makes_no_link_no_image_no_html_of_a_text():
    from markdown_it import MarkdownIt

    for text in HOSTILE:
        tokens = (
            MarkdownIt("commonmark")
            .enable(["table", "strikethrough"])
            .parse(rendered(Page("t", (Paragraph(text),)), "md", translator("zh")).decode())
        )
        kinds = {token.type for token in tokens} | {child.type for token in tokens for child in token.children or ()}
        assert kinds <= {
            "heading_open", "heading_close", "paragraph_open", "paragraph_close", "inline", "text", "text_special",
        }, (text, kinds)  # fmt: skip
        shown = [back._inline_text(token) for token in tokens if token.type == "inline"][1:]
        assert "".join(shown) == typed(text).strip()


def test_an_address_in_markdown_is_not_linked_by_itself():
    content = rendered(Page("t", (Paragraph("http://evil.example www.evil.example"),)), "md", translator("zh"))
    assert b"http://" not in content
    assert b"www." not in content


def test_no_cell_of_a_csv_begins_like_a_formula():
    for row in back.csv_rows(rendered(hostile(HOSTILE), "csv", translator("zh"))):
        for cell in row:
            assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝")) or re.fullmatch(r"-?[\d.]+", cell)


def test_a_negative_figure_in_a_csv_is_a_figure():
    page = Page("t", (Table((Column("gap", "Gap"),), (Rows(((Points(Fraction(-31, 2)),),)),)),))
    assert back.csv_rows(rendered(page, "csv", translator("zh")))[-1] == ["-15.5"]


def test_no_cell_of_a_workbook_is_a_formula_or_a_link():
    import io
    from zipfile import ZipFile

    content = rendered(hostile(HOSTILE), "xlsx", translator("zh"))
    with ZipFile(io.BytesIO(content)) as book:
        sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
        assert sheets
        assert not any("<f>" in sheet or "hyperlink" in sheet for sheet in sheets)


def test_a_workbook_shows_every_text_as_typed():
    told = {value for row in back.sheet_rows(rendered(hostile(HOSTILE), "xlsx", translator("zh"))) for value in row}
    for text in HOSTILE[:-1]:
        assert (typed(text) or None) in told, text


def test_a_text_longer_than_a_cell_is_cut():
    told = [
        value
        for row in back.sheet_rows(rendered(hostile(["x" * 40_000] * 3), "xlsx", translator("zh")))
        for value in row
    ]
    longest = max((value for value in told if isinstance(value, str)), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("…")


def test_a_number_that_a_cell_would_round_is_text():
    figures = (
        Fraction(123456789012345678),
        Fraction("1234567890.123456"),
        Fraction(999_999_999_999_999),
        Fraction("0.1"),
    )
    table = Table((Column("a", "A"),), (Rows(tuple((Amount(figure, "元"),) for figure in figures)),))
    told = [
        row[0] for row in back.sheet_rows(rendered(Page("t", (Heading("h"), table)), "xlsx", translator("zh")))[-4:]
    ]
    assert told == ["123,456,789,012,345,678元", "1,234,567,890.123456元", 999_999_999_999_999, 0.1]


def test_figures_keep_their_units_in_the_format_of_their_cell():
    values = (
        Amount(Fraction(20000), "册"),
        Amount(Fraction("9.25"), "%"),
        Amount(Fraction(3), "km"),
        Share(Fraction(2, 3)),
    )
    table = Table((Column("a", "A"),), (Rows(tuple((value,) for value in (*values, Points(Fraction(5)), Entries(4)))),))
    book = back.workbook(rendered(Page("t", (Heading("h"), table)), "xlsx", translator("zh")))
    cells = [row[0] for row in book.worksheets[1].iter_rows()][-6:]
    assert [(cell.value, cell.number_format) for cell in cells] == [
        (20000, "#,##0\\册"),
        (0.0925, "#,##0.00%"),
        (3, "#,##0\\ \\k\\m"),
        (0.667, "0.0%"),
        (5, "+0.0;-0.0;0.0"),
        (4, "#,##0\\ \\条\\记\\录"),
    ]


def test_a_share_just_short_of_all_is_not_shown_as_all_in_a_workbook():
    table = Table((Column("a", "A"),), (Rows(((Share(Fraction(99_999, 100_000)),),)),))
    told = back.sheet_rows(rendered(Page("t", (Heading("h"), table)), "xlsx", translator("zh")))
    assert told[-1][0] == 0.999


def test_sheets_of_one_name_are_told_apart():
    tables = [Table((Column("a", "A"),), (Rows(((1,),)),))] * 3
    blocks = [block for table in tables for block in (Heading("一样[的]:名字*?" + "长" * 40), table)]
    names = back.workbook(rendered(Page("t", tuple(blocks)), "xlsx", translator("zh"))).sheetnames
    assert len({name.casefold() for name in names}) == 4
    assert all(len(name) <= 31 for name in names)


def test_a_workbook_prints_on_a4_across_with_its_heads_on_every_page(page):
    book = back.workbook(rendered(page(), "xlsx", translator("zh")))
    sheet = next(sheet for sheet in book if "总表" in sheet.title)
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$3:$3"
    assert sheet.freeze_panes == "D4"
    heads = [cell.value for cell in sheet[3]]
    assert heads[:8] == ["板块", "序号", "工作任务", "目标要求", "牵头单位", "配合单位", "完成时限", "完成情况"]
    assert sheet.auto_filter.ref == f"A3:{'ABCDEFGHIJKLMN'[len(heads) - 1]}12"
    assert any(rule.type == "dataBar" for rules in sheet.conditional_formatting for rule in rules.rules)
    assert sum(len(sheet._charts) for sheet in book) == 1


def test_a_page_without_a_chart_or_a_table_is_a_file_all_the_same():
    page = Page(
        "只有标题", (Lights((("red", 0),), 0, None), Curve((date(2023, 1, 1),), (None,), (None,), date(2023, 1, 1)))
    )
    for ending in ("md", "txt", "csv", "json", "xlsx"):
        assert "只有标题".encode() in rendered(page, ending, translator("zh")) or ending == "xlsx"


def test_a_stretch_of_days_is_told_in_words_and_to_programs():
    page = Page("t", (Table((Column("owed", "O"),), (Rows(((Period(date(2023, 1, 1), date(2023, 1, 7)),),)),), "x"),))
    assert "2023-01-01 至 2023-01-07" in rendered(page, "txt", translator("zh")).decode()
    told = json.loads(rendered(page, "json", translator("zh")))["x"]
    assert told == [{"owed": {"from": "2023-01-01", "through": "2023-01-07"}}]
