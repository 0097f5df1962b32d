"""Text of people: inert at input and at output."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from kxplan.text import cleaned, folded, shown, width


def test_escapes_and_controls_become_nothing():
    assert cleaned("a\x1b[31mb\x07\x9bc\u202ed\u200be\x00") == "a[31mbcde"


def test_line_ends_become_blanks_unless_lines_are_wanted():
    assert cleaned("一\n二\r\n三\t四") == "一 二  三 四"
    assert cleaned("一\n二", lines=True) == "一\n二"


def test_markup_stays_as_typed():
    assert shown("[/b] :100: [red]x[/red]") == "[/b] :100: [red]x[/red]"


def test_chinese_is_two_columns_wide():
    assert width("科普a") == 5
    assert width("e\u0301") == 1


def test_full_width_letters_fold_to_narrow_ones():
    assert folded("ＫＰ １２") == "kp12"


@given(st.text())
def test_nothing_shown_can_act_on_a_terminal(text):
    assert not [
        one
        for one in shown(text, lines=True)
        if unicodedata.category(one) in ("Cc", "Cf", "Cs", "Zl", "Zp") and one != "\n"
    ]


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert cleaned(cleaned(text)) == cleaned(text)
