"""Numerals: the number a text begins with, in figures, in Chinese or mixed, exactly or refused."""

from __future__ import annotations

from collections.abc import Container
from decimal import Decimal

from kxplan.errors import BadQuantityError
from kxplan.message import message
from kxplan.record import Record

_FIGURES = frozenset("0123456789")
_WRITTEN_ON = _FIGURES | frozenset(",.")
"""What a number in figures goes on with."""
_DIGITS = {
    **{char: value for value, char in enumerate("零一二三四五六七八九")},
    **{char: value for value, char in enumerate("〇壹贰叁肆伍陆柒捌玖")},
    "两": 2,
}
_POWERS = {
    **dict.fromkeys("十拾", 1),
    **dict.fromkeys("百佰", 2),
    **dict.fromkeys("千仟", 3),
    **dict.fromkeys("万萬", 4),
    **dict.fromkeys("亿億", 8),
}
NUMERALS = _FIGURES | _DIGITS.keys() | _POWERS.keys()
"""Every character a number may be written with, but for `,` and `.`."""

UNITS_LIKE_NUMERALS = ("千瓦时", "千米", "千克", "千瓦", "千升", "千卡", "千伏", "百分点", "百帕")
"""Units that begin as a number does: after a number the unit is the longer reading."""

_MOST_FIGURES = 24
"""Fewer than the 28 digits `Decimal` computes with, so that nothing is ever rounded."""


def leading_number(text: str) -> tuple[Decimal, str]:
    """Return the number that `text` begins with, and the rest of the text as it stands.

    It is never negative. `3万5` is 35000 and `两百五` is 250, as they are spoken.

    Raises:
        BadQuantityError: no number is there, or it can be read in more than one way.
    """
    tokens, rest = _split(text)
    if not tokens:
        raise BadQuantityError(text, message("quantity.no-number"))
    number = _value(tokens)
    if number is None:
        raise BadQuantityError(text, message("quantity.unclear"))
    return number, rest


class _Token(Record):
    """A coefficient (figures, or Chinese digits), or the power of ten that multiplies."""

    coefficient: Decimal | None = None
    power: int = 0
    is_digit: bool = False
    """One figure or Chinese digit alone."""
    is_zero_led: bool = False
    """A 零 stands before it: what follows is its own place (一百零五), not the next one (一百五)."""


def _split(text: str) -> tuple[list[_Token], str]:
    tokens: list[_Token] = []
    at = 0
    while text[at : at + 1] in NUMERALS and not (tokens and _is_unit(text, at)):
        start = at
        if text[at] in _POWERS:
            tokens.append(_Token(power=_POWERS[text[at]]))
            at += 1
        elif text[at] in _DIGITS:
            at = _end(text, at, _DIGITS)
            tokens.append(_chinese(text[start:at], text))
        else:
            at = _end(text, at, _WRITTEN_ON)
            tokens.append(_Token(_figures(text[start:at], text), is_digit=at == start + 1))
    return tokens, text[at:]


def _end(text: str, at: int, characters: Container[str]) -> int:
    """Return where the run of `characters` ends that begins at `at`."""
    return next((end for end in range(at, len(text)) if text[end] not in characters), len(text))


def _is_unit(text: str, at: int) -> bool:
    """Tell whether the unit begins here although its first character could go on with the number."""
    if text.startswith(UNITS_LIKE_NUMERALS, at):
        return True
    return text[at] == "两" and text[at + 1 : at + 2] not in _POWERS


def _figures(figures: str, text: str) -> Decimal:
    whole, point, places = figures.partition(".")
    head, *groups = whole.split(",")
    if "." in places or "," in places:
        raise BadQuantityError(text, message("quantity.two-points"))
    if point and not places:
        raise BadQuantityError(text, message("quantity.dangling-point"))
    if groups and (len(head) > 3 or any(len(group) != 3 for group in groups)):
        raise BadQuantityError(text, message("quantity.comma"))
    if len(figures) > _MOST_FIGURES:
        raise BadQuantityError(text, message("quantity.too-long"))
    return Decimal(figures.replace(",", ""))


def _chinese(digits: str, text: str) -> _Token:
    """Return the coefficient that a run of Chinese digits is: 零五 after a place, 二〇〇 by itself."""
    values = [_DIGITS[char] for char in digits]
    if len(values) == 1:
        return _Token(Decimal(values[0]), is_digit=True)
    if len(values) == 2 and values[0] == 0:
        return _Token(Decimal(values[1]), is_digit=True, is_zero_led=True)
    if "〇" not in digits and "零" not in digits:
        raise BadQuantityError(text, message("quantity.approximate"))
    if len(values) > _MOST_FIGURES:
        raise BadQuantityError(text, message("quantity.too-long"))
    return _Token(Decimal("".join(map(str, values))))


def _value(tokens: list[_Token]) -> Decimal | None:
    """Return what the tokens amount to, None where they make no number."""
    power = max(token.power for token in tokens)
    if power == 0:
        return tokens[0].coefficient if len(tokens) == 1 else None
    place = _last(tokens, power) if power == 8 else next(i for i, token in enumerate(tokens) if token.power == power)
    left = _multiplied(tokens[:place], power)
    right = _tail(tokens[place + 1 :], power)
    if left is None or right is None or (right and left != left.to_integral_value()):
        return None
    return left.scaleb(power) + right


def _last(tokens: list[_Token], power: int) -> int:
    return max(i for i, token in enumerate(tokens) if token.power == power)


def _multiplied(tokens: list[_Token], power: int) -> Decimal | None:
    """Return what stands before a multiplier; 十, 百 and 千 at the very beginning mean one of them."""
    if not tokens:
        return Decimal(1) if power < 4 else None
    if len(tokens) == 1 and tokens[0].coefficient is not None:
        return tokens[0].coefficient or None
    value = _value(tokens) if power >= 4 else None
    return value if value is not None and 0 < value < 10**power else None


def _tail(tokens: list[_Token], power: int) -> Decimal | None:
    """Return what follows a multiplier; one digit alone stands for the next lower place."""
    if not tokens:
        return Decimal(0)
    first = tokens[0]
    if len(tokens) == 1 and first.coefficient is not None:
        if not first.is_digit:
            return None
        return first.coefficient if first.is_zero_led else first.coefficient.scaleb(power - 1)
    if first.coefficient is None and first.power != 1:
        return None
    value = _value(tokens)
    return value if value is not None and value < 10**power else None
