"""Failures of the mail: its settings, its secrets, its addresses."""

from __future__ import annotations

from kxplan.errors import ExitCode, KxplanError


class MailBusyError(KxplanError):
    """Another process kept sending mail for longer than we wait."""

    message_id = "mail.busy"
    exit_code = ExitCode.LOCKED


class MailNotSetError(KxplanError):
    """The settings lack the keys `keys` of `[mail]`."""

    message_id = "mail.not-set"
    exit_code = ExitCode.INVALID


class MailSettingsError(KxplanError):
    """A setting of `[mail]` cannot be used; the sentence says which."""

    exit_code = ExitCode.INVALID

    def __init__(self, message_id: str, /, **data: object) -> None:
        self.message_id = message_id  # type: ignore[misc]
        super().__init__(**data)


class BadAddressError(KxplanError):
    """`text` is not one mail address."""

    message_id = "mail.bad-address"
    exit_code = ExitCode.INVALID


class ExposedSecretError(KxplanError):
    """Others can read the file `path`, which holds a secret."""

    message_id = "mail.exposed-secret"
    exit_code = ExitCode.INVALID


class UnusableSecretError(KxplanError):
    """The file `path` has no usable password in it."""

    message_id = "mail.unusable-secret"
    exit_code = ExitCode.INVALID
