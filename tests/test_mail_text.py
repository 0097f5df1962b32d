"""The text part of a mail: what a table says is not lost without its lines."""

import pytest

from kxplan.locale import translator
from kxplan.render.mail_text import mail_text
from kxplan.reports.page import Column, Dot, Page, Rows, Table

COLUMNS = (Column("goal", "goal"), Column("2026-01", "Jan"), Column("2026-02", "Feb"), Column("note", "note"))


def lines(*row, lang="en"):
    return mail_text(Page("title", (Table(COLUMNS, (Rows((row,)),)),)), translator(lang)).splitlines()[2:]


def test_a_table_begins_with_the_heads_of_its_columns():
    assert lines("books", Dot("red"), Dot("green"), "late") == ["goal  Jan  Feb  note", "- books  ■R  ●G  late"]


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("nothing", [None, Dot(None), ""])
def test_a_cell_that_says_nothing_keeps_its_place_under_its_head(lang, nothing):
    heads, row = lines("books", nothing, Dot("green"), nothing, lang=lang)
    gap = "　" if lang == "zh" else "  "
    assert [at for at, cell in enumerate(row.split(gap)) if cell == "—"] == [1, 3]
    assert len(row.split(gap)) == len(heads.split(gap))
