"""Inert: a text of people that a sheet would take for a formula, guarded in a csv, and given back as it was."""

from __future__ import annotations

_GUARD = "'"
_ACTS = tuple("=+-@＝＋－＠\t\r\n")
"""What a sheet takes for the head of a formula, or throws away before it looks. Source: OWASP, CSV Injection."""


def inert(text: str) -> str:
    """Return `text` as a csv may hold it; not for figures, which begin with `-` by right."""
    return _GUARD + text if text.startswith((*_ACTS, _GUARD)) else text


def as_typed(text: str) -> str:
    """Return what `inert` was given; a text that it never made stays as it is."""
    return text[1:] if text.startswith(_GUARD) and text[1:].startswith((*_ACTS, _GUARD)) else text
