"""`page_docx`: an official page that Word and WPS open, with the page's own figures and nothing that runs."""

import io
import shutil
import subprocess
import time
from zipfile import ZipFile

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.table import Table as WordTable
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pages import HOSTILE, UNSEEN, every_block, reported, tables

from kxplan.locale import translator
from kxplan.render.cells import cell_text, words
from kxplan.render.docx_table import column_widths
from kxplan.render.page_docx import page_docx
from kxplan.render.paper import Need, has_bars
from kxplan.reports.page import Heading, Page, Paragraph
from kxplan.text import shown


def opened(page, tr):
    return Document(io.BytesIO(page_docx(page, tr)))


def lines_of(document):
    """The document from its beginning to its end: paragraphs with their styles, and tables row by row."""
    for element in document.element.body:
        if element.tag == qn("w:p"):
            style = element.pPr.pStyle.val
            text = "".join(
                "\n" if node.tag == qn("w:br") else node.text for node in element.iter(qn("w:t"), qn("w:br"))
            )
            yield f"{style}: {text}" if text else ""
            if element.pPr.sectPr is not None:
                yield "== section"
        elif element.tag == qn("w:tbl"):
            for row in rows_of(element):
                yield "| " + " | ".join(row) + " |"


def rows_of(table):
    """The rows of a table, each cell as its text, one line for each paragraph."""
    return [
        [
            "\n".join("".join(node.text for node in paragraph.iter(qn("w:t"))) for paragraph in cell.iter(qn("w:p")))
            for cell in row.iter(qn("w:tc"))
        ]
        for row in table.iter(qn("w:tr"))
    ]


def word_tables(document):
    return list(document.element.body.iter(qn("w:tbl")))


