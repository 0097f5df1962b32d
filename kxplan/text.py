"""Text that people typed: nothing in it may act on a terminal, a table or a page."""

from __future__ import annotations

import unicodedata
from functools import cache

MINUS = "\u2212"
"""The minus sign: stands for the `-` of a word like `-5` on its way through the grammar of options."""

_HARMLESS = {"Zs", "Ll", "Lu", "Lo", "Nd", "Po", "Pd", "Ps", "Pe", "Pi", "Pf", "Sm", "Sc", "Sk", "So", "Lm", "Nl", "No"}
_MARKS = {"Mn", "Mc", "Me", "Pc"}


def cleaned(text: str, *, lines: bool = False) -> str:
    """Return `text` as it may be stored and shown.

    Control characters, escapes, bidirectional and other invisible controls, and lone surrogates
    become nothing; tabs and line ends become blanks, or stay line ends where `lines` is set.
    Blanks around it go. Composed form (NFC).
    """
    if text.isprintable() and unicodedata.is_normalized("NFC", text):
        return text.strip()
    kept = "".join(_kept(character, lines=lines) for character in unicodedata.normalize("NFC", text))
    # Once more: what stood between two characters may have kept them from composing.
    return unicodedata.normalize("NFC", kept).strip()


def shown(text: str, *, lines: bool = False) -> str:
    """Return `text` made inert for output; unlike `cleaned` it keeps the blanks around it."""
    if text.isprintable():
        return text
    return "".join(_kept(character, lines=lines) for character in text)


def shortened(text: str, most: int) -> str:
    """Return `text`, or its beginning with a sign that it goes on, with at most `most` characters."""
    return text if len(text) <= most else f"{text[: most - 1]}…"


def width(text: str) -> int:
    """Return how many columns `text` takes on a terminal.

    Source: Unicode Standard Annex 11, East Asian Width; ambiguous characters count 1.
    """
    if text.isascii():
        return len(text)
    return sum(map(_character_width, text))


def folded(text: str) -> str:
    """Return `text` for comparison: compatible full-width forms made narrow, case and blanks gone."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.casefold().split())


def _kept(character: str, *, lines: bool) -> str:
    category = unicodedata.category(character)
    if category in _HARMLESS or category in _MARKS:
        return character
    if character in "\r\n\t\v\f\x85\u2028\u2029":
        return "\n" if lines and character == "\n" else " "
    return ""


@cache
def _character_width(character: str) -> int:
    if unicodedata.combining(character) or unicodedata.category(character) in ("Mn", "Me", "Cf"):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
