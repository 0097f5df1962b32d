"""Chinese numerals: read as they are spoken, and checked against cn2an where both should agree."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxplan.errors import BadQuantityError
from kxplan.model.numerals import leading_number

READ = [
    ("十", 10),
    ("十二", 12),
    ("百", 100),
    ("百万", 10**6),
    ("一百零五", 105),
    ("一百五", 150),
    ("一百五十", 150),
    ("两百五", 250),
    ("一千零五十", 1050),
    ("三万五", 35000),
    ("三万两千", 32000),
    ("一万零五百", 10500),
    ("一亿二千三百万", 123_000_000),
    ("二〇二三", 2023),
    ("壹佰贰拾", 120),
    ("3万5千", 35000),
    ("3百万", 3 * 10**6),
    ("0.5万亿", 5 * 10**11),
    ("零", 0),
]


@pytest.mark.parametrize(("text", "number"), READ)
def test_a_numeral_is_read_as_it_is_spoken(text, number):
    assert leading_number(text) == (Decimal(number), "")


@pytest.mark.parametrize("text", ["三五", "两三", "五百三千", "三万五万", "万", "亿", "万亿", "卅", "半", "一亿零5"])
def test_a_numeral_with_no_one_reading_is_refused(text):
    with pytest.raises(BadQuantityError):
        leading_number(text)


def test_the_rest_is_handed_back_as_it_stands():
    assert leading_number("两百 册") == (Decimal(200), " 册")


@given(st.integers(1, 10**11))
def test_what_cn2an_writes_is_read_as_the_same(number):
    assert leading_number(cn2an.an2cn(number)) == (Decimal(number), "")


@given(st.integers(1, 10**11))
def test_what_cn2an_writes_for_cheques_is_read_as_the_same(number):
    assert leading_number(cn2an.an2cn(number, "up")) == (Decimal(number), "")


@given(st.integers(10, 10**11))
def test_cn2an_reads_the_same(number):
    text = cn2an.an2cn(number)
    assert leading_number(text)[0] == cn2an.cn2an(text, "smart")
