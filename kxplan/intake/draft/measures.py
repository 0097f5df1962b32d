"""Measure words: which word after a number is its unit, the longest first."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

PEOPLE = "人 名 位 户 员 桌 席"
PLACES = "个 家 所 处 座 栋 幢 间 套 站 点 店 室 片 床 床位 车位 泊位 学位 摊位 展位 座位 席位 工位 岗位 村次"
EVENTS = "场 次 期 批 届 轮 回 遍 趟 班 节 堂 课 讲 档 例 起 宗 桩 局 盘 餐 顿"
PRINTS = "册 本 份 篇 部 卷 张 幅 块 页 叶 版 栏 帧 首 集 面 枚 封 函 条 则 件 项 款 种 类 门"
THINGS = (
    "支 只 台 辆 架 艘 把 根 头 匹 尾 羽 株 棵 粒 颗 盆 束 顶 口 盏 道 对 双 副 组 队 股 列 杆 樘 扇 眼 孔 "
    "瓶 盒 箱 袋 包 桶 罐 筐 捆 具 尊 拍 剂 针 管 帖 丸 台套 台件 标台 标箱 人份 穴 件套 套件 单 笔 票 案 标 号 系列 班列 小组 分队 方阵 段 幕 车 路 棒 出"
)
REPEATED = "块 幅 页 亩 人 场 车 班 件 户 架 台 批 船 册 点 剂 针 例 家 机 列 站 课 期 篇 组 队 床 趟 馆 校 村 店 条 辆 频 轮 份 节 集 品 间 餐 堂 项 套"
"""Words that make a compound with 次: 人次, 场次, 车次."""
TAUGHT = "课时 学时 学分 天 人天 人日 工时"
LASTING = "小时 分钟 秒 秒钟 钟头 年 月 周 星期 工作日 教学周 学期 学年 昼夜 晚 日"
AGES = "岁 周岁 周年 年级 月龄"
MONEY = "元 角 美元 欧元 港元 元钱 块钱"
SHARES = "% ‰ 百分点 等级 成 倍 折"
SIZES = (
    "平方米 平方公里 平方千米 平米 立方米 立方 公里 千米 米 厘米 毫米 里 延米 亩 公顷 公亩 亩次 "
    "公斤 千克 毫克 克 斤 吨 吨标准煤 升 毫升 千瓦 千瓦时 兆瓦 度 度电 TB GB MB KB PB m m2 km kg "
    "字 级 分 星 层 楼 代 英寸 寸 微克/立方米 毫克/立方米 毫克/升"
)

_WRITTEN_OUT = {"元钱": "元", "块钱": "元"}

_BEGINS_ANOTHER_WORD = {
    "人": "口才均民大员文工机类群际", "名": "师录单牌称誉", "位": "于置", "户": "外籍型",
    "家": "庭长园乡具教属电访务政校门风禽", "所": "属长", "处": "理置罚于长级", "站": "点位",
    "点": "位评名亮", "室": "内外", "片": "区面", "场": "馆所地景域", "次": "数日序", "期": "间刊望限末",
    "批": "准示评复发量", "班": "子级长主组", "节": "日假目约能水气点", "课": "题程件堂后外", "讲": "座解师述好话堂台",
    "例": "会如行", "本": "科级市区县土地年着职镇乡村校馆院街局", "份": "额", "部": "门委署分长队", "面": "积向对貌",
    "条": "例件款", "项": "目", "类": "别型", "门": "诊店户", "集": "团市镇体中合成群聚约", "版": "面块权",
    "栏": "目杆", "首": "位届次要批", "对": "象于接口照标", "双": "方创向拥", "道": "路德", "口": "径号",
    "头": "条", "组": "织建长成", "队": "伍员长", "团": "队员体结支干委", "股": "份权室长东", "包": "括含容保联村户",
    "管": "理控道", "单": "位元独", "标": "准志题识", "案": "例件", "号": "召码", "天": "然气", "周": "边围年期密",
    "年": "级龄", "元": "旦素宵", "成": "立员果效熟为功长都本绩人", "分": "别散会馆中校院布解类工管享行发片层",
    "星": "级", "层": "面次级", "级": "别", "代": "表码理", "度": "假", "出": "来版去发席台口差生租资", "里": "面程", "路": "灯线段口边面网公由径过费面", "晚": "会", "顶": "层尖",
    "台": "账", "支": "部持出付撑教委", "把": "握关", "列": "入为", "局": "部长机", "席": "位", "店": "铺", "升": "级旗学",
    "克": "服", "具": "备有体", "针": "对", "回": "访头收", "起": "草来到点", "折": "页", "套": "路", "张": "贴",
    "块": "状", "米": "兰", "字": "样", "寸": "步", "日": "常", "拍": "摄照卖", "床": "位", "段": "落位", "车": "间站辆型位主库",
}  # fmt: skip
"""A measure word before one of these characters is the beginning of another word: 场馆, 部门."""


_STANDS_BEHIND_ONE = frozenset(
    "科普 科技 科学 科幻 地方 目标 师生 师范 师傅 单亲 单身 外来 外出 外地 具有 具备 电商 园区 乡镇 门店 政企 政府 路灯 长廊 长椅 长效 长期 体育 长篇 头条".split()
)
"""Words that begin so and follow a measure word all the same: 一本科普书, 20场地方戏, 10名师生."""


class Measure(NamedTuple):
    """A unit found in a text, and where it ends."""

    unit: str
    end: int


def measure_at(text: str, start: int) -> Measure | None:
    """Return the longest measure word that begins at `start`, or None.

    A leading 个 stays part of a longer word: 个百分点, 个工作日, 个班次.
    """
    words = _words()
    for length in range(min(_LONGEST, len(text) - start), 0, -1):
        word, end = text[start : start + length], start + length
        if word in words and (
            text[end : end + 2] in _STANDS_BEHIND_ONE or not _begins_another(word, text[end : end + 1])
        ):
            return Measure(_WRITTEN_OUT.get(word, word), end)
    return None


def _begins_another(word: str, behind: str) -> bool:
    return bool(behind) and behind in _BEGINS_ANOTHER_WORD.get(word, "")


def is_event(unit: str) -> bool:
    """Return whether the unit counts things that happen on a day: 场, 场次, 期."""
    return unit.removeprefix("个") in {"场", "场次", "次", "期", "班次", "堂", "节", "课", "讲", "届"}


_LONGEST = 6


@cache
def _words() -> frozenset[str]:
    groups = (PEOPLE, PLACES, EVENTS, PRINTS, THINGS, TAUGHT, LASTING, AGES, MONEY, SHARES, SIZES)
    plain = {word for group in groups for word in group.split()}
    plain |= {word + "次" for word in REPEATED.split()}
    after_ge = {"个" + word for word in plain if word != "个" and (len(word) > 1 or word == "月")}
    return frozenset(plain | after_ge)
