"""Rhythm: per which period, and per which place, person or piece an amount is meant."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

Period = Literal["per-week", "per-month", "per-quarter", "per-year"]


class Rhythm(NamedTuple):
    """What an amount is per; None where it is for the whole."""

    period: Period | None = None
    scope: str | None = None


def rhythm(lead_in: str, rate: str = "") -> Rhythm:
    """Return what the words before a number, or the `rate` behind its slash, say it is per.

    Spans of two weeks, half a year or a term are no period of the contract: they go to the scope.
    """
    scope = _last(_SCOPE, lead_in)
    period = next((name for name, pattern in _PERIODS if pattern.search(lead_in)), None)
    odd = _last(_ODD_SPAN, lead_in)
    if rate:
        rated = next((name for name, words in _RATES if rate.removeprefix("个") in words), None)
        period = period or rated
        scope = scope or (None if rated else "每" + rate)
    if odd:
        return Rhythm(None, odd)
    return Rhythm(period, scope)


def per_what(period: Period | None, scope: str) -> str:
    """Return scope and period as a plan says them in one: 每校每月."""
    return scope + (_SAID.get(period, "") if period else "")


_SAID: dict[Period, str] = {"per-week": "每周", "per-month": "每月", "per-quarter": "每季度", "per-year": "每年"}


def without_rhythm(text: str) -> str:
    """Return `text` without the words that say per which period or scope."""
    for pattern in (_ODD_SPAN, *(pattern for _, pattern in _PERIODS), _SCOPE):
        text = pattern.sub("", text)
    return text


_PERIODS: tuple[tuple[Period, re.Pattern[str]], ...] = (
    (
        "per-week",
        re.compile(
            r"每个?(?:周|星期)(?![末年边])|周均|按周|逐周|每个?礼拜|(?<!第)一个?(?:周|星期|礼拜)[\u4e00-\u9fff]?$"
        ),
    ),
    ("per-month", re.compile(r"每个?月|月均|按月|逐月|一个?月[\u4e00-\u9fff]?$")),
    ("per-quarter", re.compile(r"每个?季度?(?!末|初|首)|季均|按季度?|逐季|一个?季度?[\u4e00-\u9fff]?$")),
    ("per-year", re.compile(r"每年(?!级|度?末|底|初)|年均|逐年|一年$")),
)
_RATES: tuple[tuple[Period, frozenset[str]], ...] = (
    ("per-week", frozenset({"周", "星期"})),
    ("per-month", frozenset({"月"})),
    ("per-quarter", frozenset({"季", "季度"})),
    ("per-year", frozenset({"年", "年度"})),
)
_ODD_SPAN = re.compile(
    r"每半年|每半个?月|每学[期年]|每两?个?[二两三四五六\d]+个?(?:周|星期|月|季度|年)|每[天日晚旬夜]|每周[末日]|每(?:隔)?\d+天|日均|每双月|双月|每[寒暑]假|(?:半年|半个?月|(?<!\d)[两二三四2-6]个?(?:月|周|星期|季度|年|天)|一学[期年])$"
)
_PLACE = (
    "工业园区|产业园区|园区|景区|商圈|楼宇|车间|机关|分局|网点|驿站|书屋|场馆|卫生院|卫生室|党组织|辅导员|导师|讲师|领导|成员|同志|学员|考生|"
    "行政村|自然村|村居|村社区|村|社区|街道|乡镇|镇街|镇|乡|县区|县市区|区县|县|市|区|学校|中小学|年级|班级|班|校|企业|单位|部门|科室|党支部|支部|学会|协会|基地|小区|"
    "网格|窗口|家庭|农户|户|馆员|馆|站点|站|点|教师|医生|干部|党员|职工|学生|员工|会员|专家|志愿者|代表|委员|组|队|店|人|团队|项目|分馆|书房|社团|教室|工作站|示范点|片区|院|所"
)
_PIECE = "场次|种(?!植|业|类|养|子)|趟|堂|门|讲|部|项|场|期|次|班|批|家|所|处|户|人|名|位|支|队|组|台|辆|座|间|套|份|册|本|期刊|节|课|件|条|篇|亩|校|村|轮|届|站|车|桌"
_SCOPE = re.compile(
    rf"每[十百千万]{{1,2}}(?:名|人|户|家|位|平方公里)|每(?:一)?(?:个|名|所|家|户|支|位|座)?(?:{_PLACE})(?!均)|每(?:一)?(?:{_PIECE}|个)|"
    rf"(?:人|户|村|校|场|班|馆|组|镇|店|生|亩)均|一[户家人村校班]$|(?<![到与于自])各(?!组织)(?:{_PLACE})(?=[^、，]*(?:不少于|至少|不低于|\d|[一二两三四五六七八九十]$|$))"
)


def _last(pattern: re.Pattern[str], text: str) -> str | None:
    found = [match[0] for match in pattern.finditer(text)]
    return found[-1] if found else None
