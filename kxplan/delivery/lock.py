"""The lock of the mail job: one sender at a time in a workspace, given back even by kill -9."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock, Timeout

from kxplan.errors.mail import MailBusyError
from kxplan.errors.store import not_written

WAIT_S = 30


@contextmanager
def sending_alone(path: Path, wait_s: float = WAIT_S) -> Iterator[None]:
    """Run the block while no other process of this workspace sends mail; wait for one that does.

    Raises:
        MailBusyError: it is still sending after `wait_s` seconds.
        CannotWriteError: the lock file cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, exist_ok=True)
        lock = FileLock(path, timeout=wait_s, mode=0o600)
        lock.acquire()
    except Timeout as error:
        raise MailBusyError(seconds=round(wait_s)) from error
    except OSError as error:
        raise not_written(path, error) from error
    try:
        yield
    finally:
        lock.release()


def is_anybody_sending(path: Path) -> bool:
    """Tell whether a process of this workspace is sending mail just now; changes nothing."""
    if not path.exists():
        return False
    lock = FileLock(path, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except Timeout:
        return True
    except OSError:
        return False
    lock.release()
    return False
