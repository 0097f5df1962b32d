"""Blocks of a mail: lines that stand out together are one piece."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from kxplan.reports.page import Block, Paragraph, Tone

RAISED: frozenset[Tone] = frozenset(("warning", "alarm", "strong"))
"""The tones that are drawn as a box."""


def pieces(blocks: Sequence[Block]) -> Iterator[tuple[Block, ...]]:
    """Yield the blocks in order, each by itself; neighbours of one raised tone come together."""
    for tone, group in groupby(blocks, _raised):
        if tone is None:
            yield from ((block,) for block in group)
        else:
            yield tuple(group)


def _raised(block: Block) -> Tone | None:
    return block.tone if isinstance(block, Paragraph) and block.tone in RAISED else None
