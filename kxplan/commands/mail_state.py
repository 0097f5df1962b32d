"""The state of the mail: what the outbox tells of it, on the screen and as an exit code."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from kxplan.dates import now
from kxplan.delivery.addresses import Recipient
from kxplan.delivery.dispatch import Sent
from kxplan.delivery.letters import Row, State, Wanted, answered, noted
from kxplan.delivery.lock import is_anybody_sending
from kxplan.delivery.outbox import Outbox
from kxplan.delivery.overview import outbox_page, row_record
from kxplan.delivery.schema import SCHEMA
from kxplan.delivery.wording import short_name
from kxplan.errors import ExitCode
from kxplan.message import Message, message
from kxplan.render.cells import words
from kxplan.render.records import VERSION
from kxplan.store.schema import pending

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_CODES: tuple[tuple[State, ExitCode], ...] = (
    ("failed", ExitCode.REFUSED),
    ("unknown", ExitCode.FAILED),
    ("retry", ExitCode.RETRY),
)
"""What the exit code tells of, the worst first."""


def shown(call: Call, wanted: Wanted) -> None:
    """Show what is wanted of the outbox."""
    outbox = Outbox(call.reading.connection)
    pending(call.reading.connection, SCHEMA)
    everything = as_known(call, outbox.rows()) if outbox.exists else ()
    rows = tuple(row for row in everything if wanted.means(row))
    if call.as_json:
        call.answer(record(call, rows))
    else:
        call.show(outbox_page(rows, call.settings.timezone, is_part=len(rows) < len(everything)))
    mark_exit(call, rows)


def as_known(call: Call, rows: Sequence[Row]) -> tuple[Row, ...]:
    """Return `rows` with what a dead process was sending as unknown, which the next run will write down."""
    if not any(row.state == "sending" for row in rows) or is_anybody_sending(call.workspace.cache / "sending.lock"):
        return tuple(rows)
    return tuple(
        row._replace(state="unknown", answer=noted(_gone())) if row.state == "sending" else row for row in rows
    )


def mark_lost(outbox: Outbox) -> None:
    """Write down as unknown what a process that is gone was sending; the caller holds the lock."""
    outbox.lose_orphans(noted(_gone()), now())


def mark_exit(call: Call, rows: Sequence[Row]) -> int:
    """Let the exit code tell the worst that is true of `rows`; return how many are in trouble."""
    for state, code in _CODES:
        if any(row.state == state for row in rows):
            call.exit_code = code
            break
    return sum(row.state in ("failed", "unknown", "retry") for row in rows)


def lost_for(rows: Sequence[Row], plan: str, reader: Recipient) -> tuple[Row, ...]:
    """Return the mails lost from sight that a reader is to know of: of a plan that they see whole, all."""
    return tuple(
        row
        for row in rows
        if row.state == "unknown" and row.plan == plan and (reader.leads is None or row.recipient == reader.key)
    )


def tell(call: Call, one: Sent) -> None:
    """Say what became of a mail: what was sent on stdout, trouble on stderr."""
    data: dict[str, Any] = {
        "period": short_name(one.row.kind, one.row.period),
        "recipient": one.row.recipient,
        "answer": answered(one.answer),
    }
    if one.state == "sent":
        call.say(message("mail.told-sent", **data))
        return
    if one.state == "retry" and one.next_at is not None:
        local = one.next_at.astimezone(ZoneInfo(call.settings.timezone))
        data["at"] = local.strftime("%Y-%m-%d %H:%M")
    call.warn(message(f"mail.told-{one.state}", **data))


def record(call: Call, rows: Sequence[Row]) -> dict[str, object]:
    """Return mails as the object of `--json`."""
    return {"kxplan": VERSION, "mails": [row_record(row, lambda text: words(text, call.tr)) for row in rows]}


def _gone() -> Message:
    return message("mail.why.gone")
