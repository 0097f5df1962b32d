"""Tense: which figures of a sentence tell what is or was, and which what is wanted."""

from __future__ import annotations

import re
from typing import NamedTuple

from kxplan.intake.draft.asides import YEAR
from kxplan.intake.draft.describing import describes
from kxplan.intake.draft.vocabulary import alternatives


class Frame(NamedTuple):
    """What a sentence stands in."""

    is_report: bool = False
    """A report tells facts unless a word says otherwise; a plan wants."""
    year: int | None = None
    """The year the wanted figures are for."""
    title_year: int | None = None
    """The year that the document carries in its title, and that a bad replacement leaves in numbers."""


class Tense(NamedTuple):
    """The changes between telling and wanting along one sentence."""

    text: str
    frame: Frame
    turns: tuple[tuple[int, bool], ...]
    """Places in the sentence, each with whether a fact is told from there on."""

    def is_fact(self, start: int, clause_start: int, lead_start: int, end: int) -> bool:
        """Return whether the figure at `start`…`end` is a fact.

        `clause_start` is where its clause begins, `lead_start` where the words that belong to it
        alone begin.
        """
        lead_in, clause = self.text[lead_start:start], self.text[clause_start:start]
        if _LOCAL.search(clause) or _LISTED_AS_HAD.search(clause) or self._is_past_years(lead_in):
            return True
        tail = _CLAUSE_REST.match(self.text, end)
        rest = tail[0] if tail else ""
        goes_on = lead_start > clause_start
        if self._is_there(
            lead_in.removeprefix("以上") if goes_on else lead_in, rest, self.text[start:end]
        ) or _said_to_be(lead_in, rest, self.text[end:], goes_on=goes_on):
            return True
        told = self.frame.is_report
        for place, is_fact in self.turns:
            if place >= start:
                break
            told = is_fact
        return told

    def _is_there(self, lead_in: str, rest: str, figure: str) -> bool:
        """Whether the figure is a part of the staff or the stock that an office has."""
        if _STAFF.search(lead_in) and _ON_DUTY.match(rest):
            return True
        if _HAS.fullmatch(lead_in) and not rest.startswith("以上"):
            return True
        if lead_in == "共" and _PLACES_IN_ALL.match(rest):
            return True
        is_share, is_rest_of_money = figure[-1] in "%‰成", lead_in == "其余" and figure.endswith("元")
        if not _STANDING.search(lead_in) or is_share or is_rest_of_money or "每" in lead_in:
            return False
        return bool(rest or not _AREA_ALONE.search(lead_in)) and not _TO_BE_CLOSED.match(rest)

    def _is_past_years(self, lead_in: str) -> bool:
        found = _YEARS_OWN.search(lead_in)
        return bool(found and self.frame.year and int(found[1]) < self.frame.year)


def _said_to_be(lead_in: str, rest: str, behind: str, *, goes_on: bool) -> bool:
    """Whether the words behind a figure say that it is so, or was done.

    `rest` is what of them its clause holds; `goes_on` says that another figure stands before it there.
    """
    if any(pattern.match(rest) for pattern in (_DONE_AFTER, _BUILT_ON, _ARE_THERE)):
        return True
    if _LACKS.match(behind) or _DONE_NEXT.match(behind):
        return True
    if lead_in.endswith(("从", "由", "在")) and _POOL.match(rest):
        return True
    if lead_in.endswith("和") and _OWNS.match(rest):
        return True
    is_subject = not goes_on and "其中" not in lead_in
    return is_subject and bool(_IS_SUBJECT.fullmatch(lead_in) and _PREDICATE.match(rest))


def tense(text: str, frame: Frame) -> Tense:
    """Read where the levelled sentence `text` turns from telling to wanting and back."""
    turns: list[tuple[int, bool]] = [(-1, True)] if describes(text, min(_first_wish(text), _first_past(text))) else []
    muted: frozenset[str] = frozenset()
    for match in _CUES.finditer(text):
        turn = None if match["will"] in muted else _turn(match, text, frame)
        if turn is not None:
            turns.append((match.start(), turn))
            stays_over = bool(muted) and bool(match["past"])
            is_over = turn and bool(stays_over or match["years"] or _TIME_OVER.fullmatch(match[0]))
            muted = frozenset() if not is_over else _NEWLY if match[0] in _UP_TO_NOW else _WEAK
        elif match["stop"] and turns and _is_aspect(text, turns[-1][0]):
            turns.append((match.start(), frame.is_report))
    return Tense(text, frame, tuple(turns))


def wants(text: str) -> bool:
    """Return whether a word of the levelled `text` wants something."""
    return _first_wish(text) < len(text)


def _first_past(text: str) -> int:
    """Return where the first word that tells of what was stands; the end where there is none."""
    return next((match.start() for match in _CUES.finditer(text) if match["past"]), len(text))


