"""Quantities: an amount and its unit as people write them, exactly or refused with the reason."""

from __future__ import annotations

import re
from decimal import Decimal

from kxplan.errors import BadQuantityError
from kxplan.message import message
from kxplan.model.numerals import NUMERALS, UNITS_LIKE_NUMERALS, leading_number
from kxplan.record import Record

PLACES = 6
LIMIT = Decimal(10**12)
"""Every amount is below it."""

PERCENT = "%"

_MOST_CHARACTERS = 60
_MOST_UNIT_CHARACTERS = 12
_FULL_WIDTH = {0x3000: " ", **{code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)}, 0x2212: "-"}

_MEASURES = (
    *("%", "‰", "百分点", "个百分点", "元", "角", "分"),
    *("米", "公里", "千米", "分米", "厘米", "毫米", "里", "华里", "m", "km", "cm", "mm"),
    *("平方米", "平方公里", "平方千米", "平米", "亩", "公顷", "平方", "㎡", "m²", "km²"),
    *("克", "公斤", "千克", "毫克", "斤", "两", "吨", "g", "kg", "t"),
    *("升", "毫升", "千升", "立方米", "立方", "方", "m³", "L", "l", "ml"),
    *("秒", "分钟", "小时", "个小时", "学时", "课时", "天", "工作日", "个工作日"),
)
"""Units of what is measured rather than counted, so that a fraction of one makes sense."""

_SCALES = {"十": 1, "百": 2, "千": 3, "万": 4, "十万": 5, "百万": 6, "千万": 7, "亿": 8, "十亿": 9, "百亿": 10}

_APPROXIMATE_LEAD = (*"约近数几上~≈", "大约", "大概", "将近", "接近", "差不多", "好几")
_COMPARATOR_LEAD = (
    *("不少于", "不多于", "不超过", "不低于", "不高于", "至少", "至多", "最多", "最少", "超过", "超", "突破"),
    *"<>≥≤",
)
_APPROXIMATE_TAIL = (*"多余几来半+", "左右", "上下", "以上", "以下", "以内", "之内")
_APPROXIMATE_END = ("半", "左右", "上下", "以上", "以下", "以内", "之内")
"""What makes a number with its unit inexact: 两年半, 十场左右."""
_NOT_FINITE = ("nan", "inf", "infinity", "∞", "无穷", "无穷大")
_EXPONENT = r"[0-9.]+[eE][-+]?[0-9]"
_UNIT = r"[^\W\d_²³][^\W\d_²³/·()]*(?:[/·²³()][^\W\d_²³/·()]*)*|[%‰℃°㎡]"


class Quantity(Record):
    """An exact amount and the word after it; no unit: None."""

    amount: Decimal
    unit: str | None = None


def parse_quantity(text: str, *, signed: bool = False) -> Quantity:
    """Return the quantity that people mean by `3万册`, `30,000 册`, `两批`, `10%`, `百分之十`.

    At most 6 places, below 10^12 either way; negative ones only where `signed`.

    Raises:
        BadQuantityError: it is none, or not an exact one; the reason is told.
    """
    if len(text) > _MOST_CHARACTERS:
        raise BadQuantityError(text, message("quantity.too-long"))
    written = text.translate(_FULL_WIDTH).strip().replace(" 万", "万").replace(" 亿", "亿")
    negative, unsigned = _sign(written, text, signed=signed)
    _refuse_inexact(unsigned, text)
    if unsigned.startswith(("百分之", "千分之")):
        amount, rest = leading_number(unsigned[3:])
        rest = (PERCENT if unsigned[0] == "百" else "‰") + rest
    else:
        amount, rest = leading_number(unsigned)
    unit = _unit(rest, text)
    _refuse_beyond(amount, text)
    return Quantity(_plain(-amount if negative else amount), unit)


def parse_ratio(text: str) -> tuple[Decimal, Decimal]:
    """Return numerator and denominator of `1032/10000`; both may have the same unit.

    Raises:
        BadQuantityError: it has not this form, or the denominator is not above 0.
    """
    above, slash, below = text.translate(_FULL_WIDTH).partition("/")
    if not slash or "/" in below:
        raise BadQuantityError(text, message("quantity.no-ratio"))
    numerator, denominator = parse_quantity(above), parse_quantity(below)
    if numerator.unit != denominator.unit and numerator.unit and denominator.unit:
        raise BadQuantityError(text, message("quantity.ratio-units"))
    if denominator.amount == 0:
        raise BadQuantityError(text, message("quantity.denominator"))
    return numerator.amount, denominator.amount