SOFFICE = shutil.which("soffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="libreoffice is not installed")


def as_text(path, folder):
    """The text that LibreOffice reads out of a document."""
    profile = f"-env:UserInstallation=file://{folder}/profile"
    words = (
        SOFFICE,
        profile,
        "--headless",
        "--convert-to",
        "txt:Text (encoded):UTF8",
        "--outdir",
        str(folder),
        str(path),
    )
    subprocess.run(words, check=True, capture_output=True, timeout=180)
    return path.with_suffix(".txt").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_report_looks_as_it_did(meeting_room, golden, run, language):
    assert run("report", "half", "-o", "half.docx", "--lang", language).code == 0
    document = Document(meeting_room / "half.docx")
    golden(f"half.{language}.docx.txt", "\n".join(lines_of(document)) + "\n")


def test_the_same_page_gives_the_same_bytes_later(tr):
    before = page_docx(every_block(), tr)
    time.sleep(2.1)  # a zip tells times in steps of two seconds
    assert page_docx(every_block(), tr) == before


def test_the_page_has_the_margins_of_the_standard(tr):
    section = opened(every_block(), tr).sections[0]
    margins = (section.top_margin, section.right_margin, section.bottom_margin, section.left_margin)
    assert [round(margin.mm) for margin in margins] == [37, 26, 35, 28]
    assert [round(size.mm) for size in (section.page_width, section.page_height)] == [210, 297]


def test_a_wide_table_lies_on_its_side_with_its_head_at_the_binding(meeting_room):
    document = opened(reported(meeting_room, "zh"), translator("zh"))
    sides = [section.orientation for section in document.sections]
    assert sides == [WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT]
    wide = document.sections[1]
    margins = (wide.top_margin, wide.right_margin, wide.bottom_margin, wide.left_margin)
    assert [round(margin.mm) for margin in margins] == [28, 37, 26, 35]
    assert [round(size.mm) for size in (wide.page_width, wide.page_height)] == [297, 210]


def test_a_week_stays_upright(meeting_room, tr):
    assert len(opened(reported(meeting_room, tr.language, "week"), tr).sections) == 1


def test_a_new_section_brings_no_empty_line(meeting_room):
    document = opened(reported(meeting_room, "zh"), translator("zh"))
    empty = [line for line in lines_of(document) if line.endswith(": ")]
    assert empty == []


@pytest.mark.parametrize(
    ("style", "face", "points"),
    [
        ("Title", "方正小标宋简体", 22),
        ("BodyText", "仿宋", 16),
        ("Heading1", "黑体", 16),
        ("Heading2", "楷体", 16),
        ("Heading3", "仿宋", 16),
        ("Footer", "宋体", 14),
        ("Cell", "仿宋", 10.5),
        ("Head", "黑体", 10.5),
    ],
)
def test_chinese_faces_are_those_of_an_official_page(style, face, points):
    styles = opened(every_block(), translator("zh")).styles.element
    look = styles.find(f"{qn('w:style')}[@{qn('w:styleId')}='{style}']/{qn('w:rPr')}")
    if look is None:
        look = styles.find(f".//{qn('w:rPrDefault')}/{qn('w:rPr')}")
    assert look.find(qn("w:rFonts")).get(qn("w:eastAsia")) == face
    assert int(look.find(qn("w:sz")).get(qn("w:val"))) == points * 2


def test_every_font_names_a_face_for_each_script(tr):
    document = opened(every_block(), tr)
    wanted = {qn(f"w:{script}") for script in ("ascii", "hAnsi", "eastAsia", "cs")}
    named = [set(fonts.keys()) for fonts in document.styles.element.iter(qn("w:rFonts"))]
    assert named
    assert all(keys == wanted for keys in named)


def test_word_takes_it_for_a_document_of_today_in_its_language(tr):
    whole = part(page_docx(every_block(), tr), "word/settings.xml")
    modes = {one.get(qn("w:name")): one.get(qn("w:val")) for one in whole.iter(qn("w:compatSetting"))}
    assert modes["compatibilityMode"] == "15"
    languages = whole.find(qn("w:themeFontLang"))
    assert languages.get(qn("w:val")) == ("zh-CN" if tr.language == "zh" else "en-US")
    assert (languages.get(qn("w:eastAsia")), whole.find(qn("w:zoom")).get(qn("w:percent"))) == ("zh-CN", "100")


def test_a_face_that_is_missing_has_another_in_its_place():
    fonts = part(page_docx(every_block(), translator("zh")), "word/fontTable.xml")
    names = {font.get(qn("w:name")): font[0].get(qn("w:val")) for font in fonts}
    assert names["方正小标宋简体"].split(",")[-2:] == ["宋体", "SimSun"]
    assert "仿宋_GB2312" in names["仿宋"]


def test_chinese_paragraphs_have_fixed_lines_and_begin_two_characters_in():
    styles = opened(every_block(), translator("zh")).styles
    spacing = styles["Normal"].element.pPr.find(qn("w:spacing"))
    assert 28 <= int(spacing.get(qn("w:line"))) / 20 <= 29
    assert spacing.get(qn("w:lineRule")) == "exact"
    indent = styles["Body Text"].element.pPr.find(qn("w:ind"))
    assert (indent.get(qn("w:firstLineChars")), indent.get(qn("w:firstLine"))) == ("200", "640")


@pytest.mark.parametrize(
    ("language", "expected"),
    [("zh", ["一、题", "（一）题", "1. 题", "二、题"]), ("en", ["1. 题", "(1) 题", "1) 题", "2. 题"])],
)
def test_headings_are_numbered_and_found_by_navigation(language, expected):
    document = opened(every_block("题"), translator(language))
    levels = {
        outline.getparent().getparent().get(qn("w:styleId")): int(outline.get(qn("w:val")))
        for outline in document.styles.element.iter(qn("w:outlineLvl"))
    }
    found = [(levels[one.style.style_id], one.text) for one in document.paragraphs if one.style.style_id in levels]
    assert found == list(zip([0, 1, 2, 0], expected, strict=True))


def test_every_style_that_is_used_is_there(meeting_room, tr):
    for page in (every_block(), reported(meeting_room, tr.language)):
        document = opened(page, tr)
        known = {style.style_id for style in document.styles}
        used = {style.get(qn("w:val")) for style in document.element.iter(qn("w:pStyle"), qn("w:tblStyle"))}
        assert used <= known


def test_page_numbers_stand_at_the_outer_side(tr):
    document = opened(every_block(), tr)
    assert document.settings.odd_and_even_pages_header_footer
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert (odd.text, even.text) == ("— 1 —", "— 1 —")
    assert [str(one.alignment).split(" ")[0] for one in (odd, even)] == ["RIGHT", "LEFT"]
    assert [node.text for node in odd._p.iter(qn("w:instrText"))] == ["PAGE"]


def test_the_columns_of_every_table_add_up_to_the_text(meeting_room, tr):
    document = opened(reported(meeting_room, tr.language), tr)
    rooms = {False: Mm(156), True: Mm(225)}
    found = word_tables(document)
    assert len(found) > 8
    for table in found:
        grid = [int(column.get(qn("w:w"))) for column in table.iter(qn("w:gridCol"))]
        section = next(sibling for sibling in [*table.itersiblings()] if section_of(sibling) is not None)
        is_wide = section_of(section).orientation == WD_ORIENT.LANDSCAPE
        assert abs(sum(grid) - rooms[is_wide] / Pt(1) * 20) <= 2
        assert int(table.find(f".//{qn('w:tblW')}").get(qn("w:w"))) == sum(grid)
        for row in table.iter(qn("w:tr")):
            widths = [int(width.get(qn("w:w"))) for width in row.iter(qn("w:tcW"))]
            spans = [int(span.get(qn("w:val"))) for span in row.iter(qn("w:gridSpan"))]
            assert (widths == grid and not spans) or (widths == [sum(grid)] and spans == [len(grid)])


def section_of(element):
    if element.tag == qn("w:sectPr"):
        return element
    return element.pPr.sectPr if element.tag == qn("w:p") and element.pPr is not None else None


def test_the_head_is_repeated_and_no_row_is_torn(meeting_room, tr):
    document = opened(reported(meeting_room, tr.language), tr)
    for table in (WordTable(element, document) for element in word_tables(document)[1:]):
        assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in table.rows][:2] == [True, False]
        assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_figures_are_those_of_the_page(meeting_room, tr):
    page = reported(meeting_room, tr.language)
    found = [rows_of(table) for table in word_tables(opened(page, tr))]
    for table in tables(page):
        told = [
            index
            for index in range(len(table.columns))
            if not has_bars(table, index) and not is_empty(table, index, tr)
        ]
        expected = [[words(table.columns[index].title, tr) for index in told]]
        for group in table.groups:
            expected += [[words(group.title, tr)]] if group.title is not None else []
            for at, row in enumerate(group.rows):
                expected.append([cell_text(row[index], tr) for index in told])
                notes = [words(note, tr) for index, note in group.notes if index == at]
                expected += [["\n".join(notes)]] if notes else []
        assert expected in found, table.key


