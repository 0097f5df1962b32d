"""Numbers for show: the one place where exact figures are rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

Exact = Fraction | Decimal | int

_SMALLEST = Fraction(1, 10_000)


def plain(value: Exact) -> str:
    """Return `value` with at most 6 places, without trailing zeros, half away from zero, never `-0`."""
    return _trimmed(fixed(value, 6))


def fixed(value: Exact, places: int) -> str:
    """Return `value` with exactly `places` places, half away from zero, never `-0.0`."""
    fraction = Fraction(value)
    scaled = abs(fraction) * 10**places
    units = (2 * scaled.numerator + scaled.denominator) // (2 * scaled.denominator)
    whole, rest = divmod(units, 10**places)
    sign = "-" if fraction < 0 and units else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def attained(value: Fraction) -> str:
    """Return 完成率 with 4 places: at most 0.9999 while short of 1, at least 0.0001 once above 0."""
    return fixed(attained_share(value), 4)


def attained_share(value: Fraction) -> Fraction:
    """Return 完成率 rounded to 4 places and held so that it claims neither done nor nothing falsely."""
    rounded = Fraction(fixed(value, 4))
    if 0 < value < 1:
        return min(max(rounded, _SMALLEST), 1 - _SMALLEST)
    return rounded


def percent(value: Fraction) -> str:
    """Return 完成率 as a percentage for the screen, with one place and the same honesty at both ends."""
    rounded = Fraction(fixed(value * 100, 1))
    if 0 < value < 1:
        rounded = min(max(rounded, Fraction(1, 10)), Fraction(999, 10))
    return f"{fixed(rounded, 1)}%"


def signed(text: str) -> str:
    """Return a plain number with its sign, `+17.1`, `-3.0`, `0.0`."""
    return f"+{text}" if Fraction(text) > 0 else text


def score(value: Fraction) -> str:
    """Return 得分 with one place: between 0 and 100 at least 0.1 and at most 99.9."""
    rounded = Fraction(fixed(value, 1))
    if 0 < value < 100:
        rounded = min(max(rounded, Fraction(1, 10)), Fraction(999, 10))
    return fixed(rounded, 1)


def grouped(value: Exact) -> str:
    """Return `value` as `plain` does, with thousands set apart: `30,000`."""
    text = plain(value)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
