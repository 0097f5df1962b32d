"""Asking: one question after another on the terminal, each answer checked before the next is asked."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import TypeVar

from kxplan.errors import KxplanError
from kxplan.locale import Translator
from kxplan.message import Message, message
from kxplan.render.cells import ASCII, words

Answer = TypeVar("Answer")

_LEAVING = ("q", "ｑ", "退出")


class Left(Exception):  # noqa: N818 -- leaving is no failure
    """Somebody answered `q`, or the input ended."""


def ask(tr: Translator, question: Message, read: Callable[[str], Answer]) -> Answer:
    """Return what `read` makes of an answer; where it refuses, say why and ask again.

    Raises:
        Left: the answer is `q`, or there is none to come.
    """
    while True:
        answer = _line(words(question, tr, ASCII))
        try:
            return read(answer)
        except KxplanError as error:  # asked again, not ended: the person is still there
            _write(words(error.message, tr, ASCII) + "\n")


def tell(tr: Translator, line: Message) -> None:
    """Write a line beside the answer of the program."""
    _write(words(line, tr, ASCII) + "\n")


def confirmed(tr: Translator, question: Message) -> bool:
    """Ask a yes-or-no question whose empty answer is yes.

    Raises:
        Left: as `ask` does.
    """
    return _line(words(question, tr, ASCII)).lower() in ("", "y", "yes", "是", "好", "对")


def choice(tr: Translator, head: Message, lines: list[Message]) -> int:
    """Return the index of the line that is chosen by its number, counted from 1 on the screen.

    Raises:
        Left: as `ask` does.
    """
    tell(tr, head)
    for index, line in enumerate(lines, start=1):
        tell(tr, message("screen.choice", number=index, line=line))
    while True:
        answer = _line(words(message("screen.which", n=len(lines)), tr, ASCII))
        if answer.isdecimal() and 1 <= int(answer) <= len(lines):
            return int(answer) - 1


def _line(question: str) -> str:
    _write(question + " ")
    line = sys.stdin.readline()
    if not line:
        _write("\n")
        raise Left
    answer = line.strip()
    if answer.lower() in _LEAVING:
        raise Left
    return answer


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stderr.write(text)
    sys.stderr.flush()
