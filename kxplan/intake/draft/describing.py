"""Describing: sentences that only say what there is, before any word wants something."""

from __future__ import annotations

import re

from kxplan.intake.draft.vocabulary import DOING, alternatives


def describes(text: str, turn: int) -> bool:
    """Return whether the levelled sentence `text` opens with what there is (全社区3个网格、2860户；社区工作者11名).

    `turn` is where its first word that wants something or tells of a time stands: an opening that
    nobody could plan describes up to there, any other only where the whole sentence does nothing.
    """
    if _NAMES_WHO.match(text):
        return True
    aged = _OPENS_WITH_AGES.match(text)
    if (aged or _OPENS_WITH_STOCK.match(text)) and not _DOES.search(text, aged.end() if aged else 0, turn):
        return True
    more = _MORE_OF_IT.match(text)
    if more and not _DOES.search(more[1]):
        return True
    return bool(_OPENS_WITH_ALL.match(text) or _STOCK.search(text)) and not _DOES.search(text)


_OURS = "[市区县镇乡村校园馆院场厂社会局站]"
_NAMES_WHO = re.compile(
    "(?:(?:参加|参与|活动|适用|实施|参会)(?:范围|对象|人员)|出席|列席|缺席|请假|主持|记录|现状|家底|底数|基本情况)："
)
"""参加范围：公司机关、5个车间。"""
_OPENS_WITH_ALL = re.compile(
    r"(?:全(?:社区|街道|[市区县镇乡村校园馆院场厂社])|(?:我|本)[市区县镇乡村校园馆院场厂社]|辖区)(?:现有?|共有?|有)?[\d两二三四五六七八九十百]"
)
_OPENS_WITH_STOCK = re.compile(
    rf"(?:公司|集团|机关|单位|(?:全|我|本|该){_OURS}|全街道|全社区)?(?:耕地|水田|旱地|山林|林地|水面|国土|幅员|(?:总|常住|户籍|农业|流动)?人口|总户数|农户|教?职工|员工|在校学?生|(?<=[全我本该].)(?:馆藏|藏书)[\u4e00-\u9fff]{{0,2}})"
    rf"(?:总?面积|总数|总量|人数)?(?:现?有|共有?|约|近|为)?\d|(?:我|本|该){_OURS}(?:现|共|现共|目前)?(?:有|辖)[^，。；]{{0,8}}\d|[^，。；：\d]{{1,12}}(?:位于|地处|坐落[于在]|[现下管]?辖有?(?=\d))|(?:我|本|该){_OURS}(?:占地|始建于|成立于)|"
    rf"(?:全|我|本){_OURS}[\u4e00-\u9fff]{{0,4}}(?:青年|学生|毕业生|妇女|老年人|残疾人|党员|劳动力|农户)(?:现?有|共有?)?\d"
)
"""耕地3.2万亩，水面4200亩。"""
_OPENS_WITH_AGES = re.compile(
    rf"(?:中心|学校|医院|公司|(?:我|本|该){_OURS})(?:核定|编制)(?:床位|人员|编制|名额|学位|数)*\d|"
    rf"(?:(?:全|我|本|该){_OURS}|(?:全|我)?(?:街道|社区|辖区))?\d+周?岁及?以[上下](?:老年?人|人口|居民|妇女|儿童|人员|群众)(?:现?有|共有?|约|近|为)?\d"
)
"""街道60周岁以上老年人1.28万人，占户籍人口的29.6%。"""
_MORE_OF_IT = re.compile(
    r"([^，。；：\d]{2,16})\d[\d.]*[^，。；：\d]{0,6}(?:、[^，。；：、\d]{1,12}\d[\d.]*[^，。；：、\d]{0,6})*，(?:今年|本年度?|年内|明年)(?:计划|拟|将|要|力争|再|争取)*(?:新增|增加|增至|扩大|增长|发展到|提高到|扩充)"
)
"""扶助对象1280人，今年新增60人."""
_STOCK = re.compile("在册|在编|在职|现有|住着|常住")
_DOES = re.compile(f"{alternatives(DOING)}|每|[率不至达超力将要以]|确保|争取")
