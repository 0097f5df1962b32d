"""Nouns: what a number counts, from the words before it, behind it, or earlier in the sentence."""

from __future__ import annotations

import re
from typing import NamedTuple

from kxplan.intake.draft.asides import asides
from kxplan.intake.draft.rhythm import without_rhythm
from kxplan.intake.draft.vocabulary import (
    DOING,
    MODIFIER_ENDING,
    PLACES_REACHED,
    REACHING,
    TELLING,
    WEAK,
    WILLING,
    alternatives,
)


class Noun(NamedTuple):
    """What is counted, and the thing in it that later figures of the sentence may leave out."""

    text: str
    thing: str
    action: str = ""
    """The verb that brings it about, where the text has one."""


def noun(lead_in: str, tail: str, unit: str, earlier: str, topic: str) -> Noun:
    """Return what the figure between `lead_in` and `tail` counts.

    `earlier` is the thing of the figure before it in the sentence, `topic` what the whole item is
    about; both may be empty and stand in where the clause itself names too little.
    """
    behind = _behind(tail)
    lead_in = _QUOTES.sub("", lead_in)
    action, own = _action_and_thing(_without_asides(_BRACKETS.sub("", lead_in)), has_noun_behind=bool(behind))
    stands_alone = _VERB_ALONE.fullmatch(own) is not None
    if stands_alone:
        action, own = own, ""
    if unit in _PEOPLE and (own in PLACES or not (own or earlier)):
        behind = behind or _undergone(tail)
        own = "" if behind else own
    thing = _joined(own, behind)
    is_described = own and earlier and not behind
    if own.endswith("级"):
        earlier = _OTHER_LEVEL.sub("", earlier)
    if is_described and _LEFT_OUT.search(lead_in):
        return Noun(own + earlier, earlier, action)
    if _says_enough(thing):
        return Noun(_named(action, thing), thing, action)
    if is_described and _describes(own):
        return Noun(own + earlier, earlier, action)
    base = _RATE_ENDING.sub("", earlier) if own.endswith("率") else earlier
    base = base or topic
    told = action + thing if action in _TELLING_WORDS or not (thing or (stands_alone and base)) else thing
    whole = told if base in told else told.removesuffix("的") + base if _describes(told) else base + told
    return Noun(whole or unit, whole if _BARE_RATE.fullmatch(thing) else base or thing, action)


def is_bare(lead_in: str) -> bool:
    """Return whether the words before a number name no thing of their own: 优化20条, 不少于50场."""
    action, thing = _action_and_thing(_without_asides(lead_in), has_noun_behind=False)
    return (len(thing) < 2 or thing in _WEAK_WORDS) and action not in _TELLING_WORDS


def subject_of(sentence: str) -> str:
    """Return what a sentence without a figure is about (科普宣传栏是老话题); empty where it names nothing."""
    subject = _SUBJECT.match(sentence)
    return subject[1] if subject and _says_enough(subject[1]) else ""


_SUBJECT = re.compile("([\u4e00-\u9fff]{2,10}?)(?:是|也|还是|呢|这|的事|那头|，|要)")


def thing_of(clause: str, *, is_all: bool = False) -> str:
    """Return what a clause without a figure is done to (举办健康讲座 before 每月1场); empty where it does nothing.

    `is_all`: the figure has no words of its own, so that the clause itself is what it counts.
    """
    given = _GIVEN.match(clause)
    if given:
        return given[1]
    action, thing = _action_and_thing(_BRACKETS.sub("", _QUOTES.sub("", clause)), has_noun_behind=False)
    thing = thing if len(thing) <= _LONGEST_THING else re.split("[和、]", thing)[-1]
    if is_all and not (action and _says_enough(thing)):
        head = _HEAD_OF_CLAUSE.match(_stripped(_without_asides(_QUOTES.sub("", clause))))
        return head[0] if head and _says_enough(head[0]) else ""
    is_told = bool(action) or _ONLY_NAMED.fullmatch(clause) is not None
    return thing if is_told and _says_enough(thing) and len(thing) <= _LONGEST_THING else ""


