"""Letters: what the outbox holds, and the states that a mail goes through."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Literal, NamedTuple

from kxplan.dates import Period, Span
from kxplan.message import Message

State = Literal["queued", "sending", "sent", "retry", "failed", "unknown"]
"""queued: not tried yet · sending: a conversation is under way · retry: will be tried again ·
failed: refused for good · unknown: no answer came after the whole mail had been handed over."""


class Letter(NamedTuple):
    """A mail as it is queued: its bytes never change any more."""

    plan: str
    kind: Span
    period: Period
    recipient: str
    """The bare address, in the form that `addresses.key_of` gives."""
    subject: str
    message_id: str
    content: bytes
    figures: str
    """The figures that it states, as `corrections.frozen` writes them."""


class Row(NamedTuple):
    """A mail in the outbox, without its bytes."""

    number: int
    plan: str
    kind: Span
    period: Period
    recipient: str
    subject: str
    message_id: str
    state: State
    attempts: int
    queued_at: datetime
    changed_at: datetime
    next_at: datetime | None
    """When it is tried again; None unless in retry."""
    answer: str | None
    """The server's last answer, or what broke, as `noted` writes it; one line."""


class Wanted(NamedTuple):
    """Which mails of the outbox a person asks for; where a field is None, it is all the same."""

    plan: str | None = None
    kind: Span | None = None
    period: Period | None = None
    recipients: Collection[str] | None = None
    """As the rows have them."""

    def means(self, row: Row) -> bool:
        """Tell whether a mail is one of them."""
        return (
            self.plan in (None, row.plan)
            and self.kind in (None, row.kind)
            and self.period in (None, row.period)
            and (self.recipients is None or row.recipient in self.recipients)
        )


class Outcome(NamedTuple):
    """How a try to hand over a mail ended."""

    state: Literal["sent", "retry", "failed", "unknown"]
    answer: str
    is_of_server: bool = False
    """It happened before the mail was named: any other mail would have met the same."""


def is_open(state: State, recipient: str, readers: Collection[str]) -> bool:
    """Tell whether a mail still asks for somebody.

    What was refused to a reader whom no setting knows any more is history; what waits or may have
    been lost is not.
    """
    return state in ("retry", "unknown") or (state == "failed" and recipient in readers)


def noted(why: Message) -> str:
    """Return a sentence of ours as it is kept beside the answers of servers; its data are text and whole numbers."""
    return json.dumps({"id": why.id, **why.data}, ensure_ascii=False)


def answered(text: str) -> Message | str:
    """Return a kept answer: a server's words as they are, a sentence of ours as a message."""
    if not text.startswith("{"):
        return text
    data = json.loads(text)
    return Message(str(data.pop("id")), data)
