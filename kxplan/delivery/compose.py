"""Composition: a mail's bytes from its parts, the same for the same parts; nothing is looked up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import NamedTuple

_POLICY = SMTP.clone(cte_type="7bit")
"""Lines end in CR LF, and no byte above 127 is sent, so that every server can take them."""
_SHEET = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Attachment(NamedTuple):
    """A spreadsheet that goes with a mail."""

    name: str
    content: bytes


class Parts(NamedTuple):
    """What a mail says, in one language."""

    subject: str
    text: str
    html: str
    language: str
    """As in `zh-CN`."""
    list_name: str
    """The office's own name for this series of mails."""
    list_id: str
    """Its name for filters: letters, digits and hyphens."""
    attachments: Sequence[Attachment] = ()


class Envelope(NamedTuple):
    """From whom a mail goes to whom, and what makes it this very mail."""

    sender: Address | None
    recipient: Address | None
    """None in a preview that is addressed to nobody yet."""
    date: datetime
    """Aware."""
    message_id: str
    """With its angle brackets."""


def composed(parts: Parts, envelope: Envelope) -> bytes:
    """Return the mail as it goes over the wire: text first, then HTML, then what is attached."""
    mail = EmailMessage(policy=_POLICY)
    mail["Subject"] = parts.subject
    if envelope.sender is not None:
        mail["From"] = envelope.sender
    if envelope.recipient is not None:
        mail["To"] = envelope.recipient
    mail["Date"] = format_datetime(envelope.date)
    mail["Message-ID"] = envelope.message_id
    mail["Content-Language"] = parts.language
    # Source: RFC 3834, section 5; the second is what Exchange listens to.
    mail["Auto-Submitted"] = "auto-generated"
    mail["X-Auto-Response-Suppress"] = "All"
    mail["List-Id"] = f"{_listed(parts.list_name)}<{parts.list_id}.{domain_of(envelope.sender)}>"
    mail.set_content(parts.text, cte="base64" if not parts.text.isascii() else None)
    mail.add_alternative(parts.html, subtype="html", cte="base64")
    for attachment in parts.attachments:
        mail.add_attachment(attachment.content, maintype="application", subtype=_SHEET, filename=attachment.name)
    del mail["MIME-Version"]
    mail["MIME-Version"] = "1.0"
    return mail.as_bytes()


def message_id(unique: str, sender: Address | None) -> str:
    """Return the Message-ID of a mail from what makes it unique: letters, digits, dots and hyphens."""
    return f"<{unique}@{domain_of(sender)}>"


def domain_of(sender: Address | None) -> str:
    """Return the domain that a mail comes from; one that cannot exist where there is no sender yet."""
    return sender.domain if sender is not None else "kxplan.invalid"


def _listed(name: str) -> str:
    # Only what an unquoted phrase may hold, encoded by the library where it is not ASCII.
    kept = "".join(character if character.isalnum() or character in " -" else " " for character in name)
    return f"{' '.join(kept.split())} " if kept.strip() else ""