def is_empty(table, index, tr):
    values = [row[index] for group in table.groups for row in group.rows]
    return table.columns[index].keep and all(cell_text(value, tr) in ("", "—") for value in values)


def test_the_course_of_the_year_is_told_in_figures(meeting_room):
    page = reported(meeting_room, "zh")
    rows = rows_of(word_tables(opened(page, translator("zh")))[-1])
    assert rows[0] == ["日期", "得分", "应达得分"]
    assert [row[0] for row in rows[1:3]] + [rows[-1][0]] == ["2022-12-31", "2023-01-31", "2023-12-31"]
    assert next(row for row in rows if row[0] == "2023-06-30")[1] == "55.1"
    assert rows[-1][1:] == ["—", "100.0"]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_typed_is_shown_as_typed(text, tr):
    document = opened(every_block(text), tr)
    assert document.paragraphs[0].text.replace("\n", " ") == text.replace(": ", ": ")
    assert rows_of(word_tables(document)[2])[1] == [text]
    assert document.core_properties.author == text


def test_no_control_character_comes_out(tr):
    document = opened(every_block(f"书{UNSEEN}籍"), tr)
    texts = [node.text for node in document.element.iter(qn("w:t"))]
    assert "".join(texts).isprintable()
    assert document.core_properties.title.isprintable()
    assert document.core_properties.author.isprintable()


