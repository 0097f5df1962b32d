"""Asides: numbers that count nothing, told by their shape: dates, document numbers, ordinals, clock times, slogans."""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kxplan.intake.draft.numerals import HANZI
from kxplan.intake.draft.vocabulary import (
    ABSTRACT,
    ABSTRACT_IN_NAMES,
    ARTICLES,
    DATED,
    HOLIDAYS,
    IDIOMS,
    NUMBERED,
    SLOGAN_VERBS,
    WEB_COUNTERS,
    alternatives,
)

Reason = Literal["fact", "ordinal", "date", "slogan", "spec", "docno", "vague"]


class Aside(NamedTuple):
    """A stretch of a sentence whose numbers are no quantities."""

    start: int
    end: int
    reason: Reason
    text: str


def asides(text: str) -> list[Aside]:
    """Return the asides of the levelled `text`, in order, none overlapping another."""
    found: list[Aside] = []
    taken: set[int] = set()
    for reason, pattern in _SHAPES:
        for match in pattern.finditer(text):
            places = range(*match.span())
            if places and not taken.intersection(places):
                taken.update(places)
                found.append(Aside(match.start(), match.end(), reason, match[0]))
    return sorted(found)


YEAR = r"(?:(?<!\d)(?:19|20)\d{2}|二[〇零○][〇零○一二三四五六七八九]{2})"
MONTH = r"(?:(?<![\d.])\d{1,4}|十[一二]?|[一二三四五六七八九])"
_TO = r"(?:[-—–~、至到]{1,2})"
_N = rf"(?:\d+|{HANZI})"
_CN = "一二三四五六七八九十两"
_MANY = "二三四五六七八九十两"
_WORD = "[\u4e00-\u9fff]"
_BLANKS = "[xX×*_○〇]"
_ONCE = "[一1两2](?:次|期|场|轮|遍|回|评|督|讲|会|主题)"

