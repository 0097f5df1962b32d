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


def owners(text: str) -> list[Owners]:
    """Return what the levelled `text` says of owners, in order; the first named leads."""
    found: list[Owners] = []
    for match in _SAID.finditer(text):
        inside = match["inside"] or match["line"]
        leads = [name for part in _LEAD.finditer(inside) for name in names(part[1])]
        assists = [name for part in _ASSIST.finditer(inside) for name in names(part[1])]
        if leads or assists:
            found.append(Owners(match.start(), match.end(), leads[0] if leads else None, (*leads[1:], *assists)))
    return found


def names(text: str) -> tuple[str, ...]:
    """Return the names in a cell or after a colon, each once; a dash or 无 is nobody.

    Brackets stay together: 各乡镇（街道）科协 is one name.
    """
    parts = re.split(r"[、，；/\s]+(?![^（]*）)", text.strip("。；， "))
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip("：。 ")) and not _NOBODY.fullmatch(name)))


_NOBODY = re.compile(r"[-—–―/\\无]+|等|各自|同上")
_LEAD_WORDS = r"(?:牵头|责任|主办|承办|负责|主责|落实|实施)(?:单位|部门|科室|处室|股室|主体|站所|领导小组)?(?:及配合单位|、责任单位)?"
_ASSIST_WORDS = r"(?:配合|协办|协同|协助|参与|参加)(?:单位|部门|科室|处室)?"
_SAID = re.compile(
    rf"[（〔](?P<inside>(?:{_LEAD_WORDS}|{_ASSIST_WORDS})[：:][^〕]*?)[）〕](?=[。；，]|$|[（〔\n]|[\u4e00-\u9fff])|(?P<line>(?:^|(?<=[。；]))(?:{_LEAD_WORDS}|{_ASSIST_WORDS})：[^。]*)"
)
_LEAD = re.compile(
    rf"{_LEAD_WORDS}：(.*?)(?=[；，。 ]?(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|完成时限|责任人|时限|完成时间)：|[；。]|$)"
)
_ASSIST = re.compile(
    rf"{_ASSIST_WORDS}：(.*?)(?=[；，。 ]?(?:{_LEAD_WORDS}|{_ASSIST_WORDS}|完成时限|责任人|时限|完成时间)：|[；。]|$)"
)