@settings(max_examples=25)
@given(st.text(st.characters(), max_size=60))
def test_any_text_makes_a_document_that_opens_and_shows_it(text):
    document = opened(every_block(text), translator("en"))
    assert rows_of(word_tables(document)[2])[1] == [shown(text)]


def test_a_very_long_title_fits_where_properties_are_short(tr):
    assert len(opened(Page("题" * 400, ()), tr).core_properties.title) == 255


def test_properties_name_the_title_the_office_and_the_day(meeting_room, tr):
    properties = opened(reported(meeting_room, tr.language), tr).core_properties
    assert properties.title == words(reported(meeting_room, tr.language).title, tr)
    assert properties.created.date().isoformat() == "2023-06-30"
    assert (properties.comments, properties.language) == ("", "zh-CN" if tr.language == "zh" else "en-US")


def test_nothing_in_the_package_runs_or_is_fetched(meeting_room, tr):
    with ZipFile(io.BytesIO(page_docx(reported(meeting_room, tr.language), tr))) as archive:
        names = archive.namelist()
        relations = b"".join(archive.read(name) for name in names if name.endswith(".rels"))
    assert sorted(name for name in names if not name.endswith((".xml", ".rels"))) == []
    assert b"External" not in relations
    assert {name for name in names if "vba" in name or "thumbnail" in name or "customXml" in name} == set()


def test_every_part_is_well_formed_and_named_in_the_list(tr):
    data = page_docx(every_block(), tr)
    listed = {
        override.get("PartName").lstrip("/")
        for override in part(data, "[Content_Types].xml")
        if override.get("PartName")
    }
    with ZipFile(io.BytesIO(data)) as archive:
        names = set(archive.namelist()) - {"[Content_Types].xml"}
        for name in names:
            etree.fromstring(archive.read(name))
    assert {name for name in names if not name.endswith(".rels")} == listed


def part(data, name):
    with ZipFile(io.BytesIO(data)) as archive:
        return etree.fromstring(archive.read(name))


def test_an_empty_page_is_a_document(tr):
    assert [paragraph.text for paragraph in opened(Page("题", ()), tr).paragraphs] == ["题"]


def test_columns_get_what_they_need_and_share_the_rest():
    assert column_widths([Need(4, 10), Need(4, 30)], 840, 10) == [229, 611]
    assert sum(column_widths([Need(4, 10), Need(4, 30)], 300, 10)) == 300
    assert column_widths([Need(4, 10), Need(20, 20)], 300, 10) == [80, 220]
    assert sum(column_widths([Need(40, 40)] * 7, 1000, 10)) == 1000


def test_a_line_before_a_table_stays_with_it(tr):
    (table,) = tables(every_block())
    document = opened(Page("题", (Paragraph("导语"), table, Heading("标题", 3), table, Paragraph("结语"))), tr)
    kept = {one.text: bool(one.paragraph_format.keep_with_next) for one in document.paragraphs if one.text}
    assert (kept["导语"], kept["结语"]) == (True, False)
    assert document.styles["Heading 2"].paragraph_format.keep_with_next


@needs_office
def test_an_office_program_opens_it(meeting_room, tmp_path, tr):
    page = reported(meeting_room, tr.language)
    (tmp_path / "half.docx").write_bytes(page_docx(page, tr))
    told = as_text(tmp_path / "half.docx", tmp_path)
    for table in tables(page):
        for group in table.groups:
            for row in group.rows:
                assert all(cell_text(value, tr) in told for value in row)
