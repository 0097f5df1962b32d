"""Kept forms: what a file's text came to, by its digest, so that an unchanged one is not read in full again.

Everything here can be made anew: what is missing, damaged or cannot be written is no failure.
"""

from __future__ import annotations

import os
from pathlib import Path

from kxplan import __version__
from kxplan.digest import sha256

_HEAD = b'{"sha256":"%s","kept":'
_HEAD_BYTES = len(_HEAD % (b"0" * 64))


def place_of(folder: Path, digest: str) -> Path:
    """Return where in `folder` this version of the program keeps what it made of the text with this digest."""
    return folder / f"{digest}-{__version__}.json"


def kept(place: Path) -> bytes | None:
    """Return the JSON that `keep` wrote; None where there is none, or not as it was written."""
    try:
        data = place.read_bytes() if place.is_file() else b""
    except OSError:
        return None
    body = data[_HEAD_BYTES:-1]
    return body if data[:_HEAD_BYTES] == _head(body) else None


def keep(place: Path, body: bytes) -> None:
    """Write JSON with its checksum, for its owner alone."""
    temporary = place.with_name(f"{place.name}.{os.getpid()}.tmp")
    try:
        place.parent.mkdir(mode=0o700, exist_ok=True)
        handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(_head(body) + body + b"}")
        temporary.replace(place)
    except OSError:
        _remove(temporary)


def _head(body: bytes) -> bytes:
    digest: str = sha256(body).hexdigest()
    return _HEAD % digest.encode()


def _remove(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return
