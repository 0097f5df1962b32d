"""Addresses: one by one, as a mail header can carry them, and who gets which part of a report."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from email.errors import HeaderParseError
from email.headerregistry import Address
from typing import NamedTuple

from kxplan.errors.mail import BadAddressError
from kxplan.text import shown

_BARE = r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?"
_ONE = re.compile(rf"(?P<name>[^<>@]*)<(?P<inner>{_BARE})>|(?P<bare>{_BARE})")


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
    found = _ONE.fullmatch(text.strip())
    if found is None or shown(text) != text:
        raise BadAddressError(text=shown(text))
    name = (found["name"] or "").strip().strip('"')
    try:
        return Address(display_name=name, addr_spec=found["inner"] or found["bare"])
    except (HeaderParseError, ValueError, IndexError) as error:
        raise BadAddressError(text=text) from error


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
