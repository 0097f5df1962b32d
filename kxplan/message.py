"""Messages: a sentence before it has a language, as an id and its data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kxplan.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class Message(Record):
    """A sentence of the catalogues, to be translated at the edge.

    `data` fills the `{name}` places of the sentence. Its values are text, whole numbers, exact
    numbers, days, messages of their own, or sequences of these, which are joined as a list.
    A whole number under the name `n` chooses the plural form.
    """

    id: str
    data: Mapping[str, object] = {}


def chained(id: str, parts: Sequence[str | Message]) -> str | Message:
    """Return the parts as one: `id` joins what stands `first` with what comes `then`; there is at least one."""
    whole = parts[0]
    for part in parts[1:]:
        whole = message(id, first=whole, then=part)
    return whole


def message(id: str, /, **data: object) -> Message:
    """Return the message `id` filled with `data`."""
    return Message(id, data)