_GIVEN = re.compile("对([\u4e00-\u9fffA-Za-z]{2,14}?)(?:进行|开展|实施|予以|加强|实行)")
"""对燃气管道进行排查 before 排查38公里."""
_LONGEST_THING = 14
_HEAD_OF_CLAUSE = re.compile(
    r"[\u4e00-\u9fff、A-Za-z]{2,20}?(?=覆盖|全覆盖|达到|实现|从(?![业事教严优速])|要|应|须|按|不断|先|$)"
)
_ONLY_NAMED = re.compile(
    r"[\u4e00-\u9fff]{3,12}(?:全覆盖|常态化|制度化)|[\u4e00-\u9fff]{2,8}(?:培训|讲座|课堂|活动|会议|例会|演练|检查)"
)
"""A clause that is the name of what the next one counts: 在岗职工培训全覆盖，每人不少于72学时."""
_RATE_ENDING = re.compile(r"(?<=..)..率$")
_TELLING_WORDS = frozenset(TELLING.split())
_AT_ONCE = " ".join(word for word in DOING.split() if len(word) == 1)
_ANYWHERE = " ".join(word for word in DOING.split() if len(word) > 1)
_DOING_PATTERN = re.compile(
    f"(?:(?<![党班])新?{alternatives(_ANYWHERE)}|^{alternatives(_AT_ONCE)}(?![展放布动表发起证]))"
    f"(?![率费力型制者器]|会(?!员)|部(?!分)|员(?!工)|馆|点(?!位)|单位|覆盖|体系|基地|生活会|库|项目|工程)"
)
_LEADING = re.compile(
    rf"^(?:(?:去年|上年|前年)(?!度)|这个?(?:暑假|寒假|学期|月|季度)|(?:再?[到去向从])[\u4e00-\u9fff]{{1,4}}里(?=.)|(?!联合(?:行动|执法|检查|巡查|培训|演练))(?:.*基础上|{alternatives(WILLING)}|(?:将|要|拟|再|并|让|使|由|把|在)(?![生素军来会])|对(?!外|内|接|口|标|象)|以[上下](?=[\u4e00-\u9fff])|[一两二三四五]年内|内(?![科部容外涝])|先(?![进锋行烈导生])|[的了着把将“”‘’、。：/—-]|\d+[.、]))+"
)
_LIMITING = (
    "不少于 不低于 不短于 冲刺 不得少于 不得低于 不小于 不超过 不得超过 不高于 不多于 至少 最少 最多 超过 突破 大约 将近 接近 左右 一般 原则上 起码 ≥ ≤ > < = "
    "人均 户均 村均 校均 场均 平均 提高 增长 上升 提升 下降 降低 减少 压减 增加 较上年 比上年 比去年 较去年 同比 较上年度 逾 数量 数 各 不突破 总 又 再次 高达 净增"
)
_TRAILING = re.compile(
    rf"(?:{alternatives(REACHING)}|{alternatives(WILLING)}|{alternatives(_LIMITING)}|(?:[较比同由从](?:(?:去年|上年)[底末]?|上学期|上年度末?|现在|目前|原来|上季度|上月|同期|期初|年初)|由|从|较)|"
    rf"(?<![签预邀条合节制])约|(?<![附邻就最])近|(?<![彩A-Z])超|(?<=[入值额量数率])过|(?<![减不缺])少|(?<![增繁])多|[须应要需拟将×xX*]|[“‘：，（、的了着/×—-])+$"
)
_LEFT_OUT = re.compile(
    rf"(?<!去年)(?<!上年)(?<!目前)(?<!现在)(?<!原来)(?<!年末)[^\d年]的(?:{alternatives(_LIMITING)}|{alternatives(WILLING)})*$"
)
"""面向老年人的不少于20场: the thing behind 的 is left out."""
_BEHIND_SKIPPED = re.compile(r"^(?:[×*]|\dG|以上|以下|以内|左右|上下|及以上|或以上|之内|的|余|\+|不等|”|）)+")
_IN_QUOTES = re.compile("(?:以上|左右)?[“《]")
_BEHIND_END = re.compile(
    r"[，。；：！？、（）“”《》/\d]|由|[提拉升降增减涨压扩]{1,2}[到至]|(?<=.)(?:和(?![美谐睦平])|与|及|并|约|近|至|到|为|等(?!级)|以及)|"
    r"(?:的基础|用于|进行|到位|投入|纳入|作为|深入|进入|走进|参加|参与|开展|覆盖|达到|达|获|全部|均|都|以上|左右|于|供|在|让|使|通过|完成|实现|建成|挂牌|列入|上报|报送|组成|并|要|将|力争|争取|确保|每|不少于|至少|各|(?<!公)共(?![享建青同])|其中|较|比|提高|增长|增至|增加|提升|发展|扩大|扩|升|降)"
)
_UNDERGONE = re.compile("(?:以上|以内|左右)?(?:参加|参与|接受|享受|赴|到|去|开展|进行|实施)?([\u4e00-\u9fff“”]{2,14})")


def _undergone(tail: str) -> str:
    """Return what people are to do or to be given, where only this says who is counted: 推荐2人参加省级培训."""
    told = _UNDERGONE.match(tail)
    return _QUOTES.sub("", told[1]) if told else ""


