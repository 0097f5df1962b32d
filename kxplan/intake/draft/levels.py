"""Levels: amounts that say how much there is to be in the end (增加到55家), not how much is to be added."""

from __future__ import annotations

import re

from kxplan.intake.draft.measures import EVENTS, MONEY, TAUGHT
from kxplan.intake.draft.vocabulary import DOING, alternatives

_RISES = re.compile(
    "(?:(?:增加|增长|扩大|发展|提高|提升|上升|壮大|拓展|扩展|扩充|减少|压减|压缩|缩短|下降|降低|增|升|扩|提|降|减|缩)[到至]|(?:保持|稳定|维持)在)"
    "(?:不少于|不低于|不超过|[了约近])?$"
)
_REACHES = re.compile("(?:达到?|到达|要有|突破)(?:不少于|不低于|[了约近])?$")
_BROUGHT_ABOUT = re.compile(f"{alternatives(DOING)}|新|全年|年内|累计|参与|参加|参赛|参观|观众|游客|受益|受众|惠及")
"""What is done is counted as it is done: 培训农民达到500人, 参与人数达到5000人."""
_FLOWS = re.compile("(?:[量额值]|[人场]次|收入|支出|经费|投入|销售|学时)(?:要|将|应|须)?$")
"""What runs through a year is no level: 吞吐量达到80万标箱."""


def is_flow(unit: str) -> bool:
    """Return whether the unit counts what happens or is spent in a year, so that each year begins at nothing."""
    return unit.endswith("次") or unit.removeprefix("个") in {*EVENTS.split(), *MONEY.split()}


def tells_level(lead_in: str, unit: str) -> bool:
    """Return whether the words before a number say that there is to be so much in the end."""
    if is_flow(unit) or unit in TAUGHT.split():
        return False
    if _RISES.search(lead_in):
        return True
    reached = _REACHES.search(lead_in)
    before = lead_in[: reached.start()] if reached else ""
    return bool(reached) and not _BROUGHT_ABOUT.search(before) and not _FLOWS.search(before)
