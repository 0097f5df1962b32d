"""Figures: every number with a measure word in a sentence, read exactly and never repaired.

The grammar, in the order in which it is tried at each place:
  figure  = blank unit | share | range | number [unit]
  share   = 百分之 number
  range   = number [unit] dash number unit        (3-5所, 8至10期, 5—8万元, 3个-5个)
  number  = digits [about] [magnitude] [about] | hanzi [about] | damaged
  damaged = number blank number | hanzi digits    (9 9个, 三4项)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from kxplan.intake.draft.measures import REPEATED, Measure, measure_at
from kxplan.intake.draft.numerals import DIGITS, HANZI, MAGNITUDE, digits_value, hanzi_value
from kxplan.message import Message, message

Span = tuple[int, int]


class Figure(NamedTuple):
    """A number as it stands in a text."""

    start: int
    end: int
    """After the unit; 以上 and the like stand behind it."""
    amount: Decimal | None
    """The lower end of a range; None for a placeholder and for a string that is no number."""
    unit: str = ""
    """Empty where no measure word follows."""
    digits: str = ""
    """The number's own characters, without blanks, magnitude and unit."""
    is_range: bool = False
    is_about: bool = False
    """余, 多, 来, 几 belong to the number."""
    is_hanzi: bool = False
    is_placeholder: bool = False
    per: str = ""
    """What follows a slash: the 月 of 2次/月."""
    damage: tuple[Message, ...] = ()


def figures(text: str, taken: Sequence[Span] = (), *, unit: str = "") -> list[Figure]:
    """Return the figures of the levelled `text` in order, passing over the spans in `taken`.

    `unit` is the unit of numbers that have none of their own (a column's), with a magnitude
    before it where the column has one (万元). Without it a number that no measure word follows is
    a figure with an empty unit. Chinese numerals need a measure word.
    """
    occupied = _Occupied(taken)
    found: list[Figure] = []
    place = 0
    for match in _BEGINNING.finditer(text):
        start = match.start()
        if start < place or occupied.meets(start, match.end()):
            continue
        figure = _figure_at(text, start, unit)
        if figure is not None and not occupied.meets(figure.start, figure.end):
            found.append(figure)
            place = figure.end
    return list(_doubles_joined(text, found))


ABOUT = "[余多来几]"
_DASH = re.compile(r" ?(?:[-–—―~]{1,2}|至|到|、) ?")
_BLANK = re.compile(
    r"(?<![A-Za-z0-9第])(?:[xX×*]{1,4}|N|_{2,}|[○〇●□△◯]{1,4}|（_*）|[?？]{2,})(?![A-Za-z0-9])[多余]?(?:[百千万亿]{1,2})?(?:[多余])?"
)
_ARABIC = re.compile(rf"({DIGITS}) ?{ABOUT}?({MAGNITUDE})?{ABOUT}?")
_CHINESE = re.compile(rf"({HANZI}){ABOUT}?([万亿])?{ABOUT}?")
_SHARE = re.compile(rf"([百千])分之({DIGITS}|{HANZI})")
_BEGINNING = re.compile(r"(?<![\d.])\d|[零〇一二两三四五六七八九十百千万亿廿卅]|[xX×*N_○●□△◯（?？]")
_APART = re.compile(r"(\d+) (?=\d)(?!\d{3}(?!\d))")
_HANZI_DIGIT = re.compile(r"[两三四五六七八九](?=\d+(?![\d,.]*年))")
_DIGIT_HANZI = re.compile(r"\d+(?=[二两三四五六七八九](?![百千万亿十]))")
_PER = re.compile(r"/每?(个?(?:学期|学年|季度|年度|星期|社区|街道|乡镇|课时|单位|[\u4e00-\u9fff]))(?:[·/][年季月])?")


class _Number(NamedTuple):
    start: int
    end: int
    amount: Decimal | None
    digits: str
    magnitude: str = ""
    is_pair: bool = False
    is_about: bool = False
    is_hanzi: bool = False
    damage: tuple[Message, ...] = ()