def _first_wish(text: str) -> int:
    """Return where the first word that wants something stands; the end where there is none."""
    found = (match.start() for match in _CUES.finditer(text) if match["will"] and match["will"] not in _WEAK)
    return next(found, len(text))


_PAST = alternatives(
    "去年 上年 上一年 上年度 上年末 前年 往年 历年 近年来 近年 近几年 近两年 近三年 过去 此前 截至 截止 目前 现有 原有 已有 现已 迄今 至今 以来 昨年 上半年已 年初以来 至目前 "
    "刚才 上学期 上一届 眼下 眼前 原来 如今 现今 手头有 上届 原先 现辖 下辖 五年来 三年来 一年来 几年来 同期 上月 上季度 上周 当前"
)
_WANTED = alternatives(
    "今年 本年 本年度 年内 计划 力争 争取 确保 努力 不少于 不低于 至少 预计 明年 下一步 下阶段 下步 下年 下年度 来年 新增 任务是 任务为 目标是 目标为 目标 务必 建成后 完工后 投用后 必须 到年底 到年末 年底前 下半年 不得少于 改为 改成 每年 每月 每季度"
)
_WANTED_SIGNS = "|".join(
    f"(?<![{before}-]){sign}(?![{behind}-])"
    for before, sign, behind in (
        ("主重需必纲摘简提概只", "要", "求素点闻务领害件"),
        ("", "将", "近军士领"),
        ("供适响对反效相呼感回顺", "应", "急对用届征答邀变聘激"),
        ("模虚", "拟", "态"),
        ("一", "再", "生就造教贷担利次制"),
        ("", "须", "知"),
        ("思理联设猜梦", "想", "法象念"),
        ("邀申聘提敬宴", "请", "假客示求柬"),
    )
)
"""Signs that want something, with those before and behind that make another word of them: 应急, 模拟."""
_NEWLY = frozenset("改为 改成 新增".split())
_WEAK = _NEWLY | frozenset("全年 每年 每月 每季度".split())
"""These want something unless the sentence tells of a time that is over: 去年新增."""
_UP_TO_NOW = frozenset("目前 当前 现有".split())
"""截至目前…，全年…: the whole year is not over yet."""
_TIME_OVER = re.compile(
    "截至|截止|去年|上年度?|上一年|前年|往年|历年|过去|近[年几两三]年?来?|以来|昨年|上届|同期|[五三一几]年来|上月|上季度|上周"
)
_TO_BE = "[^，。；：！？]{0,18}(?:，[^，。；：！？]{0,8})?(?:清零|前(?:完成|完工|交付|办结|整改|竣工|投用)|销号|见底|整改到位|全部(?:整改|完成|完工|交付|解决|落实|办结|建成|竣工|拾掇|弄好|修好|办好|建好|改完))"
"""Behind what is left, where it is to be done away with: 剩余3处6月底前清零."""
_STRONG = re.compile("明年|下一步|下阶段|下步|下年|来年|新的一年")
_MONTHS_OVER = (
    r"(?<!\d)1月?份?[-—–~～至到]{1,2}\d{1,2}月份?，?[^，。；\d]{0,4}共|前[一二三1-3]个?(?:季度|月)[^，。；\d]{0,6}?共|"
    r"\d{1,2}[-—–~～至到]{1,2}\d{1,2}月份?(?=[^，。；]*[，；]\d{1,2}月份?(?:起|开始))"
)
"""1至9月份共…; 1—2月记录15人，3月起…."""
_CUES = re.compile(
    rf"(?P<years>{YEAR})年|(?P<five>十[一二三四五六])五”?(?=期间|时期|期?末|收官)|(?P<past>{_PAST}|情况(?=：)|累计(?=[^。；]*，(?:今年|本年)(?:计划|将|拟|要)*(?:再|继续|新增))|{_MONTHS_OVER})|(?P<aspect>已经?(?!所)|(?<![为除罢明])了(?![解却结望，。；：])|曾|先后|建有(?!率)|前期(?!投资|工作|手续|费用|准备|设计|规划)|(?<=[住摆挂养种])着|仅(?!限)|只有|仍有|尚有|尚缺)|"
    rf"(?P<will>{_WANTED_SIGNS}|全年(?!任务|目标|计划|工作)|(?:剩余|其余|余下|剩下)(?={_TO_BE})|(?<=[，；])\d{{1,2}}月份?(?:起|开始)|(?<=[，；])(?:目标|任务|措施|计划)(?=：)|{_WANTED})|(?P<stop>[；])"
)
_STOCK_WORDS = frozenset("现有 原有 已有".split())
_COUNTED_HERE = re.compile("[^，。；：]*[\\d一二两三四五六七八九十百千万]")
"""现有的老师，…: what is there, where its clause counts it."""
_COMPARED = re.compile(r"(?:[比较与同在从由按以]|(?<![建立办设])于)(?:全[国省市区县])?$")
_ATTRIBUTE = re.compile(
    r"[^，。；：\d]{0,12}?的(?![一-龥])|[^，。；：\d]{0,10}基础上|[^，。；\d]{0,6}以前|[^，。；：\d]{1,8}的(?=\d)|(?:同期|水平|相比|持平)"
)


