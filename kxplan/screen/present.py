"""The meeting on a full screen: slides to page through, goals to open, marks to compare with."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from kxplan.message import Message
from kxplan.progress.summary import Summary
from kxplan.render import numbers
from kxplan.render.cells import words
from kxplan.render.layout import wrapped
from kxplan.render.painter import Figure, Painter
from kxplan.reports.page import Page
from kxplan.reports.status import SHOWN_ORDER
from kxplan.screen.place import Deck, Place, pressed
from kxplan.screen.stage import Stage
from kxplan.text import width as columns_of

_LARGE_FROM_ROWS = 22
"""Rows that a screen must have before figures are drawn large."""


def present(stage: Stage, painter: Painter, load: Callable[[], Deck], stamp: Callable[[], object]) -> None:
    """Show the meeting until `q`; everything is loaded anew when `stamp` changes."""
    scene, seen = _Scene(Place(), load(), stage.size), stamp()
    body = _drawn(scene, stage, painter)
    while True:
        now = scene._replace(size=stage.size)
        room = _room(scene.size)
        for key in stage.pressed():
            place = pressed(now.place, key, now.deck, hidden=len(body) - now.place.top - room, room=room)
            if place is None:
                return
            now = now._replace(place=_held(place, body, room))
        if stamp() != seen:
            seen, deck = stamp(), load()
            now = now._replace(deck=deck, place=now.place._replace(slide=min(now.place.slide, len(deck.slides) - 1)))
        if now != scene:
            scene = now
            body = _drawn(scene, stage, painter)


class _Scene(NamedTuple):
    """What the screen shows; drawn again only where it changed."""

    place: Place
    deck: Deck
    size: tuple[int, int]


def _room(size: tuple[int, int]) -> int:
    return max(size[1] - 2, 1)


def _held(place: Place, body: list[str], room: int) -> Place:
    """Return a place that is not scrolled past its end."""
    return place._replace(top=min(place.top, max(len(body) - room, 0)))


def _drawn(scene: _Scene, stage: Stage, painter: Painter) -> list[str]:
    """Draw a scene and return all its lines."""
    place, deck, (columns, _) = scene
    room = _room(scene.size)
    body = _body(place, deck, painter, *scene.size)
    shown = body[place.top : place.top + room]
    foot = _foot(place, deck, painter, len(body) - place.top - len(shown), columns)
    stage.draw([*shown, *([""] * (room - len(shown))), "", painter.line(foot, columns, "reverse")])
    return body


def _body(place: Place, deck: Deck, painter: Painter, columns: int, rows: int) -> list[str]:
    tr = painter.tr
    match place.over:
        case "goal" | "since":
            found = deck.goal(place.word) if place.over == "goal" else deck.since(place.word)
            if isinstance(found, Message):
                return [painter.line(words(found, tr, painter.signs), columns, "bold")]
            return painter.page(found, columns)
        case "marks":
            lines = [f"{index:>4}  {mark}" for index, mark in enumerate(deck.marks, start=1)]
            question = tr("screen.marks" if lines else "screen.no-marks")
            return [painter.line(question, columns, "bold"), "", *(painter.line(line, columns) for line in lines)]
        case "help":
            return [painter.line(line, columns) for line in tr("screen.help").split("\n")]
    slide = deck.slides[place.slide]
    head = [line for line in painter.page(Page(slide.page.title, ()), columns) if line.strip()]
    whole = painter.page(slide.page, columns)
    large = painter.large(_figures(slide.total, painter), columns) if rows >= _LARGE_FROM_ROWS else []
    small = [painter.line(line, columns, "bold") for line in wrapped(_counts(slide.total, painter), columns)]
    return [*head, "", *(large or small), *whole[len(head) :]]


def _figures(total: Summary, painter: Painter) -> list[Figure]:
    tr = painter.tr
    figures = [Figure(tr("screen.score"), "—" if total.score is None else numbers.score(total.score))]
    return figures + [
        Figure(f"{painter.signs.lights[light]} {tr(f'words.light.{light}')}", str(total.lights[light]), light)
        for light in SHOWN_ORDER
        if total.lights[light]
    ]


def _counts(total: Summary, painter: Painter) -> str:
    return "   ".join(f"{figure.label} {figure.number}" for figure in _figures(total, painter))


def _foot(place: Place, deck: Deck, painter: Painter, hidden: int, columns: int) -> str:
    tr = painter.tr
    if place.trouble is not None:
        return " " + words(place.trouble, tr, painter.signs).replace("\n", " ")
    if place.is_searching:
        return " " + tr("screen.search", typed=place.typed)
    parts = [tr("screen.slide", at=place.slide + 1, n=len(deck.slides))]
    if place.typed:
        parts = [tr("screen.typed", typed=place.typed)]
    if hidden > 0:
        parts.append(tr("screen.hidden", n=hidden))
    keys = "screen.keys" if place.over == "none" else "screen.keys-over"
    whole = " " + "   ".join((*parts, tr(keys)))
    return whole if columns_of(whole) <= columns else " " + "   ".join((*parts, tr("screen.keys-few")))