class _Occupied:
    """Spans of a text that are already read as something else."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._places = {place for start, end in spans for place in range(start, end)}

    def meets(self, start: int, end: int) -> bool:
        return bool(self._places) and any(place in self._places for place in range(start, end))


def _figure_at(text: str, start: int, column: str) -> Figure | None:
    blank = _BLANK.match(text, start)
    if blank:
        return _placeholder(text, blank, column)
    share = _SHARE.match(text, start)
    if share:
        return _share(share)
    number = _number_at(text, start)
    if number is None:
        return None
    measure = measure_at(text, _past_blank(text, number.end))
    figure = _range(text, number, measure.end if measure else number.end, column)
    if figure is None:
        figure = _single(text, number, column)
    return figure and _with_rate(text, figure)


def _placeholder(text: str, blank: re.Match[str], column: str) -> Figure | None:
    measure = measure_at(text, blank.end())
    if measure is None and column and blank.end() == len(text):
        measure = Measure(column.lstrip("百千万亿"), blank.end())
    if measure is None or measure.unit.removeprefix("个") in {"年", "月", "日", "号"}:
        return None
    if measure.unit in _NAMES and not _stands_for_a_number(text, blank.start(), measure.end):
        return None
    reason = message("draft.placeholder", written=text[blank.start() : measure.end])
    return Figure(blank.start(), measure.end, None, measure.unit, blank[0], is_placeholder=True, damage=(reason,))


_NAMES = frozenset("局 店 站 点 室 班 部 团 队 组 门 台 片 级 届 楼 层 代 处 所 课 对 道 股 案 版 标 小组".split())
"""Measure words that also end the name of a place or an office: XX站, XX所."""
_OFFICE_BEFORE = re.compile(r"(?:^|[由：，、；。和与及向在经请市区县省镇乡“])$")
_OFFICE_AFTER = re.compile(r"(?:牵头|负责|配合|主办|承办|协办|联合|[长员会主”）]|的)")


def _stands_for_a_number(text: str, start: int, end: int) -> bool:
    return not _OFFICE_BEFORE.search(text[max(0, start - 1) : start]) and not _OFFICE_AFTER.match(text, end)


def _share(match: re.Match[str]) -> Figure | None:
    written = match[2]
    if written[0].isdigit():
        amount = digits_value(written)
    else:
        read = hanzi_value(written)
        amount = read and read[0]
    unit = "%" if match[1] == "百" else "‰"
    return None if amount is None else Figure(match.start(), match.end(), amount, unit, written, is_hanzi=True)


def _number_at(text: str, start: int) -> _Number | None:
    return _damaged_at(text, start) or _arabic_at(text, start) or _chinese_at(text, start)


def _damaged_at(text: str, start: int) -> _Number | None:
    """9 9个 and 三4项: the second number, with the reason."""
    for pattern in (_APART, _HANZI_DIGIT, _DIGIT_HANZI):
        first = pattern.match(text, start)
        if not first:
            continue
        second = _arabic_at(text, first.end()) or _chinese_at(text, first.end())
        if second is not None and measure_at(text, second.end):
            reason = message("draft.glued", written=text[start : second.end])
            return second._replace(start=start, damage=(*second.damage, reason))
    return None


def _arabic_at(text: str, start: int) -> _Number | None:
    match = _ARABIC.match(text, start)
    if not match:
        return None
    written, magnitude = match[1], match[2] or ""
    bare = _BARE_DIGITS.match(text, start)
    if bare and magnitude and measure_at(text, bare.end()):
        match, magnitude = bare, ""
    amount = digits_value(written, magnitude)
    damage = () if amount is not None else (message("draft.two-points", written=written),)
    is_about = bool(re.search(ABOUT, match[0]))
    return _Number(start, match.end(), amount, written, magnitude, is_about=is_about, damage=damage)


_BARE_DIGITS = re.compile(rf"({DIGITS}){ABOUT}?")


def _chinese_at(text: str, start: int) -> _Number | None:
    match = _CHINESE.match(text, start)
    read = hanzi_value(match[1]) if match else None
    if match is None or read is None:
        return None
    amount, is_pair = read
    if match[1] in ("万", "亿") and len(match[0]) == 1 and not _ROUND_BEFORE.search(text[max(0, start - 1) : start]):
        return None
    if match[2]:
        amount *= 10**4 if match[2] == "万" else 10**8
    is_about = len(match[0]) > len(match[1]) + len(match[2] or "")
    return _Number(start, match.end(), amount, match[1], match[2] or "", is_pair, is_about, is_hanzi=True)


_ROUND_BEFORE = re.compile("[近上超约达破逾过]")
"""万 alone is a number only where it is rounded to: 近万人次, 上万册; not in 单位：万元."""


def _range(text: str, first: _Number, place: int, column: str) -> Figure | None:
    """3-5所, 3个-5个: from the first number through the unit of the second."""
    dash = _DASH.match(text, place)
    if not dash or _TO_BEFORE.search(text[max(0, first.start - 1) : first.start]):
        return None
    second = _number_at(text, dash.end())
    if second is None or first.amount is None or second.amount is None:
        return None
    if "、" in dash[0] and not _neighbours(first, second, place):
        return None
    unit, end, magnitude = _unit(text, second, column)
    first_unit = measure_at(text, first.end)
    if not unit or (place != first.end and first_unit is not None and first_unit.unit != unit):
        return None
    amount = first.amount
    if not first.magnitude and first.amount <= second.amount:
        amount *= digits_value("1", second.magnitude if not second.is_hanzi else "") or 1
    amount *= magnitude
    return Figure(
        first.start, end, amount, unit, first.digits, is_range=True, is_hanzi=first.is_hanzi, damage=first.damage
    )


_TO_BEFORE = re.compile("[由从自]")


def _neighbours(first: _Number, second: _Number, place: int) -> bool:
    """两、三次 is a range; 3、4月 and 2个、3个 are not."""
    both = first.amount is not None and second.amount is not None and second.amount - first.amount == 1
    return both and first.is_hanzi and second.is_hanzi and place == first.end


def _single(text: str, number: _Number, column: str) -> Figure | None:
    unit, end, magnitude = _unit(text, number, column)
    if not unit and number.is_hanzi:
        return None
    amount = None if number.amount is None else number.amount * magnitude
    return Figure(
        number.start, end, amount, unit, number.digits, number.is_pair, number.is_about, number.is_hanzi, damage=number.damage
    )  # fmt: skip


def _unit(text: str, number: _Number, column: str) -> tuple[str, int, Decimal]:
    """Return the unit, where it ends, and what the column's magnitude multiplies with."""
    place = _past_blank(text, number.end)
    measure = measure_at(text, place)
    if measure is not None:
        return measure.unit, measure.end, Decimal(1)
    magnitude = _COLUMN_MAGNITUDE.match(column)
    if column and magnitude and (not number.is_hanzi or number.end == len(text)):
        return column[magnitude.end() :], number.end, digits_value("1", magnitude[0]) or Decimal(1)
    return "", number.end, Decimal(1)


_COLUMN_MAGNITUDE = re.compile("[百千万亿]*(?=.)")


def _past_blank(text: str, place: int) -> int:
    return place + 1 if text[place : place + 1] == " " else place


def _with_rate(text: str, figure: Figure) -> Figure:
    """2次/月, 40元/次: keep what it is per; 300人/次 is 人次 with a stroke."""
    rate = _PER.match(text, figure.end)
    if rate and rate[1] == "次" and figure.unit in REPEATED.split():
        return figure._replace(end=rate.end(), unit=figure.unit + "次")
    return figure._replace(end=rate.end(), per=rate[1]) if rate and figure.unit else figure


def _doubles_joined(text: str, found: list[Figure]) -> Iterator[Figure]:
    """88%88% is one damaged figure."""
    last: Figure | None = None
    for figure in found:
        if last and last.end == figure.start and last.amount == figure.amount and last.unit in ("", figure.unit):
            reason = message("draft.doubled", written=text[last.start : figure.end])
            last = last._replace(end=figure.end, unit=figure.unit, damage=(*last.damage, reason))
            continue
        if last:
            yield last
        last = figure
    if last:
        yield last