def _turn(match: re.Match[str], text: str, frame: Frame) -> bool | None:
    """Return whether the cue tells a fact; None where it turns nothing."""
    if match["stop"]:
        return None
    if match["will"]:
        if frame.is_report and not _STRONG.search(match["will"]):
            return None
        return False
    if match["years"]:
        return _years_turn(match, text, frame)
    if match["five"]:
        return None if frame.year is None or frame.is_report else _five_years_end(match["five"]) < frame.year
    if match[0] in _STOCK_WORDS and not _COUNTED_HERE.match(text, match.end()):
        return None
    if match["past"] and (_COMPARED.search(text[: match.start()]) or _ATTRIBUTE.match(text, match.end())):
        return None
    return True


def _five_years_end(written: str) -> int:
    """Return the last year of the five-year plan named 十二, 十三 and so on."""
    return 2010 + 5 * "一二三四五六".index(written[-1])


def _years_turn(match: re.Match[str], text: str, frame: Frame) -> bool | None:
    written = match["years"]
    if frame.year is None or not written.isdigit():
        return None
    if int(written) > frame.year:
        return False
    if int(written) == frame.year:
        return frame.is_report
    if (
        _COMPARED.search(text[: match.start()])
        or _ATTRIBUTE.match(text, match.end())
        or text[match.end() : match.end() + 1] in "-—"
    ):
        return None
    return True


def _is_aspect(text: str, place: int) -> bool:
    """Whether the turn at `place` is by 已 or 了, which do not reach past a semicolon."""
    return text[place] in "已了曾先建着仅只仍尚"


