"""Milestones: what a plan promises to hold once: 举办第四届科技人才月, 召开第八次代表大会."""

from __future__ import annotations

import re

_HELD = re.compile(
    r"(?:筹备并?召开|筹备并?举办|组织召开|组织举办|联合举办|举办好?|召开好?|承办好?|协办|筹办|主办|举行|办好|开好|组织开展|开展好?|组织参加|组织|参加|启动|迎接)"
    r"[^，。；：、]{0,18}?第(?:\d+|[一二三四五六七八九十百]+)[届次个][^，。；：]{0,22}?"
    r"(?:代表大会|大会|大赛|比赛|竞赛|论坛|年会|运动会|开幕式|闭幕式|书展|展览|展会|博览会|评选|读书节|科技节|文化节|艺术节|科普日|科普月|科技周|活动周|工作者日|全会|全委会|委员会议|会议|研讨会|洽谈会|宣传周|宣传月|宣传日|博览|读书月|人才月|"
    r"月(?![度刊球])|周(?![年边围末])|节(?![目能约日假气])|日(?![语本报常])|赛(?![事道区])|展(?![览示会出销开])|(?<!社)会(?![员议场商计展长]))”?(?:活动)?"
)
_NOT_ITS_OWN = re.compile(r"(?:贯彻|落实|学习|宣传|传达|精神|按照|根据|围绕|依托|部署|确定|审议)")


def milestones(text: str) -> list[str]:
    """Return the milestones that the levelled sentence `text` promises, in order, as their titles."""
    return [
        match[0].replace("“", "").replace("”", "")
        for match in _HELD.finditer(text)
        if not _NOT_ITS_OWN.search(match[0])
        and not text[match.end() :].startswith(("精神", "部署", "通过", "确定", "以来"))
    ]
