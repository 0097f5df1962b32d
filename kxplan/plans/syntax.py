"""Syntax: the first error of a text that is not YAML, in the words of somebody who writes plans."""

from __future__ import annotations

import re

import yaml

from kxplan.message import Message, message
from kxplan.plans.findings import Position

_SENTENCES = (
    ("mapping values are not allowed", "plans.syntax-colon"),
    ("could not find expected ':'", "plans.syntax-no-colon"),
    ("expected ',' or ']'", "plans.syntax-bracket"),
    ("expected ',' or '}'", "plans.syntax-brace"),
    ("node content", "plans.syntax-node"),
    ("'-' indicator", "plans.syntax-dash"),
    ("block sequence entries are not allowed", "plans.syntax-dash"),
    ("did not find expected key", "plans.syntax-indent"),
    ("expected <block end>", "plans.syntax-indent"),
    ("unexpected end of stream", "plans.syntax-quote"),
    ("unexpected document indicator", "plans.syntax-quote"),
    ("escape character", "plans.syntax-escape"),
    ("hexdecimal number", "plans.syntax-escape"),
    ("hexadecimal number", "plans.syntax-escape"),
    ("violates indentation", "plans.syntax-tab"),
    ("cannot start any token", "plans.syntax-character"),
    ("alphabetic or numeric character", "plans.syntax-anchor"),
    ("document start", "plans.syntax-rest"),
)
"""Parts of what the parsers say (the C one and the pure one), and what we say."""

_FULL_WIDTH_COLON = re.compile(r"^\s*(?:-\s+)?[\w-]+(：)")
_FULL_WIDTH_IN_BRACKETS = re.compile(r"[^\[{]*[\[{][^，；：、]*([，；：、])")
HALF_WIDTH = {"，": ",", "、": ",", "；": ",", "：": ":"}
_LINES_BACK = 3
"""How far above the error the full-width character that caused it is looked for."""


def syntax_problem(error: yaml.YAMLError, text: str) -> tuple[Position, Message]:
    """Return where a text stops to be YAML, and what is wrong there."""
    mark = getattr(error, "problem_mark", None) or getattr(error, "context_mark", None)
    if mark is None:
        return Position(1, 1), message("plans.syntax")
    lines = text.splitlines()
    line = min(mark.line, max(len(lines) - 1, 0))
    position = Position(line + 1, mark.column + 1 if line == mark.line else 1)
    wide = _full_width(lines, line)
    if wide is not None:
        return wide
    if line < len(lines) and "\t" in lines[line][: len(lines[line]) - len(lines[line].lstrip())]:
        return position, message("plans.syntax-tab")
    problem = str(getattr(error, "problem", ""))
    sentence = next((ours for theirs, ours in _SENTENCES if theirs in problem), "plans.syntax")
    opened = getattr(error, "context_mark", None) or mark
    if sentence == "plans.syntax-quote":
        position = Position(opened.line + 1, opened.column + 1)
    return position, message(sentence, opened=opened.line + 1)


def _full_width(lines: list[str], line: int) -> tuple[Position, Message] | None:
    for number in range(max(line - _LINES_BACK, 0), min(line + 1, len(lines))):
        found = _FULL_WIDTH_COLON.search(lines[number])
        if found is None and number == line:
            found = _FULL_WIDTH_IN_BRACKETS.match(lines[number])
        if found is not None:
            wide = found.group(1)
            narrow = HALF_WIDTH[wide]
            return Position(number + 1, found.start(1) + 1), message("plans.full-width", wide=wide, narrow=narrow)
    return None
