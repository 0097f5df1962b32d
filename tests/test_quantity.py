"""Quantities: exact, or refused with the reason that helps."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kxplan.errors import BadQuantityError, ExitCode
from kxplan.locale import translator
from kxplan.model.quantity import (
    Quantity,
    amount_in,
    is_whole,
    is_whole_unit,
    parse_quantity,
    parse_ratio,
    parse_unit,
)

READ = [
    ("3万册", "30000", "册"),
    ("30,000 册", "30000", "册"),
    ("1.5万人次", "15000", "人次"),
    ("两批", "2", "批"),
    ("10%", "10", "%"),
    ("75％", "75", "%"),
    ("百分之六十", "60", "%"),
    ("200", "200", None),
    ("２００ 块", "200", "块"),
    ("１２场", "12", "场"),
    ("３，０００册", "3000", "册"),
    ("２亿5", "250000000", None),
    ("010", "10", None),
    ("0", "0", None),
    ("0.10000000", "0.1", None),
    ("12000万元", "120000000", "元"),
    ("3千米", "3", "千米"),
    ("3两", "3", "两"),
    ("1.8个百分点", "1.8", "个百分点"),
    ("40元/次", "40", "元/次"),
    ("500m²", "500", "m²"),
    ("999999999999.999999", "999999999999.999999", None),
]

REFUSED = [
    ("", "empty"),
    ("nan", "not-finite"),
    ("-inf", "not-finite"),
    ("1e5", "exponent"),
    ("1e400", "exponent"),
    ("100000000000000000000", "too-large"),
    ("1000000000000", "too-large"),
    ("9" * 5000, "too-long"),
    ("9" * 40, "too-long"),
    ("-5", "negative"),
    ("－5", "negative"),
    ("负五", "negative"),
    ("+5", "plus"),
    ("1_000", "underscore"),
    ("1,20", "comma"),
    ("1 000", "space"),
    ("1.2.3", "two-points"),
    ("5.", "dangling-point"),
    ("0.1234567", "places"),
    ("约30", "approximate"),
    ("30余册", "approximate"),
    ("近百场", "approximate"),
    ("几十场", "approximate"),
    ("两年半", "approximate"),
    ("十场左右", "approximate"),
    ("200场以上", "approximate"),
    ("两三场", "approximate"),
    ("不少于30册", "comparator"),
    ("≥30", "comparator"),
    ("3-5所", "range"),
    ("10至20个", "range"),
    ("1.5万3千", "unclear"),
    ("2亿50", "unclear"),
    ("5²", "unit"),
    ("0x10", "unit"),
    ("二十分之一", "unit"),
    ("册", "no-number"),
    ("٣", "no-number"),
    ("½", "no-number"),
]


@pytest.mark.parametrize(("text", "amount", "unit"), READ)
def test_a_quantity_is_read_as_people_mean_it(text, amount, unit):
    assert parse_quantity(text) == Quantity(Decimal(amount), unit)


@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_what_is_no_exact_quantity_is_refused_with_its_reason(text, reason):
    with pytest.raises(BadQuantityError) as error:
        parse_quantity(text)
    assert error.value.data["reason"].id == f"quantity.{reason}"


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize(("text", "reason"), REFUSED)
def test_every_reason_has_a_sentence(language, text, reason):
    with pytest.raises(BadQuantityError) as error:
        parse_quantity(text)
    assert translator(language)(error.value.message)


def test_a_refusal_says_what_to_write_instead():
    with pytest.raises(BadQuantityError) as error:
        parse_quantity("1 000")
    assert translator("zh")(error.value.message) == ("“1 000”不能作为数量：数字中间有空格；请连起来写，如 30000。")


def test_a_refused_amount_is_a_usage_error():
    assert BadQuantityError.exit_code == ExitCode.USAGE


def test_a_long_text_is_shortened_in_its_refusal():
    with pytest.raises(BadQuantityError) as error:
        parse_quantity("9" * 5000)
    assert error.value.data["text"] == "9" * 39 + "…"


@pytest.mark.parametrize(
    ("text", "amount"), [("-5", "-5"), ("－1.5", "-1.5"), ("−3", "-3"), ("负五", "-5"), ("-0", "0")]
)
def test_a_level_may_be_negative(text, amount):
    assert str(parse_quantity(text, signed=True).amount) == amount


@given(st.decimals(min_value=0, max_value=Decimal("999999999999.999999"), places=6))
def test_a_written_amount_is_read_as_the_same(amount):
    assert parse_quantity(f"{amount:f}册") == Quantity(amount, "册")


@given(st.integers(0, 10**12 - 1))
def test_thousands_may_have_commas(number):
    assert parse_quantity(f"{number:,}").amount == number


@given(st.text(max_size=80))
def test_any_text_is_read_exactly_or_refused(text):
    try:
        amount, unit = parse_quantity(text)
    except BadQuantityError:
        return
    assert parse_quantity(f"{amount:f}{unit or ''}") == (amount, unit)


def test_ten_times_a_tenth_is_one():
    assert sum((parse_quantity("0.1").amount for _ in range(10)), Decimal(0)) == 1


@pytest.mark.parametrize(
    ("text", "parts"), [("1032/10000", ("1032", "10000")), ("１／４", ("1", "4")), ("3万人/5万人", ("30000", "50000"))]
)
def test_a_ratio_has_a_numerator_and_a_denominator(text, parts):
    assert parse_ratio(text) == tuple(map(Decimal, parts))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("75", "no-ratio"),
        ("1/2/3", "no-ratio"),
        ("3/0", "denominator"),
        ("1人/2户", "ratio-units"),
        ("-1/2", "negative"),
    ],
)
def test_another_form_is_no_ratio(text, reason):
    with pytest.raises(BadQuantityError) as error:
        parse_ratio(text)
    assert error.value.data["reason"].id == f"quantity.{reason}"


@pytest.mark.parametrize(
    "unit",
    [
        "%",
        "‰",
        "百分点",
        "元",
        "角",
        "分",
        "米",
        "公里",
        "平方米",
        "亩",
        "公顷",
        "克",
        "公斤",
        "吨",
        "升",
        "分钟",
        "小时",
        "学时",
        "课时",
        "天",
        "万元",
    ],
)
def test_what_is_measured_may_have_fractions(unit):
    assert not is_whole_unit(unit)


@pytest.mark.parametrize("unit", [None, "册", "人次", "场", "个", "期", "块", "批"])
def test_what_is_counted_is_whole(unit):
    assert is_whole_unit(unit)


def test_an_amount_is_whole_without_a_fraction():
    assert is_whole(Decimal("2.0"))
    assert not is_whole(Decimal("2.5"))


def test_an_amount_is_counted_in_the_unit_that_is_asked_for():
    assert amount_in("万元", parse_quantity("5万元")) == 5
    assert amount_in("元", parse_quantity("5万元")) == 50000
    assert amount_in("册", parse_quantity("5")) == 5
    assert amount_in("册", parse_quantity("5本")) is None
    assert amount_in(None, parse_quantity("5本")) is None


@pytest.mark.parametrize("unit", ["册", "%", "万元", "千米", "人次"])
def test_a_unit_stands_by_itself(unit):
    assert parse_unit(unit) == unit


@pytest.mark.parametrize("text", ["", "3场", "万", "a b"])
def test_what_is_no_unit_is_refused(text):
    with pytest.raises(BadQuantityError):
        parse_unit(text)
