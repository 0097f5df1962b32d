"""Inert: no text acts in a sheet, and every text comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxplan.inert import as_typed, inert

TEXTS = st.text() | st.text("=+-@＝'\t\r\n5x", max_size=4)


@given(TEXTS)
def test_every_text_comes_back(text):
    assert as_typed(inert(text)) == text


@given(TEXTS)
def test_no_text_begins_as_a_formula_does(text):
    assert inert(text)[:1] not in set("=+-@＝＋－＠\t\r\n")


@pytest.mark.parametrize("text", ["", "科普讲座", "3-4 场", "'90年代", "a=b", " '=1"])
def test_a_text_that_does_not_act_is_read_as_it_stands(text):
    assert as_typed(text) == text


def test_a_guard_put_by_other_programs_is_taken_off():
    assert as_typed("'=1+2") == "=1+2"
