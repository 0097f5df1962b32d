"""Numbers for show: the one place where exact figures are rounded."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from kxplan.progress.summary import score_tenths

Exact = Fraction | Decimal | int


def plain(value: Exact, places: int = 6) -> str:
    """Return `value` with at most so many places, without trailing zeros, half away from zero, never `-0`."""
    return _trimmed(fixed(value, places))


def fixed(value: Exact, places: int) -> str:
    """Return `value` with exactly `places` places, half away from zero, never `-0.0`."""
    return _written(_rounded(value, places), places)


def attained(value: Fraction) -> str:
    """Return 完成率 with 4 places: at most 0.9999 while short of 1, at least 0.0001 once above 0."""
    return fixed(attained_share(value), 4)


def attained_share(value: Fraction) -> Fraction:
    """Return 完成率 rounded to 4 places and held so that it claims neither done nor nothing falsely."""
    units = _rounded(value, 4)
    return Fraction(min(max(units, 1), 9999) if 0 < value < 1 else units, 10_000)


def percent(value: Fraction) -> str:
    """Return 完成率 as a percentage for the screen, with one place and the same honesty at both ends."""
    tenths = _rounded(value, 3)
    return f"{_written(min(max(tenths, 1), 999) if 0 < value < 1 else tenths, 1)}%"


def signed(text: str) -> str:
    """Return a plain number with its sign, `+17.1`, `-3.0`, `0.0`."""
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


def score(value: Fraction) -> str:
    """Return 得分 with one place: between 0 and 100 at least 0.1 and at most 99.9."""
    return _written(score_tenths(value), 1)


def grouped(value: Exact, places: int = 6) -> str:
    """Return `value` as `plain` does, with at most so many places and thousands set apart: `30,000`."""
    text = plain(value, places)
    sign, digits = ("-", text[1:]) if text.startswith("-") else ("", text)
    whole, point, rest = digits.partition(".")
    return f"{sign}{int(whole):,}{point}{rest}"


def _rounded(value: Exact, places: int) -> int:
    """Return `value` in units of its last place, half away from zero.

    On whole numbers: Fraction's own arithmetic takes as long as the rest of a table.
    """
    numerator, denominator = value.as_integer_ratio()
    units: int = (2 * abs(numerator) * 10**places + denominator) // (2 * denominator)
    return -units if numerator < 0 else units


def _written(units: int, places: int) -> str:
    whole, rest = divmod(abs(units), 10**places)
    sign = "-" if units < 0 else ""
    return f"{sign}{whole}.{rest:0{places}d}" if places else f"{sign}{whole}"


def _trimmed(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text else text
