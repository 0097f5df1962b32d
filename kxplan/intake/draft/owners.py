"""Owners: who leads and who assists, from the brackets and lines that name them."""

from __future__ import annotations

import re
from typing import NamedTuple


class Owners(NamedTuple):
    """Who a stretch of text is given to, and where it is said."""

    start: int
    end: int
    lead: str | None
    assist: tuple[str, ...]
    limit: str = ""
    """The time limit given beside them, as it stands."""


def owners(text: str) -> list[Owners]:
    """Return what the levelled `text` says of owners, in order; the first named leads."""
    found: list[Owners] = []
    for match in _SAID.finditer(text):
        inside = match["inside"] or match["line"]
        leads = [name for part in _LEAD.finditer(inside) for name in names(part[1])]
        assists = [name for part in _ASSIST.finditer(inside) for name in names(part[1])]
        limit = _LIMIT.search(inside)
        if leads or assists or limit:
            lead = leads[0] if leads else None
            found.append(Owners(match.start(), match.end(), lead, (*leads[1:], *assists), limit[1] if limit else ""))
    return found


def owners_of_all(paragraph: str) -> str:
    """Return the bracket at the end of a paragraph that gives all of it to somebody; empty where there is none."""
    said = [match for match in _SAID.finditer(paragraph) if match["inside"]]
    return said[0][0] if len(said) == 1 and said[0].end() == len(paragraph.rstrip("。")) else ""


def names(text: str) -> tuple[str, ...]:
    """Return the names in a cell or after a colon, each once; a dash or 无 is nobody.

    Brackets stay together: 各乡镇（街道）科协 is one name.
    """
    parts = re.split(r"[、，；/\s]+(?![^（]*）)", _PART_TAKEN.sub("", text).strip("。；， "))
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip("：。 ")) and not _NOBODY.fullmatch(name)))


_PART_TAKEN = re.compile("（[^（）]*(?:协助|配合|参与|参加|牵头|负责)）|（会同[^（）]*）")
"""活动部（少先队工作部协助）"""
_NOBODY = re.compile(r"[-—–―/\\无]+|等|各自|同上|[合总小]计|全[区市县镇乡]")
_LEAD_WORDS = r"(?:牵头|责任|主办|承办|负责|主责|落实|实施)(?:单位|部门|部室|科室|处室|股室|主体|站所|领导小组|科|处)?(?:及配合单位|、责任单位)?"
_ASSIST_WORDS = r"(?:配合|协办|协同|协助|参与|参加)(?:单位|部门|部室|科室|处室|股室)?"
_LIMIT_WORDS = "(?:完成|办结|落实|整改)?(?:时限|期限|时间节点|时间|日期)(?:要求)?"
_LIMIT = re.compile(rf"{_LIMIT_WORDS}：([^；。）]*)")
_SAID = re.compile(
    rf"[（〔](?P<inside>(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|责任人|{_LIMIT_WORDS})[：:][^〕]*?)[）〕](?=[。；，]|$|[（〔\n]|[\u4e00-\u9fff])|(?P<line>(?:^|(?<=[。；]))(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|完成时限)：[^。]*)"
)
_LEAD = re.compile(
    rf"{_LEAD_WORDS}：(.*?)(?=[；，。 ]?(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|{_LIMIT_WORDS}|责任人|责任领导|分管领导)：|[；。]|$)"
)
_ASSIST = re.compile(
    rf"{_ASSIST_WORDS}：(.*?)(?=[；，。 ]?(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|{_LIMIT_WORDS}|责任人|责任领导|分管领导)：|[；。]|$)"
)
