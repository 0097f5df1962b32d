"""Paper: what columns need, which parts a page has, and which of them lie on their side."""

from datetime import date
from fractions import Fraction

from kxplan.locale import translator
from kxplan.render.paper import Need, is_wide, needs, parts_of
from kxplan.reports.page import Amount, Bar, Column, Heading, Lamp, Page, Paragraph, Rows, Share, Table

CHINESE = translator("zh")


def need(column, *values, tr=CHINESE):
    return needs(Table((column,), (Rows(tuple((value,) for value in values)),)), tr)[0]


def test_a_figure_stands_on_one_line():
    assert need(Column("amount", "目标"), Amount(Fraction(1234567), "人次")) == Need(13, 13)


def test_a_text_may_be_broken_but_not_to_shreds():
    assert need(Column("lead", "牵头"), "组织人事部") == Need(6, 10)


def test_a_column_has_the_least_width_it_asks_for():
    assert need(Column("goal", "任务", min_width=12), "公民科学素质比例调查") == Need(12, 20)


def test_a_word_is_not_broken():
    assert need(Column("goal", "Goal"), "Kooperation mit Schulen").least == len("Kooperation")


def test_a_light_stands_with_its_word_in_chinese():
    lamp = Lamp("grey", "unreported")
    assert need(Column("light", "灯"), lamp) == Need(12, 12)
    assert need(Column("light", "Light"), lamp, tr=translator("en")).least == len("reported")


def test_a_column_that_may_leave_and_says_nothing_leaves():
    assert need(Column("assist", "配合", keep=1), None, "", Share(None)) is None
    assert need(Column("bar", "进度", keep=1), Bar(None)) is None
    assert need(Column("assist", "配合"), None) is not None


def test_parts_begin_with_the_headings_of_the_second_level():
    page = Page("题", (Paragraph("一"), Heading("二"), Heading("三", 3), Paragraph("四"), Heading("五")))
    assert [(part.heading and part.heading.words, len(part.blocks)) for part in parts_of(page)] == [
        (None, 1),
        ("二", 2),
        ("五", 0),
    ]


def test_a_part_with_more_columns_than_a_page_is_wide_lies_on_its_side():
    def part(columns):
        head = tuple(Column(str(index), "完成时限") for index in range(columns))
        return parts_of(Page("题", (Table(head, (Rows(((date(2023, 1, 1),) * columns,)),)),)))[0]

    assert [is_wide(part(columns), CHINESE) for columns in (1, 8, 9)] == [False, False, True]
