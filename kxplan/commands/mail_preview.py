"""The preview: the mails of a period as they would be, on the screen or as files; nothing is sent or written down."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from kxplan.commands.mail_letter import Drafted, Occasion, drafted
from kxplan.commands.mail_plans import calls_of, mailed_plans
from kxplan.commands.mail_post import addressed
from kxplan.commands.mail_run import Asked, concerns
from kxplan.commands.mail_state import as_known, lost_for
from kxplan.commands.saving import save
from kxplan.dates import Period, now
from kxplan.delivery.addresses import Recipient, parsed
from kxplan.delivery.compose import Envelope, composed, message_id
from kxplan.delivery.due import last_ended
from kxplan.delivery.outbox import Outbox
from kxplan.errors import UsageError
from kxplan.errors.store import not_written
from kxplan.message import message
from kxplan.render.records import VERSION

if TYPE_CHECKING:
    from kxplan.commands.call import Call


class _Preview(NamedTuple):
    plan: str
    reader: Recipient | None
    mail: Drafted


def previewed(call: Call, asked: Asked, folder: str | None) -> None:
    """Show the mails of the period asked for, or of the last one that is over; with `folder` write them there."""
    period = asked.period or last_ended(asked.kind, call.today)
    mails = list(_mails(call, asked, period))
    if not mails:
        raise UsageError("mail.no-plan-then", start=period.start, end=period.end)
    names = [] if folder is None else list(_written(call, asked, period, mails, Path(folder)))
    if call.as_json:
        call.answer({"kxplan": VERSION, "mails": [_record(one, asked, period) for one in mails], "files": names})
    elif folder is None:
        call.write("\n".join(_text(call, one) for one in mails).encode())
    else:
        for name in names:
            call.say(message("mail.wrote", file=name))


def _mails(call: Call, asked: Asked, period: Period) -> Iterator[_Preview]:
    outbox = Outbox(call.reading.connection)
    has_outbox = outbox.exists
    rows = as_known(call, outbox.rows()) if has_outbox else ()
    readers: tuple[Recipient | None, ...] = addressed(call.settings.mail, asked.to) or (None,)
    if period.start > call.today:
        raise UsageError("mail.not-over", end=period.end)
    for each in calls_of(call, mailed_plans(call)):
        for reader in readers:
            if not period.meets(each.plan.period) or (reader is not None and not concerns(each, reader)):
                continue
            stated = None
            if has_outbox and reader is not None:
                stated = outbox.stated(each.plan.id, asked.kind, reader.key, period.start)
            known = lost_for(rows, each.plan.id, reader) if reader is not None else ()
            occasion = Occasion(asked.kind, period, reader, stated, known)
            yield _Preview(each.plan.id, reader, drafted(each, call.reading, occasion, now()))


def _text(call: Call, one: _Preview) -> str:
    parts = one.mail.parts
    lines = [call.tr("mail.preview-subject", subject=parts.subject)]
    if one.reader is not None:
        lines.insert(0, call.tr("mail.preview-to", recipient=str(one.reader.address)))
    lines += [call.tr("mail.preview-attached", name=each.name) for each in parts.attachments]
    return "\n".join([*lines, "", parts.text])


def _written(call: Call, asked: Asked, period: Period, mails: list[_Preview], folder: Path) -> Iterator[str]:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise not_written(folder, error) from error
    set_to = call.settings.mail
    sender = parsed(set_to.sender) if set_to.sender else None
    for one in mails:
        name = "-".join([one.plan, asked.kind, period.start.isoformat(), *([one.reader.key] if one.reader else [])])
        path = folder / f"{name.replace('/', '_')}.eml"
        local = now().astimezone(ZoneInfo(call.settings.timezone)).replace(microsecond=0)
        envelope = Envelope(sender, one.reader.address if one.reader else None, local, message_id("preview", sender))
        save(path, composed(one.mail.parts, envelope))
        yield str(path)


def _record(one: _Preview, asked: Asked, period: Period) -> dict[str, object]:
    parts = one.mail.parts
    return {
        "plan": one.plan,
        "kind": asked.kind,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "recipient": one.reader.key if one.reader else None,
        "subject": parts.subject,
        "text": parts.text,
        "html": parts.html,
        "attachments": [each.name for each in parts.attachments],
    }
