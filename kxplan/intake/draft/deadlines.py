"""Deadlines: the days by which a plan wants something done, and how far in its sentence each reaches."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from kxplan.intake.draft.asides import YEAR
from kxplan.intake.draft.numerals import hanzi_value


class Deadline(NamedTuple):
    """A deadline as it stands in a sentence."""

    start: int
    end: int
    due: date | None
    """None where the text names no year, or where there is no such day."""
    is_damaged: bool = False
    """Whether the text names a month or a day that does not exist."""
    text: str = ""


class Deadlines:
    """The deadlines of one sentence, and which of its targets each governs.

    One that opens the sentence governs all of it; one in a clause with figures governs these, and where it opens its part of the sentence also
    those that follow; one in a clause without figures the figures before it back to the deadline
    before (…4处，6月底前全部投入使用), or where there are none those after it (9月底前完成改造，新增展品18件).
    """

    def __init__(self, text: str, year: int | None, places: Sequence[int]) -> None:
        """Read the levelled `text` of a plan for `year`; `places` are where its targets begin."""
        self._due: dict[int, Deadline] = {}
        self._deal_years(text, places)
        found = deadlines(text, year)
        since = 0
        for index, deadline in enumerate(found):
            until = found[index + 1].start if index + 1 < len(found) else len(text)
            other = _ALL_YEAR.search(text, deadline.end, until)
            until = other.start() if other else until
            governed = _governed(text, deadline, places, since, until)
            since = deadline.end if governed else since
            for place in governed:
                self._due.setdefault(place, deadline)

    def _deal_years(self, text: str, places: Sequence[int]) -> None:
        """Give each of the targets that 分别 deals out over several years its own."""
        for match in _YEARS_DEALT.finditer(text):
            years = re.findall(YEAR, match[1])
            behind = [place for place in places if place >= match.end()][: len(years)]
            if len(behind) == len(years) and all(year.isdigit() for year in years):
                for place, year in zip(behind, years, strict=True):
                    self._due[place] = Deadline(match.start(), match.end(), date(int(year), 12, 31), text=match[1])

    def of(self, place: int) -> Deadline | None:
        """Return the deadline of the target whose number begins at `place`."""
        return self._due.get(place)


def deadlines(text: str, year: int | None) -> list[Deadline]:
    """Return the deadlines of the levelled `text`, in order.

    `year` is the plan's; without one a deadline that names none has no day. A month alone is no
    deadline unless 前, 底, 末 or a completion follows it.
    """
    found: list[Deadline] = []
    for match in _DEADLINE.finditer(text):
        if match["since"] or not _is_bound(match):
            continue
        due, is_damaged = _day(match, year)
        found.append(Deadline(match.start(), match.end(), due, is_damaged, match[0]))
    return found


def cell_deadline(text: str, year: int | None, *, is_limit: bool) -> date | None:
    """Return the day of a 完成时限 cell; of another time cell (`is_limit` off) only if it says 前, 底 or 末.

    全年 and 长期 give none; of several the last.
    """
    found = [
        day
        for match in _DEADLINE.finditer(text)
        if (is_limit and not _HELD.match(text, match.end())) or match["eve"] or match["bound"]
        for day in [_day(match, year)[0]]
        if day
    ]
    found += [day for match in _WRITTEN_DAY.finditer(text) if is_limit for day in [_written_day(match, year)] if day]
    return max(found) if found else None


def is_undated(text: str, year: int | None, *, is_limit: bool) -> bool:
    """Return whether nothing but the plan's year is missing for a cell to give a day."""
    given = cell_deadline(text, year, is_limit=is_limit)
    return year is None and given is None and cell_deadline(text, _ANY_YEAR, is_limit=is_limit) is not None


_ANY_YEAR = 2000
_YEARS_DEALT = re.compile(rf"[到至]((?:{YEAR}年底?[、和])+{YEAR}年)[底末]?[^；。]*?分别")
"""到2024年、2025年，覆盖率分别达到40%和45%."""
_WRITTEN_DAY = re.compile(r"(?<![\d.])(?:(20\d\d)[-./](\d{1,2})(?:[-./](\d{1,2}))?|(\d{1,2})[./](\d{1,2}))(?![\d.])")
"""2026-09-30, 2026.6, 8.31 in a cell of time limits."""


def _written_day(match: re.Match[str], year: int | None) -> date | None:
    named = int(match[1]) if match[1] else year
    month, day = int(match[2] or match[4]), int(match[3] or match[5] or 0)
    if named is None or not 1 <= month <= 12 or day > 31:
        return None
    last = calendar.monthrange(named, month)[1]
    return date(named, month, min(day or last, last))


_ALL_YEAR = re.compile("，(?:年内|全年|每[年月季周名个])")
"""What a deadline before it does not reach: 9月底前…，年内…."""


def _opens_all(text: str, deadline: Deadline) -> bool:
    """Whether it is what the whole sentence is to be reached by: 到2026年底，…；…."""
    return deadline.start == 0 and deadline.text[0] in "到至" and text[deadline.end : deadline.end + 1] == "，"


def _of_its_own(places: Sequence[int], deadline: Deadline, since: int, until: int) -> list[int]:
    """Of several deadlines in one clause each governs what follows it, or where nothing does, what stands before."""
    behind = [place for place in places if deadline.start < place < until]
    return behind or [place for place in places if since <= place < until]


_HELD = re.compile("举办|召开|举行")
"""8月举办 in a cell of time limits: the month of an event."""


