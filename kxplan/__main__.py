"""The way in and out: `kxplan` and `python -m kxplan` start and leave here."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn

_MANY = 500_000
_INTERRUPTED = 130
_RARELY_USED = ("bz2", "ipaddress", "linecache", "lzma", "ntpath", "shellingham", "subprocess", "textwrap", "tokenize")
"""What typer imports, or what it imports does, and most commands never ask anything of."""


def main() -> NoReturn:
    """Run the program on the words of the command line, and leave.

    A short command lives too briefly for cycles to matter: the collector waits until more objects
    are alive than one ever has, its imports included. And once `run` has flushed its output and
    closed its database, nothing is gained by tearing the interpreter down.
    """
    gc.set_threshold(_MANY)
    os.environ.setdefault("TYPER_USE_RICH", "false")  # help and completion are ours, rich only slows them
    try:
        from kxplan.later import postpone  # noqa: PLC0415 -- after the collector was told, as all that follows

        postpone(*_RARELY_USED)
        from kxplan.cli import run  # noqa: PLC0415

        code = run(sys.argv[1:], os.environ)
    except KeyboardInterrupt:  # before `run` could see it, or while it was leaving
        code = _INTERRUPTED
    os._exit(code)


if __name__ == "__main__":
    main()