def parse_unit(text: str) -> str:
    """Return a unit given by itself, as the key `unit` does; `万元` may stand there.

    Raises:
        BadQuantityError: it is none.
    """
    written = text.translate(_FULL_WIDTH).strip()
    scale = next((scale for scale in sorted(_SCALES, key=len, reverse=True) if written.startswith(scale)), "")
    if written in _MEASURES or written.startswith(UNITS_LIKE_NUMERALS):
        scale = ""
    if written == scale or written[len(scale)] in "0123456789":
        raise BadQuantityError(text, message("quantity.unit", unit=written))
    unit = _unit(written.removeprefix(scale), text)
    return f"{scale}{unit}"


def amount_in(unit: str | None, quantity: Quantity) -> Decimal | None:
    """Return the amount of `quantity` counted in `unit`; None where it has another unit.

    A quantity without a unit is taken to be in `unit`. 5 万元 are 50000 in 元 and 5 in 万元.
    """
    if quantity.unit is None or quantity.unit == unit:
        return quantity.amount
    if unit is None or not unit.endswith(quantity.unit):
        return None
    scale = _SCALES.get(unit[: -len(quantity.unit)])
    return None if scale is None else _plain(quantity.amount.scaleb(-scale))


def is_whole_unit(unit: str | None) -> bool:
    """Tell whether things of this unit are counted in whole ones; so are things without a unit.

    False for shares, money, lengths, areas, weights, volumes and times.
    """
    if unit is None:
        return True
    return unit not in _MEASURES and not unit.endswith("元")


def is_whole(amount: Decimal) -> bool:
    """Tell whether `amount` has no fraction."""
    return amount == amount.to_integral_value()


def _sign(written: str, text: str, *, signed: bool) -> tuple[bool, str]:
    if written.lower().lstrip("-+").removeprefix(".") in _NOT_FINITE:
        raise BadQuantityError(text, message("quantity.not-finite"))
    if written.startswith("+"):
        raise BadQuantityError(text, message("quantity.plus"))
    for minus in ("-", "负"):
        if written.startswith(minus):
            if not signed:
                raise BadQuantityError(text, message("quantity.negative"))
            return True, written[1:].lstrip()
    return False, written


def _refuse_inexact(unsigned: str, text: str) -> None:
    """Refuse what names no one number, by the reason that helps most."""
    if not unsigned:
        raise BadQuantityError(text, message("quantity.empty"))
    if unsigned.startswith(_COMPARATOR_LEAD):
        raise BadQuantityError(text, message("quantity.comparator"))
    if unsigned.startswith(_APPROXIMATE_LEAD):
        raise BadQuantityError(text, message("quantity.approximate"))
    if "e" in unsigned.lower() and re.match(_EXPONENT, unsigned):
        raise BadQuantityError(text, message("quantity.exponent"))


def _unit(rest: str, text: str) -> str | None:
    unit = rest.strip()
    if not unit:
        return None
    if unit[0] == "_":
        raise BadQuantityError(text, message("quantity.underscore"))
    if unit[0] in "-–—~～至到":
        raise BadQuantityError(text, message("quantity.range"))
    if unit.startswith(_APPROXIMATE_TAIL) or unit.endswith(_APPROXIMATE_END):
        raise BadQuantityError(text, message("quantity.approximate"))
    if unit[0] in NUMERALS and unit not in _MEASURES and not unit.startswith(UNITS_LIKE_NUMERALS):
        raise BadQuantityError(text, message("quantity.space" if rest[0] == " " else "quantity.unclear"))
    if len(unit) > _MOST_UNIT_CHARACTERS or "分之" in unit or not (unit.isalpha() or re.fullmatch(_UNIT, unit)):
        raise BadQuantityError(text, message("quantity.unit", unit=unit))
    return unit


def _refuse_beyond(amount: Decimal, text: str) -> None:
    if amount >= LIMIT:
        raise BadQuantityError(text, message("quantity.too-large"))
    millionths = amount.scaleb(PLACES)
    if millionths != millionths.to_integral_value():
        raise BadQuantityError(text, message("quantity.places"))


def _plain(amount: Decimal) -> Decimal:
    """Return the same amount without trailing zeros, exponent or a sign on zero."""
    if amount == 0:
        return Decimal(0)
    return Decimal(f"{amount.normalize():f}")
