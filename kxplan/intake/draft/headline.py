"""Headline: what a document is, whose and for which year, from its title; and what on its pages is not of it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from kxplan.intake.draft.asides import YEAR
from kxplan.intake.draft.numerals import hanzi_value
from kxplan.intake.draft.tense import Frame
from kxplan.intake.draft.vocabulary import alternatives


class Headline(NamedTuple):
    """A document's title, read."""

    title: str
    org: str | None
    years: tuple[int, ...]
    """The years the wanted figures are for, in order; empty where none is named."""
    frame: Frame
    """What the text under no heading stands in."""
    has_both: bool = False
    """Whether it tells of a year and plans the next."""
    plans_this_year: bool = False
    """Whether the year that it plans is the one it calls 今年."""

    def is_title(self, line: str, *, is_leading: bool) -> bool:
        """Return whether a line is the title or a repeat of it, so that it is no heading of the text.

        `is_leading`: no text stands above it. A part of the title further down (2024年工作计划 in a
        report that plans the next year too) is a heading.
        """
        if line == self.title:
            return True
        bare = _as_title(line)
        if not bare:
            return False
        if bare == self.title or (self.title and self.title in bare):
            return True
        named = years_in(bare)
        is_other = bool(_PLAN_TITLE.search(bare)) and (self.frame.is_report or self.has_both)
        is_alike = not named or not self.years or bool(set(named) & {*self.years, self.frame.title_year})
        return is_leading and is_alike and not is_other and (bare in self.title or bool(named))

    def under(self, path: Sequence[str], frame: Frame) -> Frame:
        """Return what the text under the headings `path` stands in; `frame` is that of the headings above."""
        for heading in path:
            frame = self._under(heading, frame)
        return frame

    def _under(self, heading: str, frame: Frame) -> Frame:
        plans, is_asked = bool(_PLANS_NEXT.search(heading)), bool(_IS_ASKED.match(heading))
        tells = bool(_TELLS.search(heading)) and not is_asked
        named = [year for year in years_in(heading) if self.years]
        if self.frame.is_report or self.has_both:
            plans = plans or bool(named and max(named) > (self.frame.title_year or 0))
            plans = plans or (self.has_both and bool(_PLANS.search(heading)))
            plans = plans or (self.plans_this_year and bool(_THIS_YEAR.search(heading)))
        if named and self.years and max(named) < self.years[0] and not plans and not is_asked:
            tells = True
        if plans and not (tells and not _PLANS_NEXT.search(heading)):
            return self._planning(frame)
        return frame._replace(is_report=True) if tells and not _PLANS.search(heading) else frame

    def _planning(self, frame: Frame) -> Frame:
        return frame._replace(
            is_report=False, year=self.years[-1] if self.has_both and self.years else self._next_year()
        )

    def _next_year(self) -> int | None:
        year = self.frame.title_year
        return year if year is None or not self.frame.is_report or _WITHIN_A_YEAR.search(self.title) else year + 1

    def turned(self, sentence: str, frame: Frame) -> Frame:
        """Return the frame from `sentence` on, where a report begins to speak of what comes next."""
        if not frame.is_report or not self.frame.is_report:
            return frame
        opening = _OPENS_NEXT.match(sentence)
        if opening is None:
            return frame
        year = years_in(opening[0])
        return self._planning(frame) if not year or max(year) > (self.frame.title_year or 0) else frame

    def looks_back(self, sentence: str, *, is_told: bool) -> bool:
        """Return whether a plan's text under no heading tells from `sentence` on of what was.

        `is_told` says whether it did before; it does until a sentence opens with the plan's own year.
        """
        opening = _OPENS_PAST.match(sentence)
        if opening:
            named = years_in(opening[0])
            ours = self.frame.title_year or 0
            turns = _TURNS_NOW.search(sentence) or max(years_in(sentence), default=0) >= ours
            return (not named or max(named) < ours) and not turns
        return is_told and not _OPENS_NOW.match(sentence)


