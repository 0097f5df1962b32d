"""Gathering: what paragraphs and tables say, put together as one draft in the document's order."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from kxplan.intake.draft.draft import Draft, Skipped, Target, Task
from kxplan.intake.draft.found import Found, Passed, Reading
from kxplan.intake.draft.headline import Headline, headline, is_furniture
from kxplan.intake.draft.milestones import milestones
from kxplan.intake.draft.outline import Item, items
from kxplan.intake.draft.owners import Owners, owners
from kxplan.intake.draft.reading import reading
from kxplan.intake.draft.source import Block, Paragraph, Table
from kxplan.intake.draft.tables import Row, caption_unit, table_rows
from kxplan.intake.draft.tense import Frame
from kxplan.message import Message, message


def gathered(blocks: Sequence[Block], file_name: str) -> Draft:
    """Return the draft of a document's blocks."""
    lines = [block.text for block in blocks if isinstance(block, Paragraph)]
    lead = headline(lines, file_name)
    tasks: list[Task] = []
    skipped: list[Skipped] = []
    for kind, group in groupby(blocks, key=lambda block: isinstance(block, Table)):
        part = list(group)
        if kind:
            for table in part:
                pass
    return Draft(lead.title, lead.org, None, None, tuple(tasks), tuple(skipped))