def _governed(text: str, deadline: Deadline, places: Sequence[int], since: int, until: int) -> list[int]:
    part = (0, len(text)) if _opens_all(text, deadline) else _stretch(text, deadline, "；。！？")
    clause = _stretch(text, deadline, "，；。！？")
    own = _of_its_own([place for place in places if clause[0] <= place < clause[1]], deadline, since, until)
    after = [place for place in places if clause[1] <= place < min(part[1], until)]
    if own:
        opens = own[0] > deadline.start and not any(part[0] <= place < clause[0] for place in places)
        return own + after if opens else own
    before = [place for place in places if max(part[0], since) <= place < clause[0]]
    rest = _COMPLETED.sub("", text[deadline.end : clause[1]])
    if before and len(rest) <= _A_WORD and rest not in _HANDED_IN:
        return before
    is_step = rest in _HANDED_IN or "完成" not in text[deadline.start : clause[1]]
    return [] if rest and not rest.endswith("：") and is_step else after


_A_WORD = 2
_HANDED_IN = frozenset("推荐 报送 上报 提交 填报 报 交 选址 设计 招标 立项 审批 开工 动工 采购 报批".split())
"""名单3月15日前推荐, 上半年完成选址: a day for a paper or a step, not for the whole."""
_COMPLETED = re.compile(
    "主体工程|向社会|对外|之?前|全部|全面|基本|均|都|要|须|应|确保|力争|投入(?:使用|业务运行|试?运行|正式运行|运营)|投用|授牌|评审|完成|完工|竣工|建成|建设|到位|联网|上线|运行|运营|挂牌|开放|实现|交付|验收|启用|落地|达标|见效|办结|任务|工作|目标|上述|以上|完毕|并|开工"
)


def _stretch(text: str, deadline: Deadline, ends: str) -> tuple[int, int]:
    start = max(text.rfind(end, 0, deadline.start) for end in ends) + 1
    behind = [place for end in ends if (place := text.find(end, deadline.end)) >= 0]
    return start, min(behind, default=len(text))


_MONTHS = r"(?P<months>(?:\d{1,4}|十[一二]?|[一二三四五六七八九])(?:[-—~、至到]{1,2}(?:\d{1,4}|十[一二]?|[一二三四五六七八九]))*)"
_DEADLINE = re.compile(
    rf"(?P<since>截至|截止|自|从|早于|比|较)?(?P<into>到|至|在|于|赶在)?"
    rf"(?:(?P<year>{YEAR}|本|今|当|明)?(?<![上去前往昨])年?(?:度)?(?:的)?)?"
    rf"(?:(?P<five>“?十[三四五六]五”?(?:规划|时期)?期?)|{_MONTHS}(?P<monthword>月份?)(?:(?P<days>\d{{1,4}})(?:[-—~至]\d{{1,2}})?[日号])?(?P<third>[上中下]旬)?|"
    rf"第?(?P<quarter>[一二三四1-4])(?:个)?季度|(?P<half>[上下]半年)|(?P<yearend>(?<![上去前往昨])年(?=[底末终])|(?<=年)(?<![上去前往昨]年)(?=[底末终前]))|(?P<whole>(?<=\d年)))"
    rf"(?P<bound>[底末终])?(?P<eve>之?以?前(?!后|三|夕))?"
    rf"(?P<done>(?:全部|基本|全面|如期)?(?:完成|完工|建成|竣工|投用|投入使用|到位|结束|实现|达到|交付|办结|落实))?"
)


def _is_bound(match: re.Match[str]) -> bool:
    if match["whole"] is not None:
        return match["into"] in ("到", "至")
    return bool(match["eve"] or match["bound"] or match["done"] or match["into"] in ("到", "赶在"))


def _day(match: re.Match[str], year: int | None) -> tuple[date | None, bool]:
    """Return the day and whether the text names one that cannot be."""
    named = _year(match["year"], year)
    if match["five"]:
        return date(2020 + 5 * ("四五六".find(match["five"].strip("“")[1]) + 1), 12, 31) if "三" not in match[
            "five"
        ] else None, False
    if match["months"]:
        month = _months_last(match["months"])
        day = int(match["days"]) if match["days"] else None
        is_damaged = not 1 <= month <= 12 or (day is not None and not 1 <= day <= 31)
        if is_damaged or named is None:
            return None, is_damaged
        last = calendar.monthrange(named, month)[1]
        return date(named, month, min(day, last) if day else _third(match["third"], last)), False
    if named is None:
        return None, False
    if match["quarter"]:
        quarter = "一二三四".find(match["quarter"]) + 1 or int(match["quarter"])
        return date(named, 3 * quarter, calendar.monthrange(named, 3 * quarter)[1]), False
    if match["half"]:
        return (date(named, 6, 30) if match["half"] == "上半年" else date(named, 12, 31)), False
    return date(named, 12, 31), False


def _year(written: str | None, year: int | None) -> int | None:
    if written is None or written in "本今当":
        return year
    if written == "明":
        return None if year is None else year + 1
    if written.isdigit():
        return int(written)
    read = hanzi_value(written.replace("○", "〇"))
    return int(read[0]) if read else year


def _months_last(written: str) -> int:
    last = re.split(r"[-—~、至到]+", written)[-1]
    if last.isdigit():
        return int(last)
    read = hanzi_value(last)
    return int(read[0]) if read else 0


def _third(third: str | None, last: int) -> int:
    return {"上旬": 10, "中旬": 20}.get(third or "", last)
