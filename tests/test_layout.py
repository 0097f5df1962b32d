"""Layout: columns leave in a chosen order, and no line is wider than the screen."""

from hypothesis import given
from hypothesis import strategies as st

from kxplan.render.layout import wrapped
from kxplan.text import width


def test_chinese_breaks_between_characters_at_the_width():
    assert wrapped("创建市级科学素质纲要先进街道", 16) == ["创建市级科学素质", "纲要先进街道"]


def test_a_word_is_never_broken():
    assert wrapped("annual plan of the association", 8) == ["annual", "plan of", "the", "association"]


def test_no_line_begins_with_a_closing_mark():
    assert wrapped("科普讲座，电影", 8) == ["科普讲", "座，电影"]


@given(st.text(alphabet="科普讲座 ab，。（）", max_size=60), st.integers(4, 40))
def test_nothing_is_lost_but_blanks(text, columns):
    assert "".join(wrapped(text, columns)).replace(" ", "") == text.replace(" ", "")


@given(st.text(alphabet="科普讲座电影书籍", min_size=1, max_size=60), st.integers(4, 40))
def test_lines_of_chinese_fit(text, columns):
    assert all(width(line) <= columns for line in wrapped(text, columns))