_SUBORDINATE = (
    "去年|上年|上年度|上年末|往年|前年|年初|年初确定|原来|原先|原定|现有|原有|已有|目前|现在|上届|上一年|前期|同期"
)
_OURS = "[区市县镇乡街村校馆院园局会省国场厂社]"
_HAD_BEFORE: tuple[str, ...] = (
    rf"(?:{_SUBORDINATE})(?:[^，。；：\d、]{{0,12}}的)?",
    r"(?:现有|原有|已有|目前|在建|(?<![实表体兑涌出发呈再展])现(?![代场金象实行状货浇]))[^，。；：\d、两二三四五六七八九十百千]{0,10}",
    r"(?:率|经费|人数|比例|面积|[个人名家])?不[足到]|(?:还|尚|仍)(?:低|差|缺|少)了?|(?:(?<![成造])就|(?<![人秀英成天贤])才)有?",
    r"占(?:全[国省市区县镇乡村]|户籍|常住|农村|城镇)*(?:总?人口|总户数|总数|总人数)(?:总数|比例|比重)?的?",
    r"(?:没有|尚无|缺少)[^，。；\d]{1,8}的|(?:光|只|单)靠[^，。；\d]*|(?:损失|亏损|(?<!水土)流失|离职)",
    r"(?:应到|实到|出席|列席|请假|缺席)(?:会|会议)?|(?:参加|出席|列席)[^，。；\d]{0,4}的(?:有|人员)[^，。；\d]{0,10}",
    r"全[校馆院园厂社](?:专任|在职)?(?:教师|职工|员工|医护人员|党员|干部)|[馆校院园站所]内?(?:专业|业务|专职|技术)人员",
    rf"全{_OURS}(?:持证|在册|常住|户籍)[\u4e00-\u9fff]{{0,6}}|在读[\u4e00-\u9fff]{{0,3}}|在[校园院][生学幼][生儿]?|[群馆校园厂社]里",
    r"常年[^，。；\d]{0,8}|(?:下设|服务人口|覆盖人口)|(?:散住|居住|住|分布|坐落|散布)[在于]",
    r"(?:依托|发挥好?|用好|利用(?![系率效价外])|凭借|借助)[^，。；：\d]{0,8}",
    rf"(?:比|较|(?<!不)低于|高于|超过|不及|少于|多于)(?:全[国省市区县]|平均|{_SUBORDINATE})(?![^，。；]*(?:提高|上升|增|升|降|减|压|缩|多|少|高于))[^，。；：\d]{{0,10}}",
)
"""What stands right before a figure that tells of what was or is: former amounts, lacks, meetings, staff, people, places, means, comparisons."""
_LOCAL = re.compile("|".join(f"(?:{words})$" for words in _HAD_BEFORE))
_YEARS_OWN = re.compile(r"(\d{4})年(?:度|底|末)?的?(?:[\u4e00-\u9fff]{0,8}的)?$")
_STANDING = re.compile(
    rf"(?<!覆盖)(?<!惠及)(?<!走遍)(?:全{_OURS}|全街道|全社区|全系统|全辖区|(?<!完成)(?<!为)辖区内?|所辖|下辖|辖|管辖|在编|在职|在岗|在册|编制|共有|现共有|设有|拥有(?![量率])|总人口|常住人口|户籍人口|我{_OURS}|[本咱俺]{_OURS}|"
    rf"其余|剩余|上述|(?<![\u4e00-\u9fff])以上|这|那|该)(?:范围内|内|共|现有|的|有|共有|各)*$|(?:共有|现有|拥有(?![量率])|下辖|辖有|在编|在册)(?:(?!突破|达|超过|增|到|不[少低]于|发展|力争)[^，。；：]){{0,10}}$"
)
_LISTED_AS_HAD = re.compile(
    rf"^[\u4e00-\u9fff]{{0,4}}(?:{_OURS}[里内]|辖区内?)(?:现|目前)?(?:共|还|只)?有[^，。；：每要将]*、[^，。；：]*$|(?:我|本|全|辖区内?|现){_OURS}?(?:现共|共|现)?(?:有|辖)[^，。；：]*、[^，。；：]*$"
)
"""我园共有12个班级、385名幼儿、教职工52人: all of the list is what there is."""
_STAFF = re.compile(r"(?:专职|专兼职|在编|现任)(?:人员|干部|干事|工作人员|职工|教师)$")
_HAS = re.compile(
    r"(?!.*(?:每|各|力争|确保|争取|[要将达使让须应]|所有|不少于|不低于|至少))[\u4e00-\u9fff]{0,5}[馆校村院场园区镇县市道家库室会局站所]"
    r"(?:里|内|现|目前)?(?:共|总共|一共|只|还)?有[\u4e00-\u9fff]{0,8}"
)
"""停车场有车位120个: what stands there."""
_PLACES_IN_ALL = re.compile("(?:社区|村|街道|乡镇|镇|乡|学校|班级?|网格|小区|支部)(?!级)")
"""（共18个社区36名）"""
_LACKS = re.compile(r"[\u4e00-\u9fff]{1,8}(?:没有|没能|未能|尚未|还没)|[\u4e00-\u9fff]{1,4}中，[其还]?有")
"""12个乡镇没有专职人员."""
_ON_DUTY = re.compile("全部|均|分片|分工|负责|持证|各|包")
_AREA_ALONE = re.compile(rf"全{_OURS}共?$")
"""全乡80户 with nothing behind it sums up what is wanted; 全乡14个村 is what there is."""
_TO_BE_CLOSED = re.compile(_TO_BE)
_CLAUSE_REST = re.compile(r"[^，。；：！？]*")
_DONE_AFTER = re.compile(r"[\u4e00-\u9fff]{0,8}(?<![而自])(?:已经?(?!有)|均已|都已)")
_ARE_THERE = re.compile(
    "[\u4e00-\u9fff]{0,8}的?(?:负责同志|负责人|主要领导|代表|有关人员)[^，。；]*(?:参加|出席|列席|到会)"
)
_POOL = re.compile("[\u4e00-\u9fff]{1,10}中(?:选|评|推|遴|产生|挑|择|抽)")
"""从240名志愿者中选出30名."""
_OWNS = re.compile("[\u4e00-\u9fff]{1,8}的[\u4e00-\u9fff]{2,10}(?:每|不少于|不低于|达到)")
_DONE_NEXT = re.compile("[^，。；：]*，(?:均|都|全部|现)已[^，。；]")
_BUILT_ON = re.compile("(?:以上|左右)?的?基础(?:上|之上)")
_IS_SUBJECT = re.compile(
    rf"(?:[\u4e00-\u9fff]{{0,10}}(?:{_OURS}|科协|学会|单位|部门|办|站|所|中心|妇联|团委|街道|支部|处|部|室|队|组))?(?:的|各|组织|由|要求|面向|依托|发挥|结合|通过|对|就)?"
)
_PREDICATE = re.compile(
    r"[\u4e00-\u9fff]{2,14}率(?:均|要|应|全部|力争|保持|稳定)*(?:达|在|为|不[低少]于|超过)|[\u4e00-\u9fff]{1,10}(?:的|都要|均要|都|均(?!不)|全部|实现|分别|要|应|须|必须|负责|轮着|轮番|分片|分工|包[村片干联]|对接|联系|挂钩|牵头|担任|组成|参与|轮流|共同|协同|作用)|是(?!否)"
)
