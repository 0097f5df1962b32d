"""Ones: when 一 and a measure word is an amount, and when it is only an article."""

from __future__ import annotations

import re

from kxplan.intake.draft.figures import Figure

_EVENTS_AND_PRODUCTS = frozenset(
    "次 场 期 部 套 本 册 台 辆 座 处 所 栋 幢 间 块 份 篇 轮 幅 堂 节 课 集 首 场次 班次 间 面 架 艘 家 条 届 张 件 口 眼 盏 趟 回".split()
)
"""Words for one event or one product; 个, 批, 支, 项, 种 and the like stay articles."""
_NEVER = frozenset({"批", "点"})
_PART_OF_A_WORD = re.compile(r"人手$|[统同唯逐单之另又某任每新这那哪专进第万划归不如均始初有无是了着上下后]$")
_FORBIDDEN = re.compile("(?:不许|不得|不准|严禁|不能|不要|杜绝|不搞)[^，。；]*$")
_A_TEAM = re.compile("(?:队伍?|[讲演乐宣]?师?团|小组|专班|班子)$")
"""讲师团一个, 队伍一支: neither an event nor a product."""
_PAID_FOR = re.compile("[\u4e00-\u9fff]{0,3}(?:给[\u4e00-\u9fff]{0,6}[补奖付]|补助|补贴|奖励)")
"""讲一节课给讲师补助80元."""
_LESSONS = frozenset("堂 节 课".split())
_NO_SINGLE = re.compile(
    r"(?:性|考核|以贯|路|场硬仗|场攻坚|场战|条心|条街|条路子|套人马|台阶|步|把手|道防线|道亮丽|份力|份责任|份爱心|份光|块短板|份[\u4e00-\u9fff]{0,4}答卷|篇大文章|篇文章|部分|本账|套机制|套制度|条主线|面旗|件事|件实事)"
)
_ACTION_BEFORE = re.compile(
    r"(?:召开|举办|开展|组织|编印|制作|编写|编|拍|拍摄|新建|建成|建设|建|购置|购买|添置|配备|配|出版|出|印|刊发|上|办|开|搞|举行|进行|播|播放|放映|演|评|创作|写|读|听|讲|看|走访|参加|做|提|挖|打|修|装|添|种|栽|盖|买|换|铺|架|唱|拉|跑|练|拿|推出|"
    r"更新|更换|改造|修|打造|培训|体检|检查|排查|发放|发|送|赠|设|设立|完成|承办|协办|联办|普查|演练|整治|督查|调研|交流|轮训|活动|讲座|会议|大会|例会|联席会议|报告|宣传|投影|画廊|展板|新增|增加|到|看望|走|不少于|至少|至少有|各|各有)[“ ]?$"
)


def is_single_target(figure: Figure, lead_in: str, tail: str, *, is_bounded: bool, is_listed: bool) -> bool:
    """Return whether this 一 is an amount.

    `is_bounded`: a comparator, a period or a scope stands with it. `is_listed`: it is in the list
    that a 八个一 announces.
    """
    if _counts_nothing(figure, lead_in, tail):
        return False
    if is_listed or (is_bounded and lead_in.endswith("有")):
        return figure.unit not in _NEVER
    if _PART_OF_A_WORD.search(lead_in) and not (lead_in.endswith("上") and figure.unit in _LESSONS):
        return False
    if _stands_behind_its_noun(figure, lead_in, tail):
        return True
    if is_bounded:
        return figure.unit not in _NEVER
    unit = figure.unit.removeprefix("个") or figure.unit
    return unit in _EVENTS_AND_PRODUCTS and bool(_ACTION_BEFORE.search(lead_in) or _NAMED_BEFORE.search(lead_in))


def _counts_nothing(figure: Figure, lead_in: str, tail: str) -> bool:
    """Whether it is part of a word, of what is forbidden, or the size of a team."""
    is_team = figure.unit in ("个", "支") and bool(_A_TEAM.search(lead_in))
    if _PAID_FOR.match(tail):
        return True
    is_word = bool(_NO_SINGLE.match(tail) or _NO_SINGLE.match(figure.unit + tail)) or lead_in.endswith("每")
    return is_word or is_team or bool(_FORBIDDEN.search(lead_in))


def _stands_behind_its_noun(figure: Figure, lead_in: str, tail: str) -> bool:
    """Behind its noun a number counts: 金奖一个、工作者一名, 开通微信公众号一个."""
    if _IS_COUNTED.search(lead_in) and figure.unit not in _NEVER and not re.match("[\u4e00-\u9fff]", tail):
        return True
    return bool(_STANDS_BEHIND.search(lead_in) and figure.unit not in _NEVER_BEHIND and _ENDS.match(tail))


_IS_COUNTED = re.compile(
    r"(?:新建|建成|建立|建好|建|成立|组建|开通|开设|设立|新增|创建|创成|打造|培育|购置|配备|引进|命名)[\u4e00-\u9fff“”《》（）]{2,14}$"
)
_STANDS_BEHIND = re.compile(r"(?!.*(?:其中|作为|成为|任何)$)[\u4e00-\u9fff]{2}[》”]?$(?<![的地得之])")
_NEVER_BEHIND = _NEVER | frozenset("遍 片 面 线 股 路 头 边 体".split())
"""成熟一片、收获一片."""
_ENDS = re.compile("[，。；、）]|以上|$")
_NAMED_BEFORE = re.compile(r"[\u4e00-\u9fff]{2}[》”]?$(?<![\u4e00-\u9fff][的得])(?<![^基场阵营园产林湿绿实]地)")
