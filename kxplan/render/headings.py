"""Headings: their numbers as each language writes them, 一、 （一） 1. and 1. (1) 1)."""

from __future__ import annotations

from kxplan.locale import Translator
from kxplan.render.cells import GLYPHS, Signs, words
from kxplan.reports.page import Heading

_DIGITS = "零一二三四五六七八九"
_DEEPEST = 4


def heading_text(heading: Heading, tr: Translator, signs: Signs = GLYPHS) -> str:
    """Return a heading with its number. Source: GB/T 9704-2012, 7.3.3, the order of numbers in a text."""
    text = words(heading.words, tr, signs)
    if heading.number is None:
        return text
    level = min(max(heading.level, 2), _DEEPEST)
    number = chinese_number(heading.number) if tr.language == "zh" and level < _DEEPEST else str(heading.number)
    return tr(f"report.heading-{level}", number=number, title=text)


def chinese_number(number: int) -> str:
    """Return a number from 1 to 99 in Chinese: 九, 十, 十二, 二十, 三十一; others in figures."""
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return head + (_DIGITS[ones] if ones else "")
