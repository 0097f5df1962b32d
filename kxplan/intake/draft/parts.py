"""Parts: the items behind 其中 measured against their total."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kxplan.intake.draft.found import Found
from kxplan.intake.draft.rhythm import Rhythm
from kxplan.message import message

_OF_WHICH = re.compile("其中|包括|内含")
_SUMMED = re.compile(r"(?:合计|共计|总计)[^，。；\d]{0,8}$")
_SHARES = frozenset({"%", "‰", "成"})


def parts_compared(text: str, found: list[Found]) -> list[Found]:
    """Return the targets of the sentence `text`, a part above its total flagged together with it.

    Parts that only add up to more than the total may overlap: they ask.
    """
    compared = list(found)
    for total, parts in _families(text, found):
        amount = found[total].amount
        if amount is None:
            continue
        above = [part for part in parts if (found[part].amount or Decimal(0)) > amount]
        reason = message("draft.part-over-total", unit=found[total].unit, total=amount)
        for index in (total, *above) if above else ():
            compared[index] = compared[index]._replace(flags=(*compared[index].flags, reason))
        together = sum((found[part].amount or Decimal(0) for part in parts), Decimal(0))
        if not above and together > amount:
            ask = message("draft.ask-parts", together=together, unit=found[total].unit, total=amount)
            compared[total] = compared[total]._replace(asks=(*compared[total].asks, ask))
    return compared


def _families(text: str, found: list[Found]) -> Iterator[tuple[int, list[int]]]:
    """Return each total with its parts, as places in `found`; units must be the same."""
    for match in _OF_WHICH.finditer(text):
        end = min((place for mark in "；。" if (place := text.find(mark, match.end())) >= 0), default=len(text))
        behind = [index for index, target in enumerate(found) if match.end() <= target.place < end]
        for total in reversed([index for index, target in enumerate(found) if target.place < match.start()]):
            parts = [index for index in behind if found[index].unit == found[total].unit and _is_plain(found[index])]
            if parts and _is_plain(found[total]):
                yield total, parts
                break
    for index, target in enumerate(found):
        if _SUMMED.search(text[: target.place]):
            parts = [part for part in range(index) if found[part].unit == target.unit]
            if parts:
                yield index, parts


def _is_plain(target: Found) -> bool:
    return target.unit not in _SHARES and target.rhythm == Rhythm() and target.comparator != "delta"
