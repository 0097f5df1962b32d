"""Secrets: the mail password is found where nobody else can read it, and kept out of everything written."""

from __future__ import annotations

import base64
import os
import stat
from collections.abc import Mapping
from pathlib import Path

from kxplan.errors.mail import ExposedSecretError, UnusableSecretError
from kxplan.secret import HIDDEN, Secret

CREDENTIAL = "kxplan-mail-password"
"""The name of the systemd credential."""
VARIABLE = "KXPLAN_MAIL_PASSWORD"


def mail_password(environ: Mapping[str, str], file: Path | None, in_settings: Secret | None) -> Secret | None:
    """Return the password: of the systemd credential, else of `file`, the settings, the environment; None: nowhere.

    Raises:
        ExposedSecretError: others can read the file.
        UnusableSecretError: it cannot be read, is empty, or has more than one line.
    """
    folder = environ.get("CREDENTIALS_DIRECTORY")
    if folder and (Path(folder) / CREDENTIAL).is_file():
        # systemd keeps the folder to the service's own user, whatever the mode shows.
        return _content(Path(folder) / CREDENTIAL)
    if file is not None:
        refuse_exposed(file)
        return _content(file)
    if in_settings is not None:
        return in_settings
    return Secret(environ[VARIABLE]) if environ.get(VARIABLE) else None


def refuse_exposed(path: Path) -> None:
    """Make sure that nobody but its owner can read a file with a secret.

    Raises:
        ExposedSecretError: others can.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        return
    if os.name != "nt" and stat.S_IMODE(mode) & 0o077:
        raise ExposedSecretError(path=str(path), mode=f"{stat.S_IMODE(mode):04o}")


def without_secret(text: str, user: str | None, secret: Secret | None) -> str:
    """Return `text` with the password blotted out, also in the coats that SMTP gives it."""
    if secret is None:
        return text
    bare = secret.reveal()
    for worn in (f"\0{user or ''}\0{bare}", bare):
        coat = base64.b64encode(worn.encode()).decode()
        for shape in (worn, coat, coat.rstrip("=")):
            text = text.replace(shape, HIDDEN)
    return text


def _content(path: Path) -> Secret:
    try:
        text = path.read_bytes().decode("utf-8").rstrip("\r\n")
    except OSError as error:
        raise UnusableSecretError(path=str(path)) from error
    except UnicodeDecodeError:
        raise UnusableSecretError(path=str(path)) from None
    if not text or any(ord(character) < 32 for character in text):
        raise UnusableSecretError(path=str(path))
    return Secret(text)
