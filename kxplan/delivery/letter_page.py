"""The page of a mail: the report of a period, with what concerns this very reader above it."""

from __future__ import annotations

from collections.abc import Sequence

from kxplan.message import Message
from kxplan.reports.page import Block, Heading, Page, Paragraph, Tone, Words

_LEFT_OUT = ("report.course",)
"""Headings of what a mail cannot show: it has no charts."""


def letter_page(page: Page, title: Words, above: Sequence[Paragraph], footer: Message) -> Page:
    """Return `page` as a mail tells it: `above` stands between its headline and its first section."""
    first = next((at for at, block in enumerate(page.blocks) if isinstance(block, Heading)), len(page.blocks))
    head, sections = page.blocks[:first], _without_charts(page.blocks[first:])
    return page._replace(title=title, blocks=(*head, *above, *sections, Paragraph(footer, "quiet")))


def told(lines: Sequence[Message], tone: Tone) -> tuple[Paragraph, ...]:
    """Return a heading and its lines in one tone; none where there are no lines."""
    return tuple(Paragraph(line, tone) for line in lines)


def _without_charts(blocks: Sequence[Block]) -> tuple[Block, ...]:
    kept: list[Block] = []
    is_shown = True
    for block in blocks:
        if isinstance(block, Heading):
            is_shown = not (isinstance(block.words, Message) and block.words.id in _LEFT_OUT)
        if is_shown:
            kept.append(block)
    return tuple(kept)