_DOCUMENT_NUMBERS = (
    r"〔(?:19|20)\d{2}〕第?\d+号",
    r"（(?:19|20)\d{2}）第?\d+号",
    rf"{alternatives(NUMBERED)}号?(?:[：: ]+[\dA-Za-z@._-]*\d[\d —-]*|[\dA-Za-z@._-]*\d[\d —-]{{3,}})(?![\d万亿%个场期条次人名篇家户块件])",
    r"https?[：:]\S+",
    r"www\.\S+",
    r"[A-Za-z0-9_.]+@[A-Za-z0-9_.]+",
    r"(?<!\d)0\d{2,3}[-—]\d{7,8}(?:[-—]\d+)?",
    r"(?<!\d)1[3-9]\d{9}(?!\d)",
    rf"(?<!\d)\d{{7,}}(?![\d,.万亿]|{_WORD})",
    rf"(?:附件|附表|附图|(?<!{_WORD})[表图]|[见如][表图]|专栏|案由)\d+(?![\d.,]*[万千百个场次人名册期条篇块处家项栏])",
    r"(?:第|共)\d+页",
    r"第\d+[列行栏条款章节项]",
    rf"{alternatives(WEB_COUNTERS)}[：: ]*\d[\d.,]*(?:万|[KMG]B|次|页|分)?(?=[ ]|举报|\d+人已|$|下载|收藏|页数|{_WORD}{{2,4}}[：:])",
    r"(?<!\d)\d+(?:\.\d+)?KB",
    r"(?:本|此)(?:纪要|通知|文件|方案|简报|件)?共?印\d+份|共印\d+份",
    r"(?:校对|核稿|打印)[^。]{0,12}印发?\d+份",
    r"\d+(?:\.\d+)?万?\d*人(?:已)?(?:收藏|下载|阅读|点赞|浏览)",
    r"（(?:通用|精选|共|合集|推荐|最新|热门)*\d+篇）",
    r"(?<=[楼座栋幢层区室])[A-Z]?\d{3,4}室?(?=[，。；、）]|$)",
)
_DATES = (
    rf"{YEAR}{_TO}{YEAR}(?:年(?:度|底|末)?)?",
    rf"{YEAR}年?{_TO}{YEAR}年",
    r"(?:19|20)\d{2}[-./]\d{1,2}[-./]\d{1,2}(?!\d)",
    r"(?<![\d.])\d{1,2}\.\d{1,2}[-—~]\d{1,2}\.\d{1,2}(?![\d.])",
    r"(?<=[（》“])(?:19|20)\d{2}年?版|(?<!\d)(?:19|20)\d{2}[届级](?=[\u4e00-\u9fff])",
    rf"(?:\d+)?{YEAR}年(?:度|底|末|初|中)?(?:{MONTH}月份?(?:[上中下]旬|底|末|初)?(?:\d{{1,4}}[日号])?)?",
    r"(?<!\d)(?:\d{1,2})?(?:19|20)\d{2}年度?",
    rf"[xX×*_○〇0-9]{{2,4}}年(?=度|{_BLANKS}|工作|{_WORD}{{0,8}}(?:计划|方案|总结))",
    rf"{MONTH}(?:{_TO}{MONTH})*月(?:份)?(?:[上中下]旬|底|末|初)?(?:{MONTH}(?:{_TO}\d{{1,2}})?[日号])?",
    rf"{_BLANKS}{{1,4}}月(?:{_BLANKS}{{1,4}}日)?",
    r"[xX×*_]{1,4}日",
    r"(?<!\d)\d{1,3}(?:[-—~、至]\d{1,2})?日(?![内游志托常均])",
    r"(?:每月|每周|本月|当月|次月)的?前?\d{1,2}(?:[-—~至]\d{1,2})?[日号]?(?=前|之前|上报|报|以前)",
    r"(?:每月|当月|次月)\d{1,2}[日号]",
    r"(?<![A-Za-z])Q[1-4](?!\d)",
    rf"第?[一二三四1-4](?:{_TO}[一二三四1-4])?个?季度",
    r"第[一二三四五1-5]个?(?:星期|周|礼拜)[一二三四五六日天末]",
    r"(?:星期|周|礼拜)[一二三四五六日天](?![次场期篇节条个更轮讲课两])(?:[、至到和]周?[一二三四五六日天])*",
    rf"正月[{_CN}]+|农历[{_CN}]+",
    r"每(?:两|[二三四五六]|[2-6])个?(?:月|周|星期|季度|年|天|日)|每半[年月]|每隔?\d+天",
    rf"(?:半年|[两二三四2-6]个?(?:月|周|星期|季度|年|天)|一个?(?:月|季度?|周|星期|礼拜|年|学期|学年))(?=[\u4e00-\u9fff]?{_ONCE})",
    r"每[十百千万]{1,2}(?:名|人|户|家|位|平方公里)",
    r"一[户家人村校班](?=一[张册份本块套个])",
    r"十[二三四五六]五(?=规划|时期|期间|末|”|、|收官|开局|以来|\b|科|全|发)",
    rf"(?<![{_CN}]){alternatives(HOLIDAYS)}(?={alternatives(DATED)})",
    rf"(?<![\d.])\d{{1,2}}[.·•]\d{{1,2}}(?=”|{_WORD}{{0,8}}(?:日|节|周(?!年)|月))",
)
_HOURS = (
    r"(?<!\d)\d{1,2}[:：]\d{2}(?:[-—–~至到 ]+\d{1,2}[:：]\d{2})?",
    r"(?:上午|下午|晚上|早上|中午|晚|早)\d{1,2}(?:点半?|时)(?:\d{1,2}分)?",
    r"\d{1,2}(?:点|时)\d{1,2}分",
    rf"(?:\d{{1,2}}|[{_CN}]{{1,3}})点半",
)
_HOTLINES = (
    r"(?<!\d)(?:12345|12315|12333|12355|12348|12338|12320|110|119|120)(?=热线|”|平台|[）、])",
    r"(?:热线|拨打)\d{3,6}(?![\d万%个场期条次人名件])",
)
_ORDINALS = (
    rf"第{_N}(?:[届次批期个名位轮年季站号类梯]{{1,2}}|方阵)?(?:第?{_N}次)?",
    rf"{_N}届{_N}[次中]?",
    rf"[{_CN}]十?大(?=精神|报告|以来|代表|召开|”|和|、)",
    rf"(?:十[七八九]|二十|二十[一二])届?(?:大|[{_CN}]中全会)",
    rf"(?!(?<![十百])一届(?:[，。；、）]|$)|(?<=[办搞开])一届)[{_CN}]{{1,3}}届(?!.?[学毕])",
    rf"前{_N}[名位强列]?(?=的|名|位|强|$|[，。；、）])",
    r"二[次期轮](?=[\u4e00-\u9fff])",
    rf"(?:前|(?<!博士)后|末|倒数第?)(?:\d+|[{_CN}]+)[名位强]",
    rf"(?:\d+|[{_CN}]{{1,3}})号(?:线|楼|院|馆|厅|文|令|仓|门|桥|路)?",
    r"\d+路(?=公交|车)",
    r"[一二三四五特]等奖?",
    rf"[{_CN}]级",
    r"\d+A级|\dA(?![a-z])",
    r"(?<![训班座动刊报栏廊办营课育])[一二三四]期(?=工程|项目|建设|改造|扩建)",
    r"（[一二三四五]期）",
    r"(?<=[程目园区厂路桥馆城寓心造建设港站网场地库渠线居])(?<!园区)[一二三四]期(?=[，。；、）（]|$)",
)
_SPECS = (
    rf"(?<![\d.{_CN}百千万亿余多近超约上达满破])[百千万亿]{{1,2}}(?:亩|元|吨|头|只|米|平方米|公里|千瓦)(?=[\u4e00-\u9fff])(?!以)",
    r"(?<=\d[场个次期家支])[百千万]{1,2}[名人场](?=[\u4e00-\u9fff])",
    rf"(?:\d+|[{_CN}])个半(?:钟头|小时|月|天)",
    rf"\d+分之\d+|[{_CN}]+分之[{_CN}]+",
    r"\d+/\d+(?![月日年季周次])",
    r"\d+[:：]\d+",
    r"(?<![A-Za-z])[A-Za-z]+[-—.]?\d+(?:\.\d+)?(?![\d.]*[台套个架件部项辆万])",
    r"\d+[A-Z]\b",
    r"\d+(?:\.\d+)?[DGKHhdgkPp](?![A-Za-z])",
    r"\d\.0(?!\d)",
    rf"一式(?:[{_CN}]|\d)份|(?:各执|各持|存档|备案|留存|留底)[一二两\d]份",
)
_SLOGANS = (
    rf"(?<![\d.{_CN}]){alternatives(IDIOMS)}",
    rf"{_WORD}一[个件户家批村]{_WORD}{{1,3}}一[个件户家批村]",
    rf"一(?![年月周季日天户家人村校班镇乡社]){_WORD}一{_WORD}(?!{_WORD}一)",
    rf"[{_MANY}]个100%",
    r"（共?\d{1,2}[项个条]）$",
    r"\d+[类个大](?:、|，|共)?\d+项(?:任务|指标|措施|工作|目标|内容)",
    rf"(?<=[”》])[{_MANY}][个大支](?!\d)",
    r"《[^》]{1,40}》",
    rf"“[^”“]{{0,12}}(?:[{_CN}百千万]|\d)[^”“]{{0,12}}”",
    rf"(?:\d{{1,2}}{_WORD}){{3,}}(?=的|体系|格局|布局|”)",
    r"\d+(?:\+\d+)+|\d+\+[A-ZN]|[A-ZN]\+\d+|\d+\+(?=[xXnN“])",
    rf"(?:\d+|[{_CN}]{{1,3}})(?:分钟|小时|公里){_WORD}{{0,6}}圈",
    rf"(?:[{_CN}]{{1,2}}|\d{{1,2}})大(?:{_WORD}{{0,4}}?{alternatives(ABSTRACT + ' ' + ABSTRACT_IN_NAMES)})?(?![型学赛会于约概幅])",
    rf"(?<![\d.])[{_MANY}]{{1,3}}[个项件条类种张块道套]?{_WORD}{{0,2}}?{alternatives(ABSTRACT)}(?!{_WORD}{{0,2}}\d)",
    rf"[{_MANY}]{{1,2}}{alternatives(ABSTRACT_IN_NAMES)}",
    rf"[{_MANY}]{{1,2}}(?:项|方面|个方面)(?:重点|主要|核心|年度|中心)?工作",
    rf"(?:\d{{1,3}}|(?<![{_MANY}])[{_MANY}]{{1,3}})(?:个方面|个环节|个节点|件大事|项(?:重点|主要|核心|年度|约束性|预期性)?(?:任务|工作|指标|目标)(?!率|完成)|[项条](?:措施|举措)|个阶段|个步骤|个重点(?=[，。；、]|工作|任务|领域|方面|环节)|项制度|条意见)",
    rf"(?<![\d.余多])[{_CN}百千万]{{1,2}}个?(?!讲[，。；、）]|讲$){alternatives(SLOGAN_VERBS)}(?!{_WORD}?\d)(?![行个以超少低])",
    rf"(?<![{_CN}百千\d])一{alternatives(ARTICLES)}",
)

_TABLE: tuple[tuple[Reason, tuple[str, ...]], ...] = (
    ("docno", _DOCUMENT_NUMBERS),
    ("date", _DATES),
    ("spec", _HOURS),
    ("docno", _HOTLINES),
    ("ordinal", _ORDINALS),
    ("spec", _SPECS),
    ("slogan", _SLOGANS),
)
"""Reason and shapes; the first that fits holds."""

_SHAPES = tuple((reason, re.compile(pattern)) for reason, patterns in _TABLE for pattern in patterns)