def headline(lines: Sequence[str], file_name: str, styled: str = "") -> Headline:
    """Return the headline of the document with these levelled paragraphs.

    `styled` is what stands above all else by its style, for a title that names no kind of document;
    the file's name is a last resort.
    """
    titles = _titles(lines) or ([styled] if styled else [])
    title = next((one for one in titles if years_in(one)), titles[0] if titles else "") or (
        file_name if _KINDS.search(file_name) else ""
    )
    title = title if years_in(title) else title + _subtitle(lines, title)
    years = years_in(title) or _years_by_count(lines)
    tells, plans = bool(_REPORT_TITLE.search(title)), bool(_PLAN_TITLE.search(title))
    is_report = tells and (not plans or bool(_BOTH.search(title)))
    has_both = is_report and plans
    if has_both:
        title_year = min(years, default=None)
        if title_year is not None and len(years) == 1 and not _WITHIN_A_YEAR.search(title):
            years = (title_year, title_year + 1)
    else:
        title_year = years[0] if years else None
    span = (
        tuple(range(years[0], years[-1] + 1))
        if _SPAN.search(title) and years
        else years[-1:]
        if has_both
        else years[:1]
    )
    year = title_year if is_report else (span[-1] if len(span) > 1 else title_year)
    return Headline(
        title.rpartition("《")[2], _org(title), span, Frame(is_report, span[0] if span and not is_report else year, title_year), has_both,
        has_both and any("去年" in line for line in lines) and not any("明年" in line for line in lines),
    )  # fmt: skip


def years_in(text: str) -> tuple[int, ...]:
    """Return the years that `text` names, in order of size."""
    found = set()
    for written in re.findall(YEAR, text):
        read = int(written) if written.isdigit() else hanzi_value(written.replace("○", "〇").replace("零", "〇"))
        found.add(read if isinstance(read, int) else int(read[0]) if read else 0)
    return tuple(sorted(year for year in found if _FIRST_YEAR <= year <= _LAST_YEAR))


def is_furniture(line: str) -> bool:
    """Return whether a line belongs to the page of a document-sharing site, or to a letterhead's foot."""
    return len(line) <= _LONGEST_FURNITURE and bool(_FURNITURE.match(line))


