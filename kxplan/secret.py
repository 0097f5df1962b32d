"""Secrets: a text that nothing shows by accident, neither a log nor a traceback."""

from __future__ import annotations

HIDDEN = "***"


class Secret:
    """A password on its way from where it is kept to where it is used."""

    __slots__ = ("_text",)

    def __init__(self, text: str) -> None:
        self._text = text

    def __repr__(self) -> str:
        return HIDDEN

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and self._text == other._text

    def __hash__(self) -> int:
        return hash(self._text)

    def reveal(self) -> str:
        """Return the text itself."""
        return self._text
