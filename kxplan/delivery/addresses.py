"""Addresses: one by one, as a mail header can carry them, and who gets which part of a report."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from email.utils import parseaddr
from typing import NamedTuple

from kxplan.errors.mail import BadAddressError
from kxplan.text import cleaned


class Recipient(NamedTuple):
    """Somebody who gets a mail."""

    address: Address
    leads: tuple[str, ...] | None
    """The departments whose goals the mail is about; None: the whole report."""

    @property
    def key(self) -> str:
        """What tells one recipient from another."""
        return key_of(self.address)


def parsed(text: str) -> Address:
    """Return the one address in `text`: `zhang@example.org`, or `张三 <zhang@example.org>`.

    Raises:
        BadAddressError: none, several, control characters, or letters outside ASCII in the address itself.
    """
    if cleaned(text) != text.strip():
        raise BadAddressError(text=cleaned(text))
    name, bare = parseaddr(text)
    try:
        address = Address(display_name=name, addr_spec=bare)
    except (HeaderParseError, ValueError, IndexError) as error:
        raise BadAddressError(text=text) from error
    spelled = text.replace('"', "").replace(" ", "")
    expected = (f"{name}<{bare}>" if name else bare).replace('"', "").replace(" ", "")
    is_whole = spelled in (expected, f"<{bare}>")
    if not (is_whole and bare.isascii() and address.username and address.domain):
        raise BadAddressError(text=text)
    return address


def key_of(address: Address) -> str:
    """Return an address for comparison: case never tells two mailboxes of one office apart."""
    return f"{address.username}@{address.domain}".lower()


def recipients(to: Iterable[str], leads: Mapping[str, Iterable[str]]) -> tuple[Recipient, ...]:
    """Return everybody once: who gets the whole report, then the departments' people with all their departments.

    Raises:
        BadAddressError: one of the texts is no address.
    """
    found: dict[str, Recipient] = {}
    for text in to:
        whole = Recipient(parsed(text), None)
        found.setdefault(whole.key, whole)
    for lead, texts in leads.items():
        for text in texts:
            address = parsed(text)
            known = found.get(key_of(address))
            if known is None:
                found[key_of(address)] = Recipient(address, (lead,))
            elif known.leads is not None and lead not in known.leads:
                found[known.key] = known._replace(leads=(*known.leads, lead))
    return tuple(found.values())
