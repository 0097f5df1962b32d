"""Damage: figures that copying, searching and replacing have spoilt; told with the reason, never repaired."""

from __future__ import annotations

import re
from decimal import Decimal

from kxplan.intake.draft.figures import Figure
from kxplan.intake.draft.limits import Comparator
from kxplan.intake.draft.measures import is_event
from kxplan.message import Message, message

_WHOLE_SHARE = {"%": Decimal(100), "‰": Decimal(1000), "成": Decimal(10)}
_GROWING = re.compile(r"增长|增幅|增速|提高|上升|翻|完成率|产销率|同比|超额")
_DOUBLED = re.compile(r"(\d{2,})\1\Z|(\d+\.\d+)\2\Z")
_EVENTS_A_YEAR = 1250
"""Five on each of 250 working days."""


def flags(figure: Figure, lead_in: str, how: Comparator, year: int | None) -> tuple[Message, ...]:
    """Return why the figure looks spoilt, one message per reason; `year` is the plan's."""
    found = list(figure.damage)
    digits = figure.digits.replace(",", "").replace(" ", "")
    held = _year_held(digits, year)
    if held is not None:
        found.append(message("draft.holds-year", written=figure.digits, year=held))
    elif _DOUBLED.match(digits):
        found.append(message("draft.doubled", written=figure.digits))
    whole = _WHOLE_SHARE.get(figure.unit)
    if (
        whole is not None
        and figure.amount is not None
        and figure.amount > whole
        and how != "delta"
        and not _GROWING.search(lead_in)
    ):
        found.append(message("draft.over-whole", written=f"{figure.digits}{figure.unit}"))
    return tuple(found)


def _year_held(digits: str, year: int | None) -> int | None:
    """Return the year that a number holds: the plan's `year` or one beside it, which a page was made in."""
    if year is None:
        return None
    return next(
        (near for near in (year, year - 1, year + 1) if any(str(near) in part for part in digits.split("."))), None
    )


def is_implausible(amount: Decimal | None, unit: str, scope: str | None, noun: str) -> bool:
    """Return whether so many events of `noun` cannot be held in a year; big alone is no damage, but somebody should look."""
    is_held = is_event(unit) and not _COMES_BY_ITSELF.search(noun)
    return amount is not None and scope is None and is_held and amount > _EVENTS_A_YEAR


_COMES_BY_ITSELF = re.compile(
    "播放|浏览|阅读|点击|观看|收看|收听|访问|到访|来访|到馆|入馆|参观|接待|下载|转发|点赞|借阅|流通|查询|咨询|受众|受益|参与|覆盖|服务|用户|人数|[人客]流|量$"
)
"""What people do of their own accord is counted in any number: 短视频播放量10万次."""
