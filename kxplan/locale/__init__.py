"""The catalogues: every sentence in Chinese and in English, chosen at the edge."""

from __future__ import annotations

import gettext
from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Any, Literal, Protocol

from kxplan.message import Message
from kxplan.text import shown

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")

_SEPARATORS: dict[Language, str] = {"zh": "、", "en": ", "}


class Translator(Protocol):
    """Turns a message into a sentence of one language."""

    language: Language

    def __call__(self, sentence: str | Message, /, **data: object) -> str:
        """Return the sentence with its places filled; text of people comes out inert."""


def translator(language: Language) -> Translator:
    """Return the translator of a language. Without compiled catalogues (a build makes them) it knows no sentence."""
    return _Catalogue(language)


class _Catalogue:
    def __init__(self, language: Language) -> None:
        self.language = language
        self._rooms: dict[str, gettext.GNUTranslations] = {}

    def __call__(self, sentence: str | Message, /, **data: object) -> str:
        if isinstance(sentence, Message):
            return self._filled(sentence.id, {**sentence.data, **data})
        return self._filled(sentence, data)

    def _filled(self, id: str, data: Mapping[str, object]) -> str:
        template = self._template(id, data.get("n"))
        if not data:
            return template
        return template.format_map({name: self._value(value) for name, value in data.items()})

    def _template(self, id: str, n: object) -> str:
        sentences = self._room(id.partition(".")[0])
        if isinstance(n, int):
            plural = sentences.ngettext(id, id, n)
            if plural != id:
                return plural
        found = sentences.gettext(id)
        if found == id:
            raise KeyError(id)
        return found

    def _room(self, name: str) -> gettext.GNUTranslations:
        """Return the catalogue of a room, read when its first sentence is asked for."""
        if name not in self._rooms:
            try:
                with (Path(__file__).parent / self.language / f"{name}.mo").open("rb") as file:
                    self._rooms[name] = gettext.GNUTranslations(file)
            except FileNotFoundError as error:
                raise KeyError(name) from error
        return self._rooms[name]

    def _value(self, value: object) -> str:
        write = _WRITERS.get(type(value))
        return shown(str(value)) if write is None else write(self, value)

    def joined(self, values: Collection[object]) -> str:
        """Return values as a list of words."""
        return _SEPARATORS[self.language].join(self._value(value) for value in values)


def plain_number(value: Decimal | Fraction) -> str:
    """Return an exact number as people write it: no trailing zeros, at most 6 places, half up."""
    numerator, denominator = value.as_integer_ratio()
    sign = "-" if numerator < 0 else ""
    millionths = (2 * abs(numerator) * 10**6 + denominator) // (2 * denominator)
    whole, rest = divmod(millionths, 10**6)
    if not millionths:
        return "0"
    return f"{sign}{whole}.{rest:06d}".rstrip("0").rstrip(".") if rest else f"{sign}{whole}"


_WRITERS: Mapping[type, Callable[[_Catalogue, Any], str]] = {
    Message: _Catalogue.__call__,
    str: lambda _, text: shown(text, lines=True),
    Decimal: lambda _, number: plain_number(number),
    Fraction: lambda _, number: plain_number(number),
    datetime: lambda _, instant: instant.isoformat(sep=" ", timespec="seconds"),
    date: lambda _, day: day.isoformat(),
    **dict.fromkeys((tuple, list, frozenset, set), _Catalogue.joined),
}
"""How each kind of value in a sentence is written."""
