"""Colours of the lights, the same in mail, page and document; a sign or a word always stands beside them."""

from __future__ import annotations

from collections.abc import Mapping

from kxplan.progress.standing import Light

COLOURS: Mapping[Light, str] = {
    "green": "#2e7d32", "yellow": "#f9a825", "red": "#c62828", "blue": "#1565c0", "grey": "#616161", "none": "#9e9e9e",
}  # fmt: skip
INK: Mapping[Light, str] = {
    "green": "#ffffff", "yellow": "#212121", "red": "#ffffff", "blue": "#ffffff", "grey": "#ffffff", "none": "#212121",
}  # fmt: skip
"""What is read on them."""
