"""Filters: which standings a command shows, and under which headings."""

from __future__ import annotations

from collections.abc import Iterable

from kxplan.commands.figures import View
from kxplan.errors import UsageError
from kxplan.message import Message, message
from kxplan.progress.standing import LIGHTS, Light, Standing
from kxplan.reports.status import Group

WORST_FIRST: tuple[Light, ...] = ("grey", "red", "yellow", "blue")
"""The lights that `--fail-on` knows."""

_CHINESE: dict[str, Light] = {"绿": "green", "黄": "yellow", "红": "red", "蓝": "blue", "灰": "grey", "无": "none"}


def grouped(seen: View, shown: tuple[Standing, ...], by: str | None) -> tuple[Group, ...]:
    """Return the standings in groups: one without heading, or one per section or lead that has any."""
    match by:
        case None:
            return (Group(None, shown),)
        case "section":
            groups = [
                Group(section.title, tuple(one for one in shown if one.goal.sections[:1] == (section.id,)))
                for section in seen.plan.sections
                if len(section.path) == 1
            ]
        case _:
            leads = dict.fromkeys(one.goal.lead for one in shown)
            groups = [Group(name, tuple(one for one in shown if one.goal.lead == name)) for name in leads]
    return tuple(group for group in groups if group.standings)


def lights_named(text: str | None) -> frozenset[Light]:
    """Return the lights that a list like `red,黄` names; none where there is no list.

    Raises:
        UsageError: a word in it is no light, or it is empty.
    """
    names = frozenset(_light(word) for word in (text or "").replace("，", ",").split(",") if word.strip())
    if text is not None and not names:
        raise UsageError("cli.bad-light", word=text, known=_names(LIGHTS))
    return names


def lights_failing(text: str | None) -> tuple[Light, ...]:
    """Return the light that `--fail-on` names and the worse ones.

    Raises:
        UsageError: it is no light that can be met.
    """
    if text is None:
        return ()
    light = _light(text)
    if light not in WORST_FIRST:
        raise UsageError("cli.bad-light", word=text, known=_names(WORST_FIRST))
    return WORST_FIRST[: WORST_FIRST.index(light) + 1]


def _names(lights: Iterable[Light]) -> tuple[Message, ...]:
    """Return what to type for each light, in the language that holds."""
    return tuple(message("cli.no-light" if light == "none" else f"words.light.{light}") for light in lights)


def _light(word: str) -> Light:
    name = word.strip().lower()
    for light in LIGHTS:
        if light == name:
            return light
    found = _CHINESE.get(name.removesuffix("灯"))
    if found is None:
        raise UsageError("cli.bad-light", word=word, known=_names(LIGHTS))
    return found