_VERB_ALONE = re.compile(
    "(?:[区市县镇乡村校馆社]里|全[区市县镇乡村校馆社])?[换留给挤奔凑降排带出请收教学跑拉放干弄打送开做摆唱演选派招添挖测改取施播卖讲种养买修装拍写画][满够完好足掉上来出到成]?"
)
_PEOPLE = frozenset("人 名 位 人次 户 户次 员".split())
_OTHER_LEVEL = re.compile("^(?:国家|[省市区县镇乡村校])级(?=.)")
"""省级示范社区1个、市级2个: the second is no 省级."""
_AND = frozenset(("", *"和与及"))
_DESCRIBING = re.compile(r"^[\u4e00-\u9fff]{1,8}的(?=[\u4e00-\u9fff]{2,})")
_WEAK_WORDS = frozenset(WEAK.split())
_WEAK_PATTERN = re.compile(alternatives(WEAK))
PLACES = frozenset(PLACES_REACHED.split())


def _without_asides(text: str) -> str:
    """Leave dates, ordinals and the like out, but not the names in quotes."""
    if not _MAY_HOLD_A_NUMBER.search(text):
        return text
    kept, place = [], 0
    for aside in asides(text):
        if aside.reason in ("date", "spec", "docno"):
            piece = text[place : aside.start]
            kept.append("" if piece in _BEFORE_DATE else piece.removesuffix("每"))
            behind = _AFTER_DATE.match(text, aside.end)
            place = behind.end() if behind else aside.end
    return "".join([*kept, text[place:]])


_MAY_HOLD_A_NUMBER = re.compile(r"[\da-zA-Z零〇○一二三四五六七八九十两百千万半双×*_]|周日|周末|星期|礼拜")
_QUOTES = re.compile("[“”‘’《》]")
_BRACKETS = re.compile(r"（[^（）]*）|〔[^〔〕]*〕")
_BEFORE_DATE = frozenset("于 至 到 自".split())
_AFTER_DATE = re.compile("(?:[上中下]旬|内|底|末)?(?:之前|以前|前后|前|起|期间|左右)?")


def _action_and_thing(before: str, *, has_noun_behind: bool) -> tuple[str, str]:
    """Cut the words before a number into the last verb and what it is done to.

    A verb in the middle is cut at only behind another verb, a preposition or an office: the 提升 of
    学会能力提升项目 belongs to the thing.
    """
    bare = _stripped(before)
    action, thing, place = "", bare, 0
    for match in _DOING_PATTERN.finditer(bare):
        rest = _stripped(bare[match.end() :])
        if match.end() == len(bare) and has_noun_behind:
            return match[0], ""
        if match.start() > place and not _ACTOR.search(bare[place : match.start()]):
            continue
        if _says_enough(rest) and rest not in _DOING_WORDS:
            action, thing, place = match[0], rest, match.end()
        elif match.end() == len(bare) and match.start() == 0:
            action, thing = match[0], ""
    return action, thing


_ACTOR = re.compile(
    r"(?:^|[^行作成因以])[为向对在给让与由从]|(?:科协|学会|部门|单位|中心|社区|街道|支部|队伍|企业|[部站馆院局办村镇乡县区市校团队组]|周[一二三四五六日末]|期间|每[日周月季年])$|通过|面向|依托|联合|会同|围绕"
)
_DOING_WORDS = frozenset(DOING.split())


def _stripped(text: str) -> str:
    previous = None
    while text != previous:
        previous = text
        text = _TRAILING.sub("", _LEADING.sub("", text.strip()))
        text = without_rhythm(text)
    return text.strip(" ")


def _behind(tail: str) -> str:
    """Return the noun behind a number and its unit; of a described one the head."""
    rest = _BEHIND_SKIPPED.sub("", tail)
    if _IN_QUOTES.match(tail):
        rest = _QUOTES.sub("", rest)
    cut = _BEHIND_END.search(rest)
    rest = rest[: cut.start()] if cut else rest
    return "" if rest[:1] in _AND else _DESCRIBING.sub("", rest).strip()


def _joined(own: str, behind: str) -> str:
    if own and behind:
        return own + behind if len(own) <= _SHORT else own
    return own or behind


_SHORT = 8


def _named(action: str, thing: str) -> str:
    """Keep the verb where it says what is counted, and where the thing is only a place reached."""
    keeps = action in _TELLING_WORDS or thing in PLACES
    return action + thing if keeps and action not in thing else thing


_BARE_RATE = re.compile(".{0,2}[率度]|[亩单总均]产量?")


def _says_enough(thing: str) -> bool:
    if _BARE_RATE.fullmatch(thing):
        return False
    return thing not in _WEAK_WORDS and len(_WEAK_PATTERN.sub("", thing)) >= 2


def _describes(own: str) -> bool:
    return bool(own) and bool(MODIFIER_ENDING.search(own))
