"""Rounding for show: exact numbers in, honest text out."""

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from kxplan.locale import plain_number
from kxplan.render import numbers


def test_halves_go_away_from_zero():
    assert numbers.fixed(Fraction(5, 100), 1) == "0.1"
    assert numbers.fixed(Fraction(-5, 100), 1) == "-0.1"


def test_zero_has_no_sign():
    assert numbers.fixed(Fraction(-1, 1000), 1) == "0.0"
    assert numbers.plain(Decimal("-0")) == "0"


def test_plain_drops_trailing_zeros_and_keeps_six_places():
    assert numbers.plain(Decimal("1.500")) == "1.5"
    assert numbers.plain(Fraction(1, 3)) == "0.333333"
    assert numbers.plain(Decimal(1000)) == "1000"


def test_attained_never_claims_done_while_short():
    assert numbers.attained(Fraction(999_999, 1_000_000)) == "0.9999"
    assert numbers.attained(Fraction(1)) == "1.0000"
    assert numbers.percent(Fraction(999_999, 1_000_000)) == "99.9%"


def test_attained_never_claims_nothing_once_something_is_done():
    assert numbers.attained(Fraction(1, 1_000_000)) == "0.0001"
    assert numbers.percent(Fraction(1, 1_000_000)) == "0.1%"
    assert numbers.attained(Fraction(0)) == "0.0000"


def test_attained_below_nothing_and_above_everything_is_plain():
    assert numbers.attained(Fraction(-1, 100_000)) == "0.0000"
    assert numbers.attained(Fraction(3, 2)) == "1.5000"


def test_score_is_held_between_nothing_and_everything():
    assert numbers.score(Fraction(1, 1000)) == "0.1"
    assert numbers.score(Fraction(99_999, 1000)) == "99.9"
    assert numbers.score(Fraction(100)) == "100.0"


def test_points_carry_their_sign():
    assert numbers.signed(numbers.fixed(Fraction(171, 10), 1)) == "+17.1"
    assert numbers.signed(numbers.fixed(Fraction(-3), 1)) == "-3.0"
    assert numbers.signed(numbers.fixed(Fraction(1, 1000), 1)) == "0.0"


def test_thousands_are_set_apart():
    assert numbers.grouped(Decimal("-1234567.5")) == "-1,234,567.5"


@given(st.fractions(min_value=-(10**12), max_value=10**12))
def test_plain_is_within_half_a_millionth(value):
    assert abs(Fraction(numbers.plain(value)) - value) <= Fraction(1, 2 * 10**6)


@given(st.decimals(min_value=-(10**11), max_value=10**11, places=6))
def test_six_places_are_exact(value):
    assert Decimal(numbers.plain(value)) == value


@given(st.fractions(min_value=-(10**9), max_value=10**9))
def test_sentences_and_tables_write_one_number_alike(value):
    assert plain_number(value) == numbers.plain(value)
