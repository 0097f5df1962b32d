"""Pinyin: how a Chinese title is typed without an input method, in full and by its initials."""

from __future__ import annotations

from pypinyin import Style, lazy_pinyin

from kxplan.text import folded


def full_pinyin(text: str) -> str:
    """Return the pinyin of `text` without tones or blanks: `chongqingyinhang` for 重庆银行.

    ASCII letters and digits stay, everything else goes.
    """
    return _joined(lazy_pinyin(folded(text), style=Style.NORMAL, v_to_u=False))


def initials(text: str) -> str:
    """Return the first letter of each syllable of `text`: `cqyh` for 重庆银行.

    ASCII letters and digits stay, everything else goes.
    """
    return _joined(lazy_pinyin(folded(text), style=Style.FIRST_LETTER))


def _joined(syllables: list[str]) -> str:
    return "".join(char for syllable in syllables for char in syllable if char.isascii() and char.isalnum())
