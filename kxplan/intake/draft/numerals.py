"""Numerals: exact values of the figures that Chinese office prose writes."""

from __future__ import annotations

from decimal import Decimal

DIGITS = r"(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d{1,3}(?: \d{3})+(?![\d ])|\d+(?:\.\d+)*)"
"""Arabic digits with grouping commas or any number of points (a second point is damage)."""

HANZI = r"[零〇一二两三四五六七八九十百千万亿廿卅]+"
"""A Chinese numeral; whether it is meant as a number is for the caller to judge."""

MAGNITUDE = r"(?:万亿|[十百千]?[万亿]|[百千])"
"""What may follow Arabic digits and multiplies them."""

_ONES = {c: n for n, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100, "千": 1000}
_GROUPS = {"万": 10**4, "亿": 10**8}


def digits_value(written: str, magnitude: str = "") -> Decimal | None:
    """Return the value of Arabic digits times a magnitude; None where there are two points."""
    if written.count(".") > 1:
        return None
    value = Decimal(written.replace(",", "").replace(" ", ""))
    for sign in magnitude:
        value *= _TENS.get(sign) or _GROUPS[sign]
    return value


def hanzi_value(written: str) -> tuple[Decimal, bool] | None:
    """Return the value of a Chinese numeral and whether it is the lower end of a pair (五六, 三五百).

    None where the characters follow no reading: 一二三, 百百.
    """
    spelled = _spelled_year(written)
    if spelled is not None:
        return spelled, False
    total = 0
    is_pair = False
    for group, sign in _groups(written):
        read = _below_ten_thousand(group)
        if read is None:
            return None
        value, pair = read
        is_pair = is_pair or pair
        if sign == "亿":
            total = (total + value) * _GROUPS[sign]
        else:
            total += value * _GROUPS.get(sign, 1)
    return Decimal(total), is_pair


def _spelled_year(written: str) -> Decimal | None:
    """二〇二四 is read digit by digit."""
    if len(written) == 4 and all(sign in _ONES for sign in written):
        return Decimal("".join(str(_ONES[sign]) for sign in written))
    return None


def _groups(written: str) -> list[tuple[str, str]]:
    """Cut at 万 and 亿: 三十万五千 is (三十, 万), (五千, "")."""
    groups: list[tuple[str, str]] = []
    start = 0
    for place, sign in enumerate(written):
        if sign in _GROUPS:
            groups.append((written[start:place], sign))
            start = place + 1
    if start < len(written):
        groups.append((written[start:], ""))
    return groups


def _below_ten_thousand(group: str) -> tuple[int, bool] | None:
    """Read 三百二十, 百, 十五, 两三, 二三十; an empty group (百万's 百 is not) counts as one."""
    if not group:
        return 1, False
    total, digit, ceiling = 0, None, 10**4
    is_pair = False
    for sign in group.replace("廿", "二十").replace("卅", "三十"):
        if sign in _TENS:
            if _TENS[sign] >= ceiling:
                return None
            ceiling = _TENS[sign]
            total += (1 if digit is None else digit) * ceiling
            digit = None
        elif digit in (None, 0):
            digit = _ONES[sign]
        elif not is_pair and _ONES[sign] > digit:
            is_pair = True
        else:
            return None
    return total + (digit or 0), is_pair
