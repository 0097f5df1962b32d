"""The mail run: what is due is composed, frozen and sent, each step committed before the next."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple
from uuid import uuid4
from zoneinfo import ZoneInfo

from kxplan.commands.mail_letter import Occasion, drafted
from kxplan.commands.mail_plans import calls_of, mailed_plans, may_go_out
from kxplan.commands.mail_post import Post, keys_of, post
from kxplan.commands.mail_state import lost_for, mark_exit, mark_lost, record, tell
from kxplan.dates import Period, Span, now
from kxplan.delivery.addresses import Recipient
from kxplan.delivery.compose import Envelope, composed, message_id
from kxplan.delivery.dispatch import Dispatch, Sent, resendable
from kxplan.delivery.due import due_periods
from kxplan.delivery.letters import Letter, Row, Wanted, is_open
from kxplan.delivery.lock import sending_alone
from kxplan.delivery.outbox import Outbox
from kxplan.delivery.schema import SCHEMA
from kxplan.errors import UsageError
from kxplan.message import message
from kxplan.store.schema import migrate, pending

if TYPE_CHECKING:
    from kxplan.commands.call import Call


class Asked(NamedTuple):
    """What a call of `mail` asks for."""

    kind: Span
    period: Period | None
    """The calendar period named by `--of`; None: what is due."""
    to: str | None


def sent(call: Call, asked: Asked) -> None:
    """Send what waits for another try, then what is due and was never queued."""
    if asked.period is not None and asked.period.end >= call.today:
        raise UsageError("mail.not-over", end=asked.period.end)
    ready = post(call, asked.to)
    with _alone(call) as outbox:
        run = Dispatch(outbox, ready.server, ready.sender.addr_spec, now)
        readers = keys_of(ready.recipients)

        def is_wanted(row: Row) -> bool:
            # What once was named with `--to` is tried again as well, though no setting knows the reader.
            return asked.to is None or row.recipient in readers

        waiting = [*_told(call, run.send(is_wanted))] if outbox.exists else []
        fresh: list[Sent] = []
        if _queued(call, outbox, _due(call, outbox, asked, ready)):
            fresh = [*_told(call, run.send(is_wanted))]
        _finish(call, outbox, [*waiting, *fresh], readers)


def resent(call: Call, wanted: Wanted, to: str | None) -> None:
    """Send again, because a person says so, what was not accepted; with `--to` also what was."""
    ready = post(call, to)
    with _alone(call) as outbox:
        again = resendable(outbox.rows() if outbox.exists else (), wanted)
        if not again:
            raise UsageError("mail.nothing-to-resend")
        outbox.requeue(again, now())
        numbers = {row.number for row in again}
        run = Dispatch(outbox, ready.server, ready.sender.addr_spec, now)
        tried = [*_told(call, run.send(lambda row: row.number in numbers))]
        _finish(call, outbox, tried, tuple({row.recipient for row in again}))


@contextmanager
def _alone(call: Call) -> Iterator[Outbox]:
    """Run the block with the outbox while nobody else sends; what a dead process was sending is lost from sight."""
    ledger = call.writing
    pending(ledger.connection, SCHEMA)
    with sending_alone(call.workspace.cache / "sending.lock"):
        outbox = Outbox(ledger.connection)
        if outbox.exists:
            migrate(ledger.connection, SCHEMA, keep_in=call.workspace.backups)
            mark_lost(outbox)
        yield outbox


def _queued(call: Call, outbox: Outbox, letters: Iterable[Letter]) -> int:
    """Freeze letters one by one, for each is written knowing what the one before states; return how many."""
    n = 0
    for letter in letters:
        migrate(call.writing.connection, SCHEMA, keep_in=call.workspace.backups)
        outbox.queue((letter,), now())
        n += 1
    return n


def _due(call: Call, outbox: Outbox, asked: Asked, ready: Post) -> Iterator[Letter]:
    """Yield a letter for each reader and each period that they have not heard of."""
    for each in calls_of(call, mailed_plans(call)):
        for reader in ready.recipients:
            if not concerns(each, reader):
                continue
            rows = outbox.series(each.plan.id, asked.kind, reader.key) if outbox.exists else ()
            for period in _periods(each, asked, rows):
                has_outbox = outbox.exists
                stated = outbox.stated(each.plan.id, asked.kind, reader.key, period.start) if has_outbox else None
                lost = lost_for(outbox.rows(("unknown",)), each.plan.id, reader) if has_outbox else ()
                yield _letter(each, call, Occasion(asked.kind, period, reader, stated, lost), ready)


def concerns(call: Call, reader: Recipient) -> bool:
    """Tell whether a plan has work for a reader: all of it, or what their departments lead."""
    return reader.leads is None or any(goal.lead in reader.leads for goal in call.plan.goals)


def _periods(call: Call, asked: Asked, rows: Sequence[Row]) -> tuple[Period, ...]:
    if asked.period is not None:
        is_known = any(row.period == asked.period for row in rows)
        return (asked.period,) if asked.period.meets(call.plan.period) and not is_known else ()
    if not may_go_out(call.plan, call.today):
        return ()
    newest = max((row.period for row in rows), default=None)
    return due_periods(asked.kind, call.today, newest, call.plan.period)


def _letter(each: Call, call: Call, occasion: Occasion, ready: Post) -> Letter:
    at = now()
    reader = occasion.recipient
    if reader is None:
        raise ValueError(occasion)
    mail = drafted(each, call.writing, occasion, at)
    identity = message_id(uuid4().hex, ready.sender)
    local = at.astimezone(ZoneInfo(call.settings.timezone)).replace(microsecond=0)
    content = composed(mail.parts, Envelope(ready.sender, reader.address, local, identity))
    return Letter(
        each.plan.id, occasion.kind, occasion.period, reader.key, mail.parts.subject, identity, content, mail.figures
    )


def _told(call: Call, tried: Iterable[Sent]) -> Iterator[Sent]:
    for one in tried:
        if not call.as_json:
            tell(call, one)
        yield one


def _finish(call: Call, outbox: Outbox, tried: Sequence[Sent], readers: Sequence[str]) -> None:
    """Answer, and let the exit code tell what still waits, was refused or was lost from sight."""
    rows = outbox.rows() if outbox.exists else ()
    if call.as_json:
        numbers = {one.row.number for one in tried}
        call.answer(record(call, [row for row in rows if row.number in numbers]))
    known = {*readers, *call.settings.mail.readers}
    troubled = mark_exit(call, [row for row in rows if is_open(row.state, row.recipient, known)])
    if troubled and not tried:
        call.warn(message("mail.still", n=troubled))
