"""The way in and out: `kxplan` and `python -m kxplan` start and leave here."""

from __future__ import annotations

import gc
import os
import sys
from typing import NoReturn


def main() -> NoReturn:
    """Run the program on the words of the command line, and leave.

    A short command lives too briefly for cycles to matter, so the collector is off, the imports
    included; and once its output is flushed and its database closed, nothing is gained by tearing
    the interpreter down.
    """
    gc.disable()
    from kxplan.cli import run  # noqa: PLC0415 -- after the collector is off: half the gain lies in the imports

    code = run(sys.argv[1:], os.environ)
    os._exit(_flushed(code))


def _flushed(code: int) -> int:
    """Write what is buffered; return the exit code, or that of a disk which did not take the answer."""
    for stream in (sys.stdout, sys.stderr):
        try:
            if stream is not None:
                stream.flush()
        except (BrokenPipeError, ValueError):
            continue
        except OSError:
            code = code or 6
    return code


if __name__ == "__main__":
    main()