_FIRST_YEAR, _LAST_YEAR = 1990, 2079
_LONGEST_FURNITURE = 160
_FURNITURE = re.compile(
    r"(?:ID|大小|页数|格式|时间|文档编号|上传|编号|浏览|阅读量?|下载量?|收藏|站内客服|网站客服|客服|联系电话|电话|邮编|抄送|抄报|印发|共印|校对|打印|网址|地址|邮箱|联系人)[：: ]|"
    r"(?:分享|下载文档|收藏|展开|收起|举报|温馨提示|版权|此文档|本文档由|部分包含|\d\. ?部分包含|\d\. ?本文档|免费阅读|您?可能(?:还)?(?:喜欢|关注)|(?:推荐|延伸|相关)(?:阅读|文章|范文|链接)|(?:您现在的|当前)位置|责任编辑|编辑：|(?:\d[.、] ?)?(?:下载前|下载文档|下载后|上传(?:会员|人|者)|提交日期|版权声明|本(?:站|文档|内容)[^。]{0,12}(?:上传|转载|收集))|你可能|猜你|相关(?:推荐|文档|阅读)|热门|上一篇|下一篇|登录|注册|"
    r"查看(?:更多|全文)|点击|加载|第\d+页 ?共\d+页|第 ?\d+ ?页|-? ?\d{1,3} ?-?$|目录|— ?\d+ ?—|收藏\d+|下载此|全文共|文档评价|来源：|作者：|发布时间|发布日期)"
)
_KINDS = re.compile(
    r"计划|方案|要点|安排|思路|打算|分解表?|分配表?|责任书|任务书|任务表|目标|规划|清单|部署|意见|总结|小结|汇报|述职|[周月季旬]报|报告|工作表|情况|台账|考核表|一览|回顾|展望|排期|推进表|进度表|进度安排|函$|一封信"
)
_PLAN_TITLE = re.compile(
    r"计划|方案|要点|安排|思路|打算|分解|分配|责任书|任务|目标|规划|清单|部署|意见|设想|谋划|展望|排期|一览"
)
_REPORT_TITLE = re.compile(
    r"总结|[周月季旬]报|小结|汇报|述职|完成情况|工作情况|回顾|工作报告|情况报告|情况的报告|情况(?=[及和与暨].{0,14}(?:计划|打算|安排|思路))"
)
_BOTH = re.compile(
    r"(?:总结|小结|汇报|情况|回顾|述职).*?(?:和|及|与|暨|、|以及|，|\d{4}年|下|明).*?(?:计划|方案|要点|安排|思路|打算|谋划|设想|展望)"
)
_SPAN = re.compile(
    rf"{YEAR}年?(?:[-—–~至到]{{1,2}}){YEAR}|(?<![〇零○一二三四五六七八九])[三五]年|规划|行动计划（{YEAR}"
)
_WITHIN_A_YEAR = re.compile("半年|季度|季报|[周月旬]报|第?\\d{1,2}周|(?<!\\d)\\d{1,2}月(?!\\d)")
"""Titles of reports whose next is still the same year: 2024年一季度总结."""
_THIS_YEAR = re.compile("今年(?!以来)|本年度?|新的?一年")
_PLANS = re.compile(r"计划|打算|思路|安排|目标|任务|设想|谋划|举措|要点")
_PLANS_NEXT = re.compile(
    r"下周|下月|下个?季度|怎么干|怎么办|往后|接下来|下一步|下步|下阶段|明年|来年|下年|新的一年|下一年|打算|努力方向|展望|今后|下半年(?!.*(?:总结|情况|回顾))|工作思路|工作计划|工作安排|工作设想|工作谋划"
)
_TELLING_ENDS = "回顾 完成情况 开展情况 工作情况 进展情况 落实情况 执行情况 基本情况 做法 成效 成绩 不足 差距 困难 现状 家底 亮点 亮点工作 特点 问题 经验 体会 工作基础 发展基础 背景 形势 前期工作 原因分析 问题分析"
"""What a heading that tells of what was or is comes to: 主要做法和成效, but not 成效评估."""
_TELLS = re.compile(
    rf"(?:{alternatives(_TELLING_ENDS)}|(?:工作|活动|情况|[年月度来])总结|^总结)(?=$|[和与及、：（，；]|较|如下)|"
    "[本上][周月](?:主要|重点)?(?:工作)?(?:完成|$)|总结回顾|现在有|上年|去年|存在(?!感)|已完成|有提升|有声势|有活力|过去|一年来|[一-龥]情况(?:汇报|通报|分析)$"
)
_WANTING = (
    "提升 夯实 打造 强化 做好 抓好 抓实 做优 做强 做出 补齐 突出 让 缩小 聚焦 讲好 严格 用好 摸清 把握 注重 掌握 办好 塑造 树立 加快 加大 增强 坚持 着力 切实 扎实 狠抓 积极 认真 大力 进一步 不断 "
    "努力 针对 围绕 对照 根据 结合 为了 抓 建好 管好 克服 弥补 查找 消除"
)
"""Words at the head of a heading that ask for something, whatever it is about."""
_DEALING = (
    "提高 推广 推动 推进 排查 回应 巩固 拓展 改善 持续 深化 优化 完善 健全 加强 全面 深入 通过 按照 学习 宣传 总结 帮扶 帮助 落实 组织 开展 分析 调研 化解 解决 整改 清理 建设 建立 创建 创新 培育 "
    "挖掘 展示 交流 借鉴 发挥 完成 破解 反馈 利用 激发 营造 丰富 扩大 引导 支持 服务 关心 关爱 走访 慰问"
)
"""Words that ask for what follows them, and with a word of telling close behind are only part of its name: 落实情况."""
_IS_ASKED = re.compile(
    rf"(?:{alternatives(_WANTING)}|{alternatives(_DEALING)}(?!{alternatives(_TELLING_ENDS + ' 情况 回顾 工作')}|[的和与及、]|$))|"
    "[^，]*(?:续建|结转|跨年|遗留|未完)"
)
"""A heading that asks for something, whatever it is about: 夯实工作基础, 落实去年的意见, 2023年续建项目."""
_OPENS_NEXT = re.compile(
    rf"(?:下一步|下步|下阶段|下周|下月|下个?季度|明年|来年|下年度?|新的一年|今后|{YEAR}年(?=，|[\u4e00-\u9fff]{{0,10}}(?:将|计划|拟|打算|要|重点|任务|目标|工作(?:思路|安排|设想|谋划|部署|目标|方案)))|下半年)"
)
_OPENS_PAST = re.compile(
    rf"(?:回顾|先说|说说|回头看看?)?(?:(?:去年|上年度?)(?![^，。；]{{0,10}}的)|(?:在)?过去的?一年|一年来|{YEAR}年(?:以来|来|度)?(?=，|[\u4e00-\u9fff]{{2,12}}(?:取得|完成|迈上|围绕|扎实|认真|较好|圆满|成绩|开展了)))"
)
_TURNS_NOW = re.compile("[，；](?:但|而)?(?:今年(?!以来)|本年度?|新的?一年)")
_OPENS_NOW = re.compile(
    rf"(?:今年(?!以来)|本年度?|新的?一年|下一步|下步|为(?:了|进一步|切实|深入|做好|贯彻|推动|推进|加强)|{YEAR}年|(?:现|特)(?:就|将|制定)|[全本]年(?:工作|要))"
)
_DOCUMENT_ENDING = re.compile(r"(?:\.(?:docx?|wps|pdf|txt|md))+$|（(?:征求意见稿|讨论稿|草案|送审稿|试行|节选|样表)）")
_LONGEST_TITLE = 60
_LINES_LOOKED_AT = 30


