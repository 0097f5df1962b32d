"""Columns: what each column of a task table holds, from its head."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from kxplan.intake.draft.asides import YEAR
from kxplan.intake.draft.measures import measure_at
from kxplan.intake.draft.tense import Frame

Role = Literal[
    "number",
    "unit",
    "score",
    "fact",
    "due",
    "when",
    "lead",
    "assist",
    "person",
    "note",
    "target",
    "share",
    "task",
    "owner",
    "other",
]


class Column(NamedTuple):
    """One column of a table."""

    role: Role
    head: str
    """Its head without the unit in brackets."""
    unit: str = ""
    """The unit of its bare numbers, with a magnitude before it where there is one: 万元."""
    year: int | None = None
    """The year that its head names."""


def columns(heads: Sequence[str], cells: Sequence[Sequence[str]], frame: Frame, years: Sequence[int]) -> list[Column]:
    """Return the columns under `heads`; `cells` are the texts below, by column.

    `years` are the years the plan is for: a column of a year before them tells facts. Beside a
    column of units bare numbers are amounts (全市 | 东区 | 西区); what one column of money is
    counted in, the others are too.
    """
    shape = [_column(head, below, frame, years) for head, below in zip(heads, cells, strict=True)]
    if any(column.role == "unit" for column in shape):
        shape = [
            column._replace(role="target")
            if column.role == "other" and "完成" not in column.head and _are_numbers(below)
            else column
            for column, below in zip(shape, cells, strict=True)
        ]
    money = next((column.unit for column in shape if column.unit.endswith("元")), "")
    return [
        column._replace(unit=money) if _IS_MONEY.match(column.head) and not column.unit else column for column in shape
    ]


def is_head(texts: Sequence[str]) -> bool:
    """Return whether the cells of a row name columns: at least two are short and have a role."""
    named = [
        text
        for text in set(texts)
        if text
        and len(text) <= _LONGEST_HEAD
        and (_role(_bare(text)) != "other" or unit_in_brackets(text) or _YEAR.match(text))
    ]
    return len(named) >= _FEWEST_HEADS and not any(_CODE.fullmatch(text) for text in texts)


_LONGEST_HEAD = 20
_FEWEST_HEADS = 2
_IS_MONEY = re.compile("(?!.*(?:[人次户个件场]数|率|面积|来源|占比)).*(?:投资|资金|经费|预算|金额|投入|补助)")
_CODE = re.compile(r"\d{5,}")
"""A row that holds one is no head: 项目名称 | … | 项目编码 | 330482240017."""
_IN_BRACKETS = re.compile(r"（(?:单位：?)?([百千万亿]*[\u4e00-\u9fff%‰/]{0,6})）")
_YEAR = re.compile(rf"({YEAR})")

_ROLES: tuple[tuple[Role, str], ...] = (
    ("number", r"序号|编号|序|No"),
    ("unit", r"(?:计量|计算|数量)?单位|量纲"),
    ("score", r"补[助贴]标准|.*(?:分值|权重|得分|评分|标准分|计分|扣分|自评|单价|价格|[^量]补[助贴]标准|收费标准|考核(?:办法|细则|标准|分)|评价标准|满分).*"),
    ("share", r"(?:全年|上半年|下半年|[上下]学期|第?[一二三四1-4]季度|\d{1,2}月份?|(?:[两三四五]年)?(?:合计|总计|累计))(?:目标|计划|任务)?"),
    ("lead", r".*谁.*[干办做管责].*"),
    ("due", r"(?:啥时|何时|什么时候|几时).*"),
    ("target", r".*(?:程度|多少).*"),
    ("task", r".*(?:怎么|怎样|干啥|干什么|做什么|做啥|实事).*"),
    ("lead", r".*(?:牵头(?!领导|人)|责任(?:单位|部门|科室|处室|股室|主体|站所|村居|单元|科)|主办|承办|主责|负责(?:部门|单位|科室)|实施(?:单位|主体)|落实单位|承担单位|责任部).*"),
    ("assist", r".*(?:配合|协办|协同|协助|参与单位|参加单位|协作|联动单位).*"),
    ("person", r".*(?:责任人|负责人|领导|联系人|联系方式|电话|经办|包保|专班|人员$).*"),
    ("due", r".*(?:时限|期限|截止|完成时间|完成日期|完成月份|时间节点|办结时间|完成节点|完成时点|时间要求|时间进度).*"),
    ("when", r".*(?:时间|月份|日期|时段|季节).*"),
    ("target", r"(?:[比较与](?:上年|去年|同期)).*(?:[增升降减压]|提高).*"),
    ("fact", r".*(?:标杆|对标(?!任务|目标|措施|指标|事项|行动)|先进(?:单位|地区|城市|水平|值)|平均(?:值|水平)|均值|[国省市县业]平均|历史最|最好(?:水平|成绩)|参[考照]值?|起始|初始|期初|存量|底数|当前|目前|截至|上期).*"),
    ("fact", r".*(?:决算|执行数|完成情况|进展|已完成|实际|实绩|上年|去年|基数|基期|现状|现有|完成值|完成数|完成率|存在问题|问题|原因|往年|同期).*"),
    ("note", r".*(?:备注|说明|依据|地点|对象|地址|范围|来源|方式|形式|形象).*"),
    ("target", r".*(?:预算|安排数|资金|经费|金额|投资额|目标|指标值|任务数|任务量|计划数|数量|数值|规模|场次|人数|册数|频次|次数|预期|计划$|计划值|指标数|数$|量化|标准$|要求|指标内容|考核指标|成效|年度任务|值$|总量).*"),
    ("task", r".*(?:任务|内容|项目|事项|活动|名称|工作|指标|重点|举措|措施|类别|板块|分类|主题|课题|课程|业务|服务|类型|清单|品名|物品|岗位|工种|品种|树种|路段|点位|线路).*"),
    ("owner", r"(?:单位|部门|科室|乡镇|镇街|街道|村|村居|社区|学校|分馆|支部|站所|地区|区县|县区|县市区|单位名称)"),
)  # fmt: skip
"""A fact is what is or was, here or with others; a share is what falls to a part of the year; without a unit it only splits up what another column promises."""
_COMPILED = tuple((role, re.compile(pattern)) for role, pattern in _ROLES)


def _bare(head: str) -> str:
    return _IN_BRACKETS.sub("", head.replace("\n", "")).strip()


def _role(head: str) -> Role:
    return next((role for role, pattern in _COMPILED if pattern.fullmatch(head)), "other")


def _column(head: str, below: Sequence[str], frame: Frame, years: Sequence[int]) -> Column:
    bare = _bare(head)
    role = _role(bare)
    named = _YEAR.search(bare)
    year = int(named[1]) if named and named[1].isdigit() else None
    if role == "unit" and not _are_units(below):
        role = "owner"
    unit = unit_in_brackets(head) or ("%" if head.endswith("%") else "")
    if year is not None and role in ("target", "other", "task", "fact"):
        role = "fact" if role == "fact" or year < min(years, default=year) else "target"
    elif (role in ("other", "task", "owner") and unit) or (
        role == "fact" and not named and "完成率" in bare and not frame.is_report and "情况" not in bare
    ):
        role = "target"
    return Column(role, _YEAR_WORDS.sub("", bare), unit, year)


_YEAR_WORDS = re.compile(rf"{YEAR}年?(?:度)?")


def unit_in_brackets(head: str) -> str:
    """Return the unit that a head or a cell names in brackets: 资料发放（万份）; empty where it names none."""
    bracket = _IN_BRACKETS.search(head.replace("\n", ""))
    return bracket[1] if bracket and is_unit(bracket[1]) else ""


def without_unit(text: str) -> str:
    """Return a head or a cell without the unit that it names in brackets."""
    return _IN_BRACKETS.sub("", text) if unit_in_brackets(text) else text


def is_unit(word: str) -> bool:
    """Return whether `word` is a measure word, with a magnitude before it or not."""
    bare = word.lstrip("百千万亿")
    measure = measure_at(bare, 0)
    return bool(bare) and measure is not None and (measure.end == len(bare) or bare[measure.end] == "/")


def _are_numbers(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell.strip("-—/ ")]
    return bool(filled) and all(re.fullmatch(r"\d[\d,.]*", cell) for cell in filled)


def _are_units(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and 2 * sum(is_unit(cell) for cell in filled) >= len(filled)
