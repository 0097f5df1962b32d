"""The overview of the outbox: every mail with its state, the troubling ones first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from kxplan.delivery.letters import Row, State, answered
from kxplan.delivery.wording import period_days, short_name
from kxplan.message import message
from kxplan.reports.page import Block, Column, Page, Paragraph, Rows, Table, Tone, Value, Words

SHOWN = 20
"""How many of the mails that were sent are listed; of the others all are."""
_ORDER: tuple[State, ...] = ("unknown", "failed", "retry", "sending", "queued", "sent")
_PLAN = Column("plan", message("mail.column.plan"), keep=2)
_COLUMNS = (
    Column("state", message("mail.column.state")),
    Column("period", message("mail.column.period")),
    Column("recipient", message("mail.column.recipient"), min_width=16),
    Column("changed", message("mail.column.changed"), keep=1),
    Column("attempts", message("mail.column.attempts"), "right", keep=3),
)


def outbox_page(rows: Sequence[Row], timezone: str, *, is_part: bool = False) -> Page:
    """Return the page of `mail --status`; times are those of `timezone`, `is_part` says that there are other mails."""
    zone = ZoneInfo(timezone)
    if not rows:
        nothing = message("mail.outbox-none" if is_part else "mail.outbox-empty")
        return Page(message("mail.outbox-title"), (Paragraph(nothing),))
    newest_first = sorted(rows, key=lambda row: row.number, reverse=True)
    blocks: list[Block] = []
    tones: tuple[tuple[State, Tone], ...] = (("unknown", "alarm"), ("failed", "alarm"), ("retry", "warning"))
    for state, tone in tones:
        n = sum(row.state == state for row in rows)
        if n:
            blocks.append(Paragraph(message(f"mail.outbox-{state}", n=n), tone))
    shown: list[Row] = []
    for state in _ORDER:
        of_state = [row for row in newest_first if row.state == state]
        shown += of_state[:SHOWN] if state == "sent" else of_state
    has_plans = len({row.plan for row in rows}) > 1
    notes = tuple((at, _answer(row, zone)) for at, row in enumerate(shown) if row.state != "sent" and row.answer)
    lines = tuple((*_values(row, zone), *([row.plan] if has_plans else [])) for row in shown)
    columns = (*_COLUMNS, _PLAN) if has_plans else _COLUMNS
    blocks.append(Table(columns, (Rows(lines, notes=notes),)))
    if len(shown) < len(rows):
        blocks.append(Paragraph(message("mail.outbox-more", n=len(rows) - len(shown)), "quiet"))
    return Page(message("mail.outbox-title"), tuple(blocks))


def row_record(row: Row, words: Callable[[Words], str]) -> dict[str, object]:
    """Return a mail as an object of `--json`; `words` gives sentences a language."""
    return {
        "number": row.number,
        "plan": row.plan,
        "kind": row.kind,
        "start": row.period.start.isoformat(),
        "end": row.period.end.isoformat(),
        "recipient": row.recipient,
        "subject": row.subject,
        "message_id": row.message_id,
        "state": row.state,
        "attempts": row.attempts,
        "queued_at": row.queued_at.isoformat(),
        "changed_at": row.changed_at.isoformat(),
        "next_at": row.next_at.isoformat() if row.next_at else None,
        "answer": None if row.answer is None else words(answered(row.answer)),
    }


def _values(row: Row, zone: ZoneInfo) -> tuple[Value, ...]:
    return (
        message(f"mail.state.{row.state}"),
        message("mail.period", name=short_name(row.kind, row.period), days=period_days(row.period)),
        row.recipient,
        _local(row.changed_at, zone),
        row.attempts,
    )


def _answer(row: Row, zone: ZoneInfo) -> Words:
    answer = answered(row.answer or "")
    if row.state == "retry" and row.next_at is not None:
        return message("mail.again-at", at=_local(row.next_at, zone), answer=answer)
    return answer


def _local(instant: datetime, zone: ZoneInfo) -> str:
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")