def _titles(lines: Sequence[str]) -> list[str]:
    """The short lines near the top that say what the document is."""
    return [bare for line in lines[:_LINES_LOOKED_AT] if (bare := _as_title(line))]


def _as_title(line: str) -> str:
    """A line as a title; empty where it is none."""
    bare = _WRAPPING.sub("", _DOCUMENT_ENDING.sub("", line))
    is_short = len(bare) <= _LONGEST_TITLE and not re.search("[。：；，]", bare)
    return bare if is_short and _KINDS.search(bare) and not is_furniture(line) and not _NUMBERED.match(bare) else ""


def _subtitle(lines: Sequence[str], title: str) -> str:
    """The years in brackets on the line below the title; empty where there are none."""
    below = next((line for above, line in pairwise(lines[:_LINES_LOOKED_AT]) if _as_title(above) == title), "")
    return below if title and _ONLY_YEARS.fullmatch(below) else ""


_ONLY_YEARS = re.compile(rf"（{YEAR}年?(?:度|[-—–~至到]{{1,2}}{YEAR}年?)?）")
_WRAPPING = re.compile(r"^关于(?:印发|下发)?《?|^《|》(?:的通知)?$|的通知$")
_NUMBERED = re.compile(
    r"[一二三四五六七八九十]+、|（[一二三四五六七八九十\d]+）|\d{1,2}[.、]|第[一二三四五六七八九十]+"
)


def _years_by_count(lines: Sequence[str]) -> tuple[int, ...]:
    counted = Counter(year for line in lines for year in years_in(line))
    return tuple(year for year, _ in counted.most_common(1))


def _org(title: str) -> str | None:
    bare = re.sub(rf"{YEAR}年?(?:度)?|（.*?）|^关于", " ", title)
    match = re.search(
        r"(?!(?:乡镇|街道|社区|学校|农村|[市县区镇乡村]级)(?:科普|工作| |$))[\u4e00-\u9fffxX]{1,20}?(?:科协|科学技术协会|街道办事处|街道|图书馆|文化馆|中学|小学|学校|幼儿园|卫生院|医院|卫生服务中心|妇联|妇女联合会|团委|工会|总工会|学会|协会|中心|委员会|社区|乡镇|镇|乡|村(?!局)|局|办|馆|站|所|部|院|会)",
        bare,
    )
    return match[0].strip() if match else None
