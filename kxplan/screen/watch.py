"""Watching: one page on a full screen, drawn anew when what it tells of has changed."""

from __future__ import annotations

from collections.abc import Callable

from kxplan.message import Message
from kxplan.render.cells import words
from kxplan.render.painter import Painter
from kxplan.reports.page import Page
from kxplan.screen.stage import Stage


def watch(stage: Stage, painter: Painter, load: Callable[[], Page | Message], stamp: Callable[[], object]) -> None:
    """Show the page that `load` returns until `q`; load it anew when `stamp` changes.

    Where it cannot be loaded the last page stays, with what is wrong below it.
    """
    page, trouble = _loaded(load, None)
    seen, size, top = stamp(), stage.size, 0
    body = _body(painter, page, size)
    while True:
        room = max(size[1] - 2, 1)
        top = min(top, max(len(body) - room, 0))
        shown = body[top : top + room]
        foot = _foot(painter, len(body) - top - len(shown), trouble)
        stage.draw([*shown, *([""] * (room - len(shown))), "", painter.line(foot, size[0], "reverse")])
        for key in stage.pressed():
            if key.lower() in ("q", "escape", "end-of-input"):
                return
            top = _scrolled(top, key, room, len(body))
        if (now := stamp()) != seen or size != stage.size:
            page, trouble = _loaded(load, page) if now != seen else (page, trouble)
            seen, size = now, stage.size
            body = _body(painter, page, size)


def _body(painter: Painter, page: Page | None, size: tuple[int, int]) -> list[str]:
    return painter.page(page, size[0]) if page is not None else []


def _loaded(load: Callable[[], Page | Message], before: Page | None) -> tuple[Page | None, Message | None]:
    found = load()
    return (before, found) if isinstance(found, Message) else (found, None)


def _scrolled(top: int, key: str, room: int, lines: int) -> int:
    moves = {"down": 1, "j": 1, "up": -1, "k": -1, " ": room, "page-down": room, "page-up": -room}
    moves |= {"home": -lines, "end": lines}
    return max(top + moves.get(key.lower(), 0), 0)


def _foot(painter: Painter, hidden: int, trouble: Message | None) -> str:
    tr = painter.tr
    if trouble is not None:
        return " " + words(trouble, tr, painter.signs).replace("\n", " ")
    more = tr("screen.hidden", n=hidden) + "   " if hidden > 0 else ""
    return " " + more + tr("screen.watching")
