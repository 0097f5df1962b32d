"""Specs: quantities that describe a thing, a rule or a prize, and promise nothing."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from kxplan.intake.draft.figures import Figure
from kxplan.intake.draft.vocabulary import alternatives


class Spec(NamedTuple):
    """A row of the table: in a clause like this, figures with these units are specs."""

    units: str
    """Blank-separated; * for any."""
    before: str = ""
    """Pattern that the words before the figure in its clause must hold; empty for any."""
    after: str = ""
    """Pattern that the words behind the figure must begin with; empty for any."""
    within: str = ""
    """Pattern that the whole stretch between semicolons must hold; empty for any."""


def is_spec(figure: Figure, before: str, after: str, sentence: str, near: str) -> bool:
    """Return whether the figure between the words `before` and `after` of its clause is a spec.

    `sentence` is what stands between semicolons, `near` its clause and the one behind it, which tells
    what a rule about marks and warnings leads to.
    """
    unit = figure.unit.removeprefix("个") or figure.unit
    words = (unit, before, after, sentence)
    if _is_of_a_rule(figure, before, after, near, sentence) or (_PRIZE.search(before) and not _WON.search(sentence)):
        return True
    if figure.per and unit in _COINS:
        return not _meets(_FUNDS, words)
    if _meets(_FUNDS, words) or _meets(_PROMISED, words) or _is_a_grant(figure, before):
        return False
    if figure.is_range and not figure.is_hanzi and unit in _PERSONS and _EACH_GROUP.search(before):
        return True
    return _meets(_SPECS, words) or (unit == "小时" and figure.amount == _WHOLE_DAY)


def _is_a_grant(figure: Figure, before: str) -> bool:
    """免费开放补助320万元: what an office is given, too much for a head or a piece."""
    is_large = figure.unit == "元" and (figure.amount or 0) >= _LEAST_GRANT
    return is_large and bool(_GRANTED.search(before)) and not _FOR_ONE.search(before)


def _is_of_a_rule(figure: Figure, before: str, after: str, near: str, sentence: str) -> bool:
    """Whether it is said of marks and warnings."""
    clause = f"{before}{figure.digits}{figure.unit}{re.split('[，。；：]', after)[0]}"
    warns = _WARNING.search(clause) or (_WARNING.search(near) and _THRESHOLD.search(clause))
    return bool(warns or _MARKS.search(_marked_by(figure, before, clause, sentence)) or _MARKING.search(clause))


def _marked_by(figure: Figure, before: str, clause: str, sentence: str) -> str:
    """Return where the word for marks must stand that makes the figure one: 满分100分, 群众测评占25%."""
    if figure.unit in ("分", "成") or (figure.unit == "%" and re.search("[占计]|权重", before)):
        return sentence
    return "" if figure.unit == "%" else clause


_Words = tuple[str, str, str, str]
"""Unit, words before, words behind, all between semicolons."""
_Row = tuple[frozenset[str], re.Pattern[str], re.Pattern[str], re.Pattern[str]]


def _meets(rows: tuple[_Row, ...], words: _Words) -> bool:
    unit, before, after, sentence = words
    return any(
        (not units or unit in units) and behind.search(before) and ahead.match(after) and within.search(sentence)
        for units, behind, ahead, within in rows
    )


def _compiled(*table: Spec) -> tuple[_Row, ...]:
    return tuple(
        (
            frozenset(row.units.replace("*", "").split()),
            re.compile(row.before),
            re.compile(row.after),
            re.compile(row.within),
        )
        for row in table
    )


_WHOLE_DAY = Decimal(24)
_LEAST_GRANT = Decimal(100_000)
_GRANTED = re.compile("(?:补助|补贴|奖补)(?:资金|经费)?[^，。；\\d]{0,2}$")
_FOR_ONE = re.compile("^（?含|每|单|给予|最高|一次性|均")
_PERSONS = frozenset("人 名 位".split())
_EACH_GROUP = re.compile("每[批场班期组队堂课次车支][^，。；]{0,6}$")
_COINS = frozenset("元 角 分".split())
_HEADS = "(?:人均|每人|户均|每户|常住人口)"
_EACH_TIME = r"每(?:次|场|节|堂|期|天|日|个?课时|轮|晚|班次)[^，。；]*$"
_GROUP = "每[批场班期组队堂课次车]"
_LENGTHS = "米 厘米 毫米 公里 千米 里 延米"
_AREAS = "平方米 平米 平方公里 平方千米 亩 公顷 公亩"
_WEIGHTS = "公斤 千克 毫克 克 斤 升 毫升 寸 英寸"
_PEOPLE = "人 名 位 户 个 支 件 篇 份 项 幅 张 部"

_FUNDS = _compiled(
    Spec("元", before=rf"{_HEADS}.*(?:经费|投入|预算)|(?:经费|投入|预算).*{_HEADS}"),
    Spec("元", before=_HEADS, after=r"[^，。；]*(?:经费|投入|预算)"),
)
"""人均经费 is what an office is given; all else that a head is given is a price."""
_PROMISED = _compiled(
    Spec("元", before=r"(?:争取|力争|申请|筹集|募集|筹措)[^，。；每]*$"),
    Spec("元", before=r"每个?(?:村|社区|乡镇|街道|镇|乡|学校|单位|部门|科室|支部)(?:统筹)?(?:安排|列支|预算|投入|划拨|拨付|落实|自筹|配套)(?:不少于|不低于|不超过)?$"),
    Spec("工作日 天 小时 分钟 个月 月", before=r"(?:(?:压缩|缩短|压减|减少|精简|提速|降低|下降)(?:到|至|为)|平均[^，。；]{0,8}控制在)$"),
    Spec("米 公里 千米 延米 里", before=r"(?:修建|硬化|铺设|新修|改造|疏浚|清淤|维修|新铺|整修|拓宽|架设)$", after=r"(?:左右|以上)?的[^，。；、\d]*(?:[，。；、]|$)"),
    Spec("亩 公顷 平方公里", before=r"面积(?:由[^，。；]*)?(?:扩大|增加|发展|提高|提升|扩展|稳定|保持|达)[到至在]?(?:不少于|不低于)?$"),
)  # fmt: skip
"""What a row of `_SPECS` would take for a spec and is promised all the same."""
_SPECS = _compiled(
    Spec("岁 周岁 周年 年级 月龄 分 字 星 层 楼 级 代 度 寸 英寸 伏 瓦 KB MB m km kg 折 昼夜 年 月 个月 周 星期 学期 学年 教学周 工作日 秒 秒钟 日 晚"),
    Spec("分钟"),
    Spec("小时 钟头", before=_EACH_TIME),
    Spec("小时 钟头", after=r"(?:以?内|之内|制|开放|值班|值守|不间断|服务|热线|响应|监测|在线)"),
    Spec("小时 钟头", before=r"(?:提前|延长|缩短|超过|为时|用时|历时|时长为|连续)$"),
    Spec("天 课时 学时 小时", before=r"(?:为期|历时|提前|连续|大干|苦干|奋战|决战|鏖战|间隔|每次|每场|每轮|会期|工期|周期|假期|时间为|期限|公示|为时)[^，。；]{0,4}$", after=""),
    Spec("天 小时", before=r"每期[^，。；]{0,4}$"),
    Spec("天", before=r"每[批班][^，。；]{0,4}$"),
    Spec("天", after=r"(?:以?内|之内|后|前)"),
    Spec("天", before=r"(?:培训|集训|轮训|研修|脱产|学习|住宿)(?:不少于)?$", within=r"(?:[2-9]|\d\d|[二两三四五六七八九十]) ?(?:期|批|班|轮|名|人)|住宿"),
    Spec("天 周", before=r"(?:^|[寒暑]假|假期)(?:共|总共|为期)$", within=r"[寒暑]假|假期|放假"),
    Spec("*", before=r"^(?!.*(?:新增|提高|提升|增加)).*(?<![放念节假息常])日(?:供水|处理|生产|产|收运|发电|均处理|接待)(?:能力|量|规模)?[^，。；\d]{0,3}$"),
    Spec("元", before=r"(?:亩均|每亩|套均|平均每)[^，。；\d]*(?:投资|投入|补助|补贴|成本|费用|造价)[^，。；\d]*$"),
    Spec(f"元 美元 人 名 户 头 只 米 公里 天 学时 张 {_AREAS} {_WEIGHTS} 吨", after=r"以[上下]的?(?![^，。；\d]*(?:参加|参与|开展|举办|获|达))[\u4e00-\u9fff“”]{2,8}(?:不少于|不低于|至少|超过|达到?|突破)?(?:\d|[一两二三四五六七八九十]+[个家名户])"),
    Spec("元", before=r"(?:其中|含)[^，。；\d]{0,6}$", after=r"以[上下]的?\d+[个家项宗]"),
    Spec("人 名 次 起", after=r"(?:以上)?死亡"),
    Spec("人 名", before=r"(?:死亡|伤亡|重伤|轻伤)$", after="(?:及|或)?以上"),
    Spec("*", after=r"(?:以上|以下)的[^，。；\d]{1,12}(?:占比|比例|比重|占\d|数量|达)"),
    Spec("个 项 组 类 条 大", before=r"(?:^|，)(?:共?分|分为|分成|下设|分设)[^，。；]*$", after=r"(?:项目|组别|类别|板块|环节|部分|单元|篇章|阶段|层次|批次|赛道|系列|专题)"),
    Spec("等级", before=r"(?:分为?|设|划分为?|评定?)[^，。；]*$"),
    Spec("*", before=r"(?:单笔|每笔|单户|单项)[^，。；]*$"),
    Spec("人 名 位", before=r"[组队会]$", after=r"(?:组)?成员"),
    Spec("*", before=r"来[园校院馆站所局][^，。；、]{0,6}(?:检查|督查|督导|抽查|考核|验收|调研|评估)$"),
    Spec("次 人 名 场 个 期 家 件", before=r"(?:连续|连着|累计缺席|缺席|无故)[^，。；]{0,4}$"),
    Spec("平方米 平米", before=r"^(?!.*(?:新[增建改]|改造|完成|增加|治理|修缮|建成|打造))(?:.*(?:建筑|占地|用地|使用|营业|室内|展示|布展|陈列|场地|小区|[舍馆室厅楼房场总其]|每[个处间]|、))?面积[^，。；、]{0,5}$"),
    Spec(_AREAS, before=r"(?:占地|用地|建设|规划|辖区|国土|区域|总|流域|水域|校园|园区)面积[^，。；、]{0,5}$"),
    Spec(f"{_LENGTHS} {_AREAS} {_WEIGHTS} 吨 立方米 立方 度 人 人次 名 辆 个 册", before=r"(?<!.)(?![^，。；]*(?:新建|建设|建成|铺设|改造|修建|治理|整治|清淤|新增)[^，。；]*长度)[^，。；]*(?:海拔|占地|高度|长度|宽度|距离|间距|承载量|接待能力|直径|半径|口径|管径|尺寸|容积|库容|(?<!装机)容量|净重|载重|每[件个袋箱]重)[^，。；、]{0,5}$"),
    Spec(f"{_LENGTHS} {_WEIGHTS}", before=r"(?:体重|身高)[^，。；、]{0,5}$"),
    Spec(f"{_LENGTHS} {_WEIGHTS}", before=r"(?<![提升增拔新较最])[高宽深厚长重](?:约|为|达|不低于|不少于|不得?超过)?$"),
    Spec(_AREAS, before=r"^(?:办公|现有|业务)?(?![\u4e00-\u9fff]{0,4}[新改扩建修增装])[\u4e00-\u9fff]{0,4}(?:用房|场地|场馆|馆舍|展厅|大厅|教室|活动室|阅览室|库房|办公室)$"),
    Spec(f"{_LENGTHS} {_AREAS}", after=r"(?:左右|以上|以下)?(?:的(?!.{0,12}(?:建设|任务))|[大高长宽](?![\u4e00-\u9fff]))"),
    Spec(f"{_LENGTHS} {_AREAS}", before=r"^(?:建筑)?(?:面积)?(?:约|共|各)?$", after=r"(?:以上|以下|左右)?）"),
    Spec("人 名 位", before=r"每[支队组](?:队伍|小分队)?(?:成员|人数)?[^，。；\d]{0,5}$"),
    Spec("个 名 家 户", before=r"(?:突出|靠前|靠后|末位|前列|优秀)的$", after="[\u4e00-\u9fff]*(?:奖励|表彰|约谈|通报|给予)"),
    Spec(_LENGTHS, after=r"(?:以上|左右)?的?(?![和与及并])[\u4e00-\u9fff]{2,8}(?:[一两三]|\d)"),
    Spec(_AREAS, before=r"核心区面积[^，。；、]{0,5}$"),
    Spec(_LENGTHS, before=r"每[条处块段面座组根幅道][\u4e00-\u9fff]{0,3}$"),
    Spec(_AREAS, before=r"每[个块方片处]面积[^，。；、]{0,5}$"),
    Spec(_AREAS, before=r"每(?:个|家|处|所|座|间|村|站|点|块)[\u4e00-\u9fff]{0,2}(?:面积)?(?:约|不少于|不低于|不小于|达到?|为)?$"),
    Spec(_WEIGHTS, before=r"(?:(?<!稳)重量?(?:约|为|达|不少于|不低于|不超过)?|净含量[^，。；]{0,3}|每[件个袋箱份][^，。；]{0,3})$"),
    Spec("*", before=r"(?:设立?|设置|评选?|评出|各取|各评)[^，。；]{0,10}(?:等奖|优秀奖|优胜奖|名次|奖项|奖)[^，。；]{0,4}$"),
    Spec(_PEOPLE, before=r"(?:限报|限额|限定|限|每[队组][^，。；]{0,3}(?:不超过|控制在|最多|限)|名额(?:为|各)?|推荐名额|每[个位名]?(?:单位|学校|校|村|社区|人|队|家|作者)[^，。；]{0,6}(?:限报|限|不超过|最多|不多于|报送不超过))$"),
    Spec("人 名 位", after=r"(?:左右|以上)?(?:规模)?的[^，。；]{0,10}(?:队伍?|团|组|班)[^，。；]{0,4}\d"),
    Spec("人 名 位", before=r"(?:规模|容纳|每[队组]|团队|小组|班额|限定|可容|核载|成员)[^，。；、\d]{0,6}$"),
    Spec("元 角", before=r"(?:每(?!年|月|季|周)[^，。；]{1,8}?(?:补助|补贴|奖励|奖补|支付|发放|收取?|收费|报酬|标准|不超过|资助|给予)?|单价|市场价|押金|保证金|门票|票价|定价|售价|价格|(?:会费|收费)标准[^，。；]*|奖励|奖补|补助标准|补贴标准|给予[^，。；]{0,12}|补助|补贴|奖金|罚款|收费标准|误餐|讲课费|劳务费|酬金|各奖|奖|一次性[^，。；]{0,6})(?:标准)?(?:为|约|不超过|不高于|不低于|最高|各|按)?$"),
    Spec("元 角", before=r"(?<!争取)(?<!申请)(?:奖励|奖补|补助|补贴)[\u4e00-\u9fff]{0,6}$", within="(?:得分|考核|获|被评|表彰|突出|优秀|评为|先进)"),
    Spec("元", before=r"(?:人均|户均)(?:资助|补助|补贴|奖励|救助|慰问)[^，。；]{0,4}$"),
    Spec("人 名 位", before=rf"{_GROUP}[^，。；\d]{{0,6}}(?:不[得能]?超过|不多于|最多|限|控制在)$"),
    Spec("人 名 位", before=rf"{_GROUP}[^，。；\d]{{0,6}}$", after="以[内下]|之内"),
    Spec(_LENGTHS, before=r"最[高长宽深厚重]的[^，。；\d]*$"),
    Spec("*", before=r"^(?:国家|省|市|县|上级|[省市县区]里)[^，。；]{0,10}[将来][^，。；]*(?:抽检|抽查|检查|督查|考核|验收|评估)[^，。；]*$"),
    Spec("次 天 节", after=r"(?:的)?(?:视为|按[^，。；]{1,6}处理)"),
    Spec("*", before=r"^凡[^，。；]*$|查实$"),
    Spec("元", before=r"定价[^，。；]{0,8}$"),
    Spec("% 元 分", before=r"扣[发减除]?[^，。；]*$"),
    Spec("%", before=r"按[^，。；]*的$"),
    Spec("小时", after=r"(?:雨量|降雨量|降水量)"),
    Spec("*", before=r"(?<!不)(?:达到?|到达|超过|低于)$", after=r"[^，。；]*时(?:，|立即|启动|及时|应|须|发布|$)"),
    Spec(_WEIGHTS, before=r"每亩(?:用|施|播|需)[种药肥水量]?[^，。；]{0,3}$"),
    Spec("天", before=r"龄[^，。；\d]{0,4}$"),
    Spec("*", before=r"密度[^，。；\d]{0,4}$"),
    Spec("元", before=r"(?:采购|市场|收购|零售|批发|单台|指导)价[^，。；\d]{0,3}$"),
    Spec("次", before=r"[漏缺迟错][\u4e00-\u9fff]{1,2}$"),
    Spec("元", before=r"标准[^，。；]{0,4}(?:人均|每人)[^，。；]{0,4}$"),
    Spec("眼", before=r"[看翻瞧望瞄]$"),
    Spec("座", after=r"(?:大巴|客车|中巴|车)"),
    Spec("元", before=r"^（?含[^，。；]*$"),
    Spec("个 席", before=r"[厅室馆场]有?座位$"),
    Spec("平方米 平米", before=r"(?:展厅|馆舍|场馆|建筑|办公|校舍|用房|活动室)面积由[^，。；]*$"),
    Spec("*", after=r"[^，。；]{0,2}的[^，。；]{1,8}(?:可以?|能)(?:兑?换|领|获|免|参加)"),
    Spec("*", before=r"(?:可以?|能)(?:兑?换|领取?|获赠)$"),
    Spec("*", before=r"满$", after=r"[^，。；]{0,4}[给可发开奖换颁]"),
    Spec("*", before=r"限[领购发取]$|每[人户村校场班期次][^，。；]{0,3}限[^，。；]{0,4}$"),
    Spec("*", before=r"^(?:国家|省|市|上级)[^，。；]{0,10}将[^，。；]*$", after=r"[^，。；]*(?:检查|抽查|督查|督导|考核|巡查|验收|评估|审计)"),
    Spec("*", before=r"(?<!不)(?:超过|低于|高于|达到?)$", after=r"[^，。；]{0,4}?(?:即|就|则|立即)(?!可)"),
    Spec("个 家 户", before=r"(?<![底末月日期季年节度之以提午])前$"),
    Spec("%", before=r"(?:超支|超出|偏差|浮动)$"),
    Spec("类", after=r"[\u4e00-\u9fff]{1,6}\d"),
    Spec("天 个月", after="期间"),
    Spec("小时 分钟 天", after=r"(?:上门|赶到|到[门场位达]|响应|回[访复]|答复|办结)"),
    Spec("人 名 个 位", after=r"人?(?:签字|在场|同意)"),
    Spec("天", before=r"^(?:连续|活动)?$", after=r"[\u4e00-\u9fff]"),
    Spec("*", after=r"\+[\u4e00-\u9fff]{1,6}\d"),
    Spec("*", before=r"按$", after=r"[^，。；]{0,6}计"),
    Spec("元", before=r"单[场次位件人][^，。；]{0,6}(?:成本|费用|造价|经费)[^，。；]{0,3}$"),
    Spec("人 名 亩 头 只 户", after=r"以上的?(?:企业|单位|村|项目|大户|乡镇|园区|商场|小区|工程|规模)"),
    Spec("*", before=r"(?<!不)(?:低于|不足|不到|少于|未达到?|达不到|高于|超过|超)$", after=r"的[\u4e00-\u9fff，]"),
    Spec("人 名 位", before=r"由$", after=r"[^，。；]{0,6}(?:陪同|陪护|看护|带队|签字)"),
    Spec("小时 天 次", before=r"[前首]$", after="免费"),
    Spec("元 角", after=r"(?:的)?(?:补助|补贴|奖励|奖金|标准|罚款|误餐|一次性)(?!资金|经费)"),
    Spec("*", before=r"(?:接受|迎接|迎|配合)[^，。；、]{0,12}(?:检查|督查|督导|抽查|考核|巡查|巡察|审计|验收|调研|评估)$"),
    Spec("次", before=r"^(?:国家|省|市|区|县|上级)级?[^，。；]{0,2}(?:检查|督查|督导|考核|巡查|巡察|审计|验收)$"),
    Spec("% 成", before=r"(?:权重|占考核|占总分|占分|分值占|考核[^，。；]{0,8}占|占总成绩|占比重|计入)[^，。；]{0,6}$"),
    Spec("*", before=r"(?:滞后|逾期|迟到|缺勤|低于目标)[^，。；]{0,6}$"),
    Spec("人 名 位", before=r"(?:工龄|党龄|年龄|平均年龄)[^，。；]{0,6}$"),
    Spec("个 项 条 款 张 套 种", after=r"(?:等次|等级|星级|档次|档|级别|季节)"),
)  # fmt: skip
_PRIZE = re.compile(r"(?:[一二三特]等|优秀|优胜|鼓励|金|银|铜|单项|组织)奖各?$")
_WON = re.compile("获|力争|争取|争创|夺")
_MARKS = re.compile("满分|权重|总分(?!馆|校|店|会)|考核分|分值|赋分")
_WARNING = re.compile(
    alternatives(
        "约谈 亮红灯 亮黄灯 红灯 黄灯 黄牌 红牌 予以预警 进行预警 发出预警 提前预警 问责 取消评优 评优资格 评先资格 一票否决 不得评优 通报批评 扣完为止 评为一等 评为优秀 垫底 末位 不合格"
    )
)
_THRESHOLD = re.compile(
    "(?<!不)(?:低于|不足|不到|少于|超过)|未|以下|连续|累计|排名|排在|滞后|逾期|达不到|完不成|发生|出现|[后末]\\d|的$"
)
_MARKING = re.compile(
    rf"(?<!书){alternatives('计分 得分 扣分 加分 减分 记分 评分')}(?![别析布类配散解管工会校院行享发层片头支级队组馆])|(?:得|加|减|计|记|按|值|占|扣)\d+(?:\.\d+)?分|\d分(?:计入|制)|每(?:少|多|缺|增|减|超|迟)[^，。；]{{0,6}}[扣加减]"
)
