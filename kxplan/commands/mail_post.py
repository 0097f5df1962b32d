"""Post: what the settings say of mail, made ready: the server, the sender, who gets what."""

from __future__ import annotations

from email.headerregistry import Address
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING, Literal, NamedTuple, cast

from kxplan.delivery.addresses import Recipient, key_of, parsed, recipients
from kxplan.delivery.line import Server
from kxplan.delivery.secrets import mail_password
from kxplan.errors import UsageError
from kxplan.errors.mail import BadAddressError, MailNotSetError, MailSettingsError
from kxplan.settings import MailSettings

if TYPE_CHECKING:
    from kxplan.commands.call import Call

_PORTS = {"starttls": 587, "tls": 465, "none": 25}


class Post(NamedTuple):
    """From whom mail goes to whom, and by which server."""

    sender: Address
    server: Server
    recipients: tuple[Recipient, ...]


def post(call: Call, to: str | None = None) -> Post:
    """Return what mail needs; `to` stands for everybody else.

    Raises:
        MailNotSetError: keys are missing.
        MailSettingsError: a value cannot be used.
        BadAddressError, ExposedSecretError, UnusableSecretError: as their rooms say.
        UsageError: `to` is no address.
    """
    set_to = call.settings.mail
    readers = addressed(set_to, to)
    wanted = {"host": set_to.host, "from": set_to.sender, "to": readers}
    missing = tuple(key for key, value in wanted.items() if not value)
    if missing or set_to.sender is None:
        raise MailNotSetError(keys=missing)
    return Post(parsed(set_to.sender), server(call), readers)


def addressed(set_to: MailSettings, to: str | None) -> tuple[Recipient, ...]:
    """Return who gets mail; where `to` is named only they: as the settings have them, else the whole report.

    Raises:
        BadAddressError: an address of the settings is none.
        UsageError: `to` is none.
    """
    everybody = recipients(set_to.to, set_to.leads)
    if to is None:
        return everybody
    try:
        wanted = Recipient(parsed(to), None)
    except BadAddressError as error:
        raise UsageError("mail.bad-address", **error.data) from error
    return tuple(one for one in everybody if one.key == wanted.key) or (wanted,)


def server(call: Call) -> Server:
    """Return the server to speak to, with the password.

    Raises:
        MailNotSetError, MailSettingsError, ExposedSecretError, UnusableSecretError: see `post`.
    """
    set_to = call.settings.mail
    if set_to.host is None:
        raise MailNotSetError(keys=("host",))
    if set_to.security == "none" and not _is_this_machine(set_to.host):
        raise MailSettingsError("mail.cleartext", host=set_to.host)
    ca_file = _beside(call, set_to.ca_file)
    if ca_file is not None and not ca_file.is_file():
        raise MailSettingsError("mail.no-ca-file", path=str(ca_file))
    password = None
    if set_to.user is not None:
        password = mail_password(call.environ, _beside(call, set_to.password_file), set_to.password)
        if password is None:
            raise MailSettingsError("mail.no-password", user=set_to.user)
    return Server(
        set_to.host,
        set_to.port or _PORTS[set_to.security],
        cast("Literal['tls', 'starttls', 'none']", set_to.security),
        set_to.user,
        password,
        str(ca_file) if ca_file else None,
        set_to.timeout,
    )


def keys_of(readers: tuple[Recipient, ...]) -> tuple[str, ...]:
    """Return the addresses of `readers` as the outbox writes them."""
    return tuple(key_of(one.address) for one in readers)


def _beside(call: Call, name: str | None) -> Path | None:
    """Return a file that the settings name; a relative one lies in the workspace."""
    return None if name is None else call.workspace.root / Path(name).expanduser()


def _is_this_machine(host: str) -> bool:
    if host.lower() == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
