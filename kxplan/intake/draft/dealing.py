"""Dealing: figures that 分别 deals out over what is listed before it, one for each, in order."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kxplan.intake.draft.figures import Figure


def dealt(before: str, place: int, count: int) -> str | None:
    """Return the words that the figure number `place` of `count` behind 分别 belongs to.

    `before` is the clause up to the first of them: 书屋和文化广场分别为 for 6个和3处. None where it
    deals nothing out, or names what is counted behind 分别 (东片、西片分别设立服务点).
    """
    listed, dealing, told = before.rpartition("分别")
    things = re.split("[、和与及]", listed)
    if not dealing or len(things) != count or not _ONLY_REACHES.fullmatch(told):
        return None
    return things[place] + told


def units_shared(text: str, found: Sequence[Figure]) -> list[Figure]:
    """Return the figures with the unit that stands behind the last of a list that 分别 opens: 120和80人."""
    shared = list(found)
    for place in range(len(shared) - 2, -1, -1):
        figure, behind = shared[place], shared[place + 1]
        if (
            not figure.unit
            and _LISTS.fullmatch(text[figure.end : behind.start])
            and _DEALS.search(text, 0, figure.start)
        ):
            shared[place] = figure._replace(unit=behind.unit)
    return shared


_ONLY_REACHES = re.compile(
    "(?:要|应|须|各|将|力争|确保|每(?:个?月|季度|周|年|学期|半年))*(?:不少于|不低于|不超过|至少|达到?|到|为|是|有|超过|突破|控制在|保持在|稳定在|约|近|"
    "(?:提高|提升|增长|增加|下降|降低|降|增|上升)(?:到|至)?)*"
)
_LISTS = re.compile("[、和]")
_DEALS = re.compile("分别[^，。；]*$")
