"""Limits: how a target is to be met, from the words around its number."""

from __future__ import annotations

import re
from typing import Literal

Comparator = Literal["=", "ge", "gt", "le", "approx", "delta"]

_BEFORE: tuple[tuple[Comparator, str], ...] = (
    ("ge", r"(?:不[得能]?(?:少于|低于|小于|短于|早于|下于|亚于)|不少|至少|最少|起码|最低|≥|>=|大于等于|大于或等于|保底)"),
    ("le", r"(?:不[得能]?(?:超过?|高于|多于|大于|长于|晚于|突破)|控制在|限制在|最多|至多|最高|≤|<=|小于等于|小于|少于|低于|<|(?:下降|降低?|压减|压缩|压降|缩短|减少?)[到至])"),
    ("gt", r"(?:超过|突破|大于|多于|高于|(?<![彩A-Z])超|(?<=[入值额量数率])过|逾|破|>)"),
    ("approx", r"(?:大约|(?<![签预邀条合节制])约|将近|接近|(?<![附邻就最])近|大概|左右)"),
    ("delta", r"(?:提高|增长|上升|提升|增加|增幅|增收|净增|再增|下降|降低|减少|压减|压缩|缩减|削减|缩短|回落|递增|翻|(?<![最至不增])多|(?<![至不最减])少|比[^，。；]*多[办开建发招演]|降幅|涨幅)(?:了|幅度|达到?|不少于|不低于|约|近|至少|超过)?"),
)  # fmt: skip
_AFTER: tuple[tuple[Comparator, str], ...] = (
    ("ge", r"(?:及|或|（含）)?以上|\+|起步"),
    ("le", r"(?:及|（含）)?(?:以内|之内|以下)"),
    ("approx", r"左右|上下|余"),
)
_BEFORE_PATTERNS = tuple((name, re.compile(rf"{words}[ “]?$")) for name, words in _BEFORE)
_AFTER_PATTERNS = tuple((name, re.compile(words)) for name, words in _AFTER)
_STANDING_OFF = re.compile(r"^[\u4e00-\u9fff]{0,8}(?:以上)(?![\u4e00-\u9fff]*级)")


def comparator(lead_in: str, tail: str, *, is_range: bool, is_about: bool) -> Comparator | None:
    """Return how the number between `lead_in` and `tail` is meant; None where no word says so.

    A rise (提高5%以上) is a delta whatever else is said; a range is its lower end and more.
    """
    before = next((name for name, pattern in _BEFORE_PATTERNS if pattern.search(lead_in)), None)
    if _RISE.search(lead_in):
        return "delta"
    after = next((name for name, pattern in _AFTER_PATTERNS if pattern.match(tail)), None)
    if before is None and after is None:
        if is_range:
            return "ge"
        return "approx" if is_about else None
    return before if before not in (None, "approx") else after or before


_RISE = re.compile(rf"{_BEFORE[-1][1]}$")
